"""Imports: a file of an office becomes a plan, and the plan a commit."""
