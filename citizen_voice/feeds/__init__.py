"""Atom feeds: what is new, for readers of feeds and for other programs."""
