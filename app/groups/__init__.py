"""Groups: the kelompok of people in a village that trainings and aid are meant for, never the people themselves."""
