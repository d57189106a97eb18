"""What retention holds about people."""
