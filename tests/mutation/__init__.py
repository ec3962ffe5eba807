"""Do the tests notice a fault? `python -m tests.mutation` plants one at a time in the pure modules and asks."""
