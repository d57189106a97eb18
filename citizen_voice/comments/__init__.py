"""Comments on ideas: what people say about them, and reply to each other."""
