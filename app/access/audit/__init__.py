"""The audit trail: who did or read what, when and from where, chained by hash so that no row can change unseen."""
