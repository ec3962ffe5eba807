"""What an operation expects of the thing it is about; the verbs of the features ask it at the moment they decide."""

from dataclasses import dataclass

from app.http.conditional import Expectation
from app.http.problems import Conflict, NotFound


@dataclass(frozen=True)
class Absent(Expectation):
    """A create by a PUT: what is there already is not replaced."""

    def check(self, version: int | None) -> None:
        """Raise `Conflict` when there is a version."""
        if version is not None:
            raise Conflict("operation.exists", pointer="/path/id")


@dataclass(frozen=True)
class Standing(Expectation):
    """An update by a PUT: what is not there is not begun."""

    type: str = ""

    def check(self, version: int | None) -> None:
        """Raise `NotFound` when there is none, `PreconditionFailed` when it is another."""
        if version is None:
            raise NotFound(f"{self.type}.not_found", pointer="/path/id")
        super().check(version)


ABSENT = Absent(any=False, versions=frozenset())


def standing(type: str, expected: Expectation | None) -> Standing:
    """The expectation of an update, where the feature's own verb would also begin what is not there."""
    if expected is None:
        return Standing(any=True, versions=frozenset(), type=type)
    return Standing(any=expected.any, versions=expected.versions, type=type)
