"""A file that is not taken, with the code that says why; its text is found outside the child."""


class Refused(Exception):
    """The code, and the facts of ours that fill its text; never anything that stood in the file."""

    def __init__(self, code: str, **facts: int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
