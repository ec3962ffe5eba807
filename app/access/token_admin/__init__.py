"""Tokens as the office manages them: issued, listed, revoked; shown once, and gone at once."""
