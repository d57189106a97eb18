"""Pieces of the site inside the council's other pages."""
