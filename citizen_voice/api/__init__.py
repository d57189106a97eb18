"""The open API: what everybody may see, as JSON."""
