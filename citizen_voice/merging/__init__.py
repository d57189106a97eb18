"""Joining ideas that say the same, and taking them apart again."""
