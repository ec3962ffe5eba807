"""The outbox of a client that was offline: each operation once, however often it is sent."""
