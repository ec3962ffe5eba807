"""The schema revision this code needs; Alembic keeps the one the database has."""

VERSION_TABLE = "alembic_version"
"""Where the revision stands that a server looks at, and a migration."""
STEPS_TABLE = "restoring_version"
"""Where Alembic keeps its own while the other one says `restoring`."""

HEAD = "0011"
RESTORING = "restoring"
"""Stands in place of a revision while a backup is put back, so that half a restore is never served or migrated."""


class StaleSchema(Exception):
    """The database is at another revision than this code; the message says which command mends it."""

    def __init__(self, found: str | None) -> None:
        if found == RESTORING:
            super().__init__(
                "The database holds part of a restore that did not end. Empty it and restore again."
            )
            return
        state = "is empty" if found is None else f"is at schema revision {found}"
        super().__init__(f"The database {state}, this version needs {HEAD}. Run: berdaya migrate")


def check_schema(found: str | None) -> None:
    """Raise `StaleSchema` unless the revision found is the one this code needs."""
    if found != HEAD:
        raise StaleSchema(found)
