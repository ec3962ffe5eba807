"""The craft of HTTP: problems, arguments, answers, lists, conditional requests, kept answers; no feature is known here."""
