"""The rights desk: what people ask about their data, by when it is due, and how it ended."""
