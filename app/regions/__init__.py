"""Regions: the government's codes, and the provinces, regencies and districts they name."""
