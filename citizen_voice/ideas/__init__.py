"""Ideas: what residents propose, in every version, and the lists of them."""
