"""The council's own place: its name, colours, contact, and the plain pages."""
