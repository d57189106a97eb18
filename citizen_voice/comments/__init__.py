"""Comments on ideas, and replies to them."""
