"""What a broken constraint says at the door: its name, the problem's code, and where in the body it stands."""

CODES: dict[str, str] = {
    "uq_villages_code": "village.exists /code",
}
