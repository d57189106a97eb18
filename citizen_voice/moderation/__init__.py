"""What waits for a moderator."""
