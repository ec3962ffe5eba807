"""The audits of stored years: what was found where, what it implies, and the letter that asks for a correction."""
