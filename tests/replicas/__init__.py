"""Reads beside a real streaming replica, and what is left when either of the two is gone."""
