"""Kukar's real data."""
