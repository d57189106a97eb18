"""What is true of cases and decisions now. Rows, in a fixed number of statements a page."""
