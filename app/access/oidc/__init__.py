"""Tokens that another house signs: an OpenID Connect issuer, where one is set, and its published keys."""
