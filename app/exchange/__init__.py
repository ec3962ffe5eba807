"""What comes in and goes out in bulk, by the same verbs as single requests."""
