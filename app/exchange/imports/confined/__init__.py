"""What runs in a child process of its own: all that takes an upload apart, quick to start for it imports little."""
