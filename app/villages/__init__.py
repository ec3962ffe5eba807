"""Villages: desa, kelurahan and desa adat under their official codes, and what follows a village when it changes."""
