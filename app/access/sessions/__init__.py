"""Sessions: who tells a name and its password gets a token that holds for some hours."""
