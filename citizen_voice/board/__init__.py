"""The top ideas, as moderators weigh them."""
