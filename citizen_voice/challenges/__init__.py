"""Challenges: the questions that the council asks, each with its promise."""
