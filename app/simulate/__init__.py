"""Senders that misbehave on purpose, to test a running server with; whatever they tell says that it is a demo."""
