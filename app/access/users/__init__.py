"""Users: people with a name and a password; what changes about one ends their sessions."""
