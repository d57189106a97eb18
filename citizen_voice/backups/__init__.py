"""Backups: one file that holds a whole installation at one moment, and the way back from it."""
