"""Enrolments: each is one place in one training, taken by one UKM, group or cooperative."""
