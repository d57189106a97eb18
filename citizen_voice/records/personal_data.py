"""What records holds about people."""
