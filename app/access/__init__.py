"""Who asks and what they may do: roles as a table, tokens that are stored only as hashes."""
