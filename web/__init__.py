"""The browser pages; the command line is the only door so far."""
