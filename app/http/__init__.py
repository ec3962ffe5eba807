"""The craft of HTTP: problems, arguments, answers, lists, conditions, kept answers; no feature is known here."""
