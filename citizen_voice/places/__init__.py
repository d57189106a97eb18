"""Wards: the places that ideas are about."""
