"""What a database may answer instead of rows, in our words; the drivers' own errors stop at the two faces."""


class Failure(Exception):
    """The root of everything the database package raises."""


class Unavailable(Failure):
    """The database is down, frozen, full, read-only or too slow; the same request may succeed later."""


class Busy(Unavailable):
    """Another writer holds what this request needs; it may be sent again at once."""


class Outrun(Failure):
    """Somebody else changed the row between the read and the write; the unit of work is run again."""


class ConstraintBroken(Failure):
    """A unique, check or foreign key refused the write; `name` is the constraint's, where the engine tells it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Unfit(Failure):
    """The engine cannot hold or read a value that passed validation; a fault of the request, not of the database."""
