"""What desk holds about people."""
