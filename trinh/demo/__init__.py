"""The demonstration: the real organisation of Ninh Bình in 2017 with invented people who act on it."""
