"""Follow-ups: what the office did after a training so that it bears fruit."""
