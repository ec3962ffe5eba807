"""What a stored year means and what would move it: explained, ranked and simulated; nothing here is stored."""
