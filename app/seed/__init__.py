"""Real data to begin with: the ministry's regions and villages, Kukar's published IDM, cooperatives and trainings."""
