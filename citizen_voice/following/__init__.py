"""Following an idea or a trial, or hearing of it no longer."""
