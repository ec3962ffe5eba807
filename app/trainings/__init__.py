"""Trainings: what was planned and done to lift a village's people, who took part, who paid and what followed."""
