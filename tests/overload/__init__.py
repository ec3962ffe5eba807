"""More is asked of the server than it can do: what it can do it does, in time, and it tells the others to wait."""
