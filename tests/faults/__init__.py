"""The server while its database is away, slow, shut, full or cut off: it says so, lives, and is well again."""
