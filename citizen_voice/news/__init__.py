"""What happened to ideas, told to everybody who took part."""
