"""People: signing in by code or link, names, sessions, leaving."""
