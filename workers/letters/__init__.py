"""Letters: how a notification is worded, kept and handed to a mail server; one folder for each kind of notice."""
