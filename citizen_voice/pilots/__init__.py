"""Pilots: small, honest trials of ideas, owned by staff, run in public, decided."""
