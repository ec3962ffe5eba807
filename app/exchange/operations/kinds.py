"""The types that an outbox may write, as a table: its models, its permission, and the feature's own verbs.

Law: there is one write path. An operation runs the verb of the single endpoint with what that endpoint is sent.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from app.cooperatives import service as cooperatives
from app.cooperatives.schemas import ChangedCooperative, CooperativePatch, NewCooperative
from app.cooperatives.tables import COOPERATIVES
from app.database import Transaction
from app.database.register import State
from app.exchange.operations.kind import ID, Address, Kind, of_a_year, with_id
from app.groups import service as groups
from app.groups.schemas import ChangedGroup, GroupPatch, NewGroup
from app.groups.tables import GROUPS
from app.http.fields import PathYear
from app.index import service as idm
from app.index.schemas import IdmRecord, IdmYear
from app.index.tables import IDM_RECORDS, record_id
from app.regions.codes import VillageCode
from app.trainings import service as trainings
from app.trainings.enrolments import service as enrolments
from app.trainings.enrolments.schemas import EnrolmentInput, EnrolmentPatch, NewEnrolment
from app.trainings.enrolments.tables import ENROLMENTS
from app.trainings.follow_ups import service as follow_ups
from app.trainings.follow_ups.schemas import FollowUpInput, FollowUpPatch, NewFollowUp
from app.trainings.follow_ups.tables import FOLLOW_UPS
from app.trainings.schemas import ChangedTraining, NewTraining, TrainingPatch
from app.trainings.tables import TRAININGS
from app.ukms import service as ukms
from app.ukms import years
from app.ukms.schemas import ChangedUkm, NewUkm, UkmPatch, UkmYear
from app.ukms.tables import UKM_YEARS, UKMS
from app.villages import service as villages
from app.villages.schemas import NewVillage, VillageInput, VillagePatch
from app.villages.tables import VILLAGES

_CODE: TypeAdapter[Any] = TypeAdapter(VillageCode)
_YEAR: TypeAdapter[Any] = TypeAdapter(PathYear)
_IDM_YEAR: TypeAdapter[Any] = TypeAdapter(IdmYear)


async def _idm_of(tx: Transaction, address: Address) -> State | None:
    code, year = address
    village = await villages.find(tx, code)
    return village and await IDM_RECORDS.find(tx, record_id(village["village_id"], year))


def _idm_said(state: State) -> State:
    # What is told as three rows of scores is shown as `scores`; `iks` and the like are then the indices.
    return {**state, **(state["scores"] or dict.fromkeys(("iks", "ike", "ikl")))}


_VILLAGE = Kind(
    register=VILLAGES,
    permissions={
        "create": "villages:register",
        "update": "villages:write",
        "delete": "villages:register",
    },
    address=(_CODE,),
    form="<code>",
    new=NewVillage,
    change=VillagePatch,
    whole=VillageInput,
    own_id=False,
    named=("code",),
    find=lambda tx, address: villages.find(tx, address[0]),
    create=lambda tx, address, new: villages.register(tx, new),
    amend=lambda tx, address, told, expected, reach: villages.amend(tx, address[0], told, expected, reach),
    remove=lambda tx, address, expected: villages.remove(tx, address[0], expected),
)

KINDS: Mapping[str, Kind] = {
    "village": _VILLAGE,
    "cooperative": with_id(
        COOPERATIVES,
        "cooperatives:write",
        models=(NewCooperative, CooperativePatch, ChangedCooperative),
        verbs=(cooperatives.register, cooperatives.amend, cooperatives.remove),
        masks=True,
    ),
    "ukm": with_id(
        UKMS,
        "ukms:write",
        models=(NewUkm, UkmPatch, ChangedUkm),
        verbs=(ukms.register, ukms.amend, ukms.remove),
        masks=True,
    ),
    "ukm_year": of_a_year(
        UKM_YEARS,
        "ukms:write",
        UkmYear,
        address=(ID, _YEAR),
        form="<ukm_id>/<year>",
        find=lambda tx, address: UKM_YEARS.find(tx, years.address(*address)),
        verbs=(years.report, years.remove),
    ),
    "group": with_id(
        GROUPS,
        "groups:write",
        models=(NewGroup, GroupPatch, ChangedGroup),
        verbs=(groups.register, groups.amend, groups.remove),
    ),
    "training": with_id(
        TRAININGS,
        "trainings:write",
        models=(NewTraining, TrainingPatch, ChangedTraining),
        verbs=(trainings.register, trainings.amend, trainings.remove),
    ),
    "enrolment": with_id(
        ENROLMENTS,
        "trainings:write",
        models=(NewEnrolment, EnrolmentPatch, EnrolmentInput),
        verbs=(enrolments.enrol, enrolments.amend, enrolments.withdraw),
        below="training_id",
    ),
    "follow_up": with_id(
        FOLLOW_UPS,
        "trainings:write",
        models=(NewFollowUp, FollowUpPatch, FollowUpInput),
        verbs=(follow_ups.record, follow_ups.amend, follow_ups.remove),
        below="training_id",
    ),
    "idm_record": of_a_year(
        IDM_RECORDS,
        "idm:write",
        IdmRecord,
        address=(_CODE, _IDM_YEAR),
        form="<village_code>/<year>",
        find=_idm_of,
        verbs=(idm.put, idm.remove),
        said=_idm_said,
    ),
}
