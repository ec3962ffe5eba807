"""The legality ledger as it is kept: events as they came, matched to cooperatives, folded into what those show."""
