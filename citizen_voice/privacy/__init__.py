"""My data: what is held about a person, and copies of it."""
