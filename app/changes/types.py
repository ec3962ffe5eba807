"""Every kind of thing that leaves changes, and what a caller's role must include to be told of it.

Law: whoever may read the list of a kind may follow its changes, and nobody else. A kind that is not named here is
shown to nobody; a test finds registers that are missing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.access.tables import TOKENS, USERS
from app.changes.webhooks.tables import SUBSCRIPTIONS
from app.cooperatives.legality.tables import EVENTS, RESOLUTIONS
from app.cooperatives.tables import COOPERATIVES
from app.database.register import Register
from app.groups.tables import GROUPS
from app.http.caller import READ, Caller
from app.index.tables import IDM_RECORDS
from app.regions.tables import REGIONS
from app.trainings.enrolments.tables import ENROLMENTS
from app.trainings.follow_ups.tables import FOLLOW_UPS
from app.trainings.tables import TRAININGS
from app.ukms.tables import UKM_YEARS, UKMS
from app.villages.tables import VILLAGES

TOLD: tuple[tuple[Register, str], ...] = (
    (REGIONS, READ),
    (VILLAGES, READ),
    (COOPERATIVES, READ),
    (EVENTS, READ),
    # Who decided is told to whoever may decide.
    (RESOLUTIONS, "legality:resolve"),
    (UKMS, READ),
    (UKM_YEARS, READ),
    (GROUPS, READ),
    (TRAININGS, READ),
    (ENROLMENTS, READ),
    (FOLLOW_UPS, READ),
    (IDM_RECORDS, READ),
    (USERS, "users:read"),
    (TOKENS, "tokens:read"),
    (SUBSCRIPTIONS, "subscriptions:read"),
)
"""In the order in which a copy is read, what is referred to before what refers to it."""

REGISTERS: dict[str, Register] = {register.type: register for register, _ in TOLD}
NEEDED: dict[str, str] = {register.type: permission for register, permission in TOLD}
"""The permission for each kind."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of things asked for: those that lie in a village or region, and those that lie nowhere.

    What lies somewhere is told as soon as its place is known: a legality event whose cooperative is not known yet
    is its sender's affair alone.
    """

    placed: tuple[str, ...]
    placeless: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """Every one of them, in the order of a copy."""
        return tuple(name for name in REGISTERS if name in self.placed or name in self.placeless)


def kinds_of(names: Iterable[str]) -> Kinds:
    """The kinds with these names."""
    wanted = set(names)
    placed = tuple(name for name in REGISTERS if name in wanted and REGISTERS[name].village_code is not None)
    return Kinds(placed=placed, placeless=tuple(sorted(wanted.difference(placed))))


def told_to(permissions: Collection[str]) -> list[str]:
    """The names of all kinds that a role with these permissions is told of; what is public needs none."""
    return [name for name, needed in NEEDED.items() if needed == READ or needed in permissions]


def refused_to(caller: Caller, names: Iterable[str]) -> str | None:
    """The permission that a caller lacks for one of these kinds, None where nothing is missing."""
    told = told_to(caller.permissions)
    return next((NEEDED[name] for name in names if name not in told), None)
