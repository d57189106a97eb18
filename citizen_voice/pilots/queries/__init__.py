"""What is true of pilots now."""
