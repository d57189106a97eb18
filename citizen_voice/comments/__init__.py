"""Comments on ideas and pilots: what people say about them, and reply to each other."""
