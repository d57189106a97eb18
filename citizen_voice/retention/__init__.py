"""How long everything is kept, and what is done then."""
