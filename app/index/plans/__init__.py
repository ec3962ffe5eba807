"""Plans: the cheapest way from scores to a status, exact, with alternatives, or the reason why there is none."""
