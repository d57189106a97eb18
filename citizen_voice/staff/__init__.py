"""The frame around the screens of the council's own people."""
