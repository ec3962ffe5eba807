"""What a person may ask of the office about their own data: what is held, who saw it, and that it goes (UU 27/2022)."""
