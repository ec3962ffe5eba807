"""The published methods over HTTP: each edition as data, and a calculation by any of them; nothing is stored."""
