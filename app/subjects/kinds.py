"""The things that tell of a person, as a table: which register, and what else in the database is about the same one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Select, bindparam, select

from app.cooperatives.tables import COOPERATIVES
from app.database import Statement
from app.database.register import Register
from app.database.words import Id
from app.trainings.enrolments.tables import ENROLMENTS, enrolments
from app.trainings.follow_ups.tables import FOLLOW_UPS, follow_ups
from app.ukms.queries import years_of
from app.ukms.tables import UKM_YEARS, UKMS


@dataclass(frozen=True, eq=False)
class Part:
    """Things of another register that are about the same subject.

    `find` binds `ukm_id`; `names_it` says that they carry that id themselves, also in their change records.
    """

    name: str
    register: Register
    find: Statement
    names_it: bool = True


@dataclass(frozen=True, eq=False)
class Kind:
    """A register whose things have personal fields, with what else is about them."""

    register: Register
    parts: Sequence[Part] = ()


class UnknownSubject(ValueError):
    """Nothing of that type has or had this id."""


_one = bindparam("ukm_id", type_=Id)
_places = select(*ENROLMENTS.published).where(enrolments.c.ukm_id == _one).order_by(enrolments.c.id)
_trainings: Select[tuple[str]] = select(enrolments.c.training_id).where(enrolments.c.ukm_id == _one)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "ukm": Kind(
            UKMS,
            parts=(
                Part("years", UKM_YEARS, years_of),
                Part("enrolments", ENROLMENTS, Statement(_places)),
                Part(
                    "follow_ups",
                    FOLLOW_UPS,
                    Statement(
                        select(*FOLLOW_UPS.published)
                        .where(follow_ups.c.training_id.in_(_trainings))
                        .order_by(follow_ups.c.held_on, follow_ups.c.id)
                    ),
                    names_it=False,
                ),
            ),
        ),
        "cooperative": Kind(COOPERATIVES),
    }
)
