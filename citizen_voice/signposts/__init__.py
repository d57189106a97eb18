"""What machines ask any site for: where its pages are, its icons, and whom to tell of a fault."""
