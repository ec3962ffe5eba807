"""The tests: they mirror `app`, and speak HTTP unless what they hold is pure."""
