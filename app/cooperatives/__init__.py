"""Cooperatives: who they are, where they are seated, and the name that a village's Koperasi Merah Putih must bear."""
