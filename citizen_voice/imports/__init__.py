"""Bringing in what other platforms hold."""
