"""A backup is one file with all of the register as it was at one instant, and a restore makes a register of it."""
