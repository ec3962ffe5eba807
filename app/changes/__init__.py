"""What changed, told to whoever keeps a copy: every committed change once, in an order that holds for each thing."""
