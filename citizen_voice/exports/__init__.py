"""Every public list as a file (CSV), sent while it is read."""
