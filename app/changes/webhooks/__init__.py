"""Notices of changes, sent to whoever subscribed: at least once, each thing's in order, for days if need be."""
