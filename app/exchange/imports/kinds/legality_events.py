"""Legality events, told to the ledger as a batch would tell them; what the ledger has heard it keeps for ever."""

from typing import Any, get_args

from app.cooperatives.legality.schemas import MilestoneName, Outcome, PushedEvent
from app.cooperatives.legality.service import Sender, push
from app.cooperatives.legality.service import Told as Pushed
from app.database import Transaction
from app.exchange.imports.cells import Choice, day, digits, village
from app.exchange.imports.column import shown, told
from app.exchange.imports.kind import Applied, Kind, Run
from app.exchange.imports.lines import Line
from app.exchange.imports.things import Refused, body_of, checked
from app.http.problems import Conflict

_MILESTONES = Choice(
    get_args(MilestoneName),
    {"SK AHU": "sk_ahu", "SK": "sk_ahu", "akta notaris": "akta", "musyawarah desa khusus": "musdesus"},
)
_OUTCOMES = Choice(
    get_args(Outcome),
    {
        "tercapai": "achieved",
        "terbit": "achieved",
        "selesai": "achieved",
        "dikembalikan": "returned",
        "ditolak": "rejected",
        "kedaluwarsa": "expired",
        "dicabut": "revoked",
    },
)
_REFERENCES = ("id", "sk_number", "nik_koperasi", "village_code")
"""By which a cooperative is found, the surest first; a row may give several and one is used."""


async def _apply(tx: Transaction, line: Line, run: Run) -> Applied:
    body = body_of(line, run)
    known: dict[str, Any] = body.get("cooperative", {})
    first = next((name for name in _REFERENCES if name in known), None)
    body["cooperative"] = {first: known[first]} if first else {}
    event = checked(PushedEvent, body, line, run)
    if not isinstance(event, PushedEvent):
        raise Refused
    ((kind, value),) = event.cooperative.model_dump(exclude_none=True).items()
    one = Pushed(0, event.event_id, reference=(kind, value), event=event)
    await push(tx, Sender(run.source, run.zone), [one])
    if one.refusal is not None:
        raise one.refusal
    if one.status == "conflict" or one.state is None:
        raise Conflict("event.other_body", pointer="/event_id")
    operation = "unchanged" if one.status == "duplicate" else "created"
    return Applied(operation, "legality_event", one.state["id"], None, one.state.get("version", 1))


LEGALITY_EVENTS = Kind(
    name="legality-events",
    type="legality_event",
    permission="legality:push",
    columns=(
        told("event_id", needed=True, stand_in="contoh").also("Id peristiwa", "No peristiwa"),
        told("cooperative_id", path=("cooperative", "id")),
        told("village_code", village, path=("cooperative", "village_code"), shape="code"),
        *shown("village_name", "district_code", "district_name", "id", "source"),
        told("sk_number", path=("cooperative", "sk_number")),
        told("nik_koperasi", digits(0), path=("cooperative", "nik_koperasi"), shape="digits"),
        told(
            "milestone", _MILESTONES, needed=True, stand_in="rat", choices=_MILESTONES.words, shape="choice"
        ),
        told("outcome", _OUTCOMES, needed=True, stand_in="achieved", choices=_OUTCOMES.words, shape="choice"),
        told("occurred_on", day, shape="day").also("Tanggal"),
        told("occurred_at"),
        told("number", shape="digits").also("Nomor dokumen"),
        told("issuer").also("Penerbit"),
        told("reason"),
        told("supersedes"),
        told("note"),
        *shown("received_at", "effective_at", "effective_on"),
    ),
    apply=_apply,
    key=lambda line: line.value("event_id"),
    left_out=("sk_number", "nik_koperasi", "village_name"),
    undoable=False,
)
