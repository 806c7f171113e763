"""Programs that write shipped data; run by hand, imported by the tests that compare the data with them."""
