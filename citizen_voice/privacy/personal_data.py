"""What privacy holds about people."""
