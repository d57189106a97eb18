"""How fast the site is, measured against floors in the same run (docs/BENCHMARKS.md)."""
