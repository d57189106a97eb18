"""Answers: each resident's current word on each idea, and the figures they make."""
