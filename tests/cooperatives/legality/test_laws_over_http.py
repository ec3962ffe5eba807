"""Order, repetition and batches change nothing: the laws of the fold, held by the whole server."""

from random import Random
from typing import Any

import httpx
import orjson
import pytest

from app.cooperatives.milestones import NUMBERED, OUTCOMES, REASONED
from app.cooperatives.tables import LEGALITY
from tests.conftest import Callers
from tests.cooperatives.histories import NAMES
from tests.cooperatives.legality.pushing import (
    OF_MERIAM,
    OF_TANI_BARU,
    SK,
    about,
    event,
    legality,
    new,
    push,
    shown,
    tell,
)
from tests.cooperatives.registering import OF_SEPATIN, OTHER

BASES = (OF_SEPATIN, OF_MERIAM, OF_TANI_BARU, OTHER)
_FORM = {
    "sk_ahu": "AHU-{:07}.AH.01.29.TAHUN 2025",
    "nib": "{:013}",
    "npwp": "{:016}",
    "nik_koperasi": "{:014}",
}


def history(random: Random) -> list[dict[str, Any]]:
    """Up to twelve events with an id of their own each; some correct others, also ones that never come."""
    events = []
    for number in range(random.randrange(4, 13)):
        milestone = random.choice(NAMES)
        outcome = random.choice((*OUTCOMES, "achieved", "achieved", "achieved", "achieved"))
        more: dict[str, Any] = {}
        if milestone in NUMBERED and (outcome == "achieved" or random.random() < 0.3):
            more["number"] = random.choice((1, 2))
        if outcome in REASONED:
            more["reason"] = "berkas kurang"
        if random.random() < 0.25:
            more["supersedes"] = random.choice([f"e{one}" for one in range(13) if one != number])
        told = event(f"e{number}", milestone, f"2025-06-{random.randrange(1, 6):02}", outcome, **more)
        if random.random() < 0.3:
            told["occurred_at"] = f"{told.pop('occurred_on')}T0{random.randrange(3)}:00:00Z"
        events.append(told)
    return events


def of_its_own(events: list[dict[str, Any]], place: int) -> list[dict[str, Any]]:
    """The history with numbers that no other telling of it uses."""
    return [
        {**one, "number": _FORM[one["milestone"]].format(one["number"] * 10 + place)}
        if "number" in one
        else one
        for one in events
    ]


def compared(told: dict[str, Any], place: int) -> str:
    """What must be the same of two tellings: all but whose it is, who told it and when it was received."""
    text = orjson.dumps(told).decode().replace(f"telling {place}", "telling")
    for form in _FORM.values():
        for number in (1, 2):
            text = text.replace(form.format(number * 10 + place), f"number {number}")
    plain: dict[str, Any] = orjson.loads(text)
    for entry in plain.get("history", ()):
        del entry["source"], entry["received_at"]
    plain.pop("cooperative_id", None)
    return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2).decode()


async def _in_order(sender: httpx.AsyncClient, id: str, events: list[Any], random: Random) -> None:
    for one in events:
        assert (await tell(sender, id, one)).status_code == 201


async def _shuffled_and_twice(sender: httpx.AsyncClient, id: str, events: list[Any], random: Random) -> None:
    again = [*events, *random.sample(events, len(events) // 2)]
    random.shuffle(again)
    for one in again:
        assert (await tell(sender, id, one)).status_code in (200, 201)


async def _backwards_at_once(sender: httpx.AsyncClient, id: str, events: list[Any], random: Random) -> None:
    outcome = await push(sender, *(about(one, id=id) for one in reversed(events)))
    assert outcome["applied"] == len(events)


async def _in_pieces(sender: httpx.AsyncClient, id: str, events: list[Any], random: Random) -> None:
    again = [*events, *events]
    random.shuffle(again)
    while again:
        size = random.randrange(1, 6)
        if size == 1:
            await tell(sender, id, again[0])
        else:
            await push(sender, *(about(one, id=id) for one in again[:size]))
        del again[:size]


WAYS = (_in_order, _shuffled_and_twice, _backwards_at_once, _in_pieces)


async def test_any_order_repetition_and_batches_give_the_same_legality_history_and_cooperative(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    cooperatives = [await new(office, base) for base in BASES]

    for seed in range(15):
        random = Random(seed)  # noqa: S311  # a shuffle
        events = history(random)
        told, fields = [], []
        for place, (way, id) in enumerate(zip(WAYS, cooperatives, strict=True)):
            sender = await callers.holding("integrator", source=f"{seed}, telling {place}")
            before = (await legality(office, id))["history"]
            await way(sender, id, of_its_own(events, place), random)
            now = await legality(office, id)
            assert len(now["history"]) == len(before) + len(events)
            told.append(compared(now, place))
            of_cooperative = await shown(office, id)
            fields.append(compared({name: of_cooperative[name] for name in LEGALITY}, place))

        assert told == told[:1] * len(WAYS), f"seed {seed}"
        assert fields == fields[:1] * len(WAYS), f"seed {seed}"


async def test_a_late_older_fact_never_overwrites_a_newer_one(office: httpx.AsyncClient) -> None:
    id = await new(office)
    await tell(office, id, event("sk", "sk_ahu", "2025-06-20", number=SK))

    late = await tell(office, id, event("back", "pengajuan_sabh", "2025-06-10", "returned", reason="nama"))

    assert late.json()["legality_stage"] == "berbadan_hukum"
    assert (await shown(office, id))["sk_number"] == SK
    assert [one["event_id"] for one in (await legality(office, id))["history"]] == ["back", "sk"]


@pytest.mark.parametrize("correction_first", [True, False])
async def test_a_correction_supersedes_and_what_it_corrects_stays_visible(
    office: httpx.AsyncClient, *, correction_first: bool
) -> None:
    id = await new(office)
    wrong = event("wrong", "sk_ahu", "2025-06-20", number=SK)
    right = event("right", "akta", "2025-06-20", supersedes="wrong")

    for one in (right, wrong) if correction_first else (wrong, right):
        await tell(office, id, one)

    told = await legality(office, id)
    assert told["legality_stage"] == "akta_terbit"
    assert {one["event_id"]: (one["fate"], one["superseded_by"]) for one in told["history"]} == {
        "wrong": ("superseded", ["right"]),
        "right": ("folded", []),
    }
    assert (await shown(office, id))["sk_number"] is None


async def test_of_one_id_with_two_bodies_the_first_counts_and_both_are_kept(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    id = await new(office)
    sender = await callers.holding("integrator", source="dinas")
    first, other = event("a", "musdesus", "2025-05-20"), event("a", "akta", "2025-05-21")

    await tell(sender, id, first)
    outcome = await push(sender, about(other, id=id), about(first, id=id))
    alone = await tell(sender, id, other)

    assert [one["status"] for one in outcome["results"]] == ["conflict", "duplicate"]
    assert alone.status_code == 409
    told = await legality(office, id)
    assert told["legality_stage"] == "terbentuk"
    assert {one["fate"] for one in told["history"]} == {"folded", "conflicting"}
    receipt = (await sender.get("/v1/legality-events/receipts/a")).json()
    assert [one["status"] for one in receipt["events"]] == ["applied", "conflict"]


async def test_the_same_event_by_another_door_or_spelling_is_one_event(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    id = await new(office)
    sender = await callers.holding("integrator", source="dinas")
    told = event("a", "sk_ahu", "2025-05-20", number=SK)

    await tell(sender, id, told)
    spelled = {**told, "number": f"  {SK.lower()} ", "issuer": None}
    again = await push(
        sender, about(spelled, village_code="6402042001"), about(told, sk_number=SK), about(spelled, id=id)
    )

    assert again["duplicates"] == 3
    assert len((await legality(office, id))["history"]) == 1


async def test_the_same_id_of_another_source_is_another_event(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    id = await new(office)
    dinas = await callers.holding("integrator", source="dinas")
    notary = await callers.holding("integrator", source="notaris")

    answers = [
        await tell(dinas, id, event("a", "musdesus", "2025-05-20")),
        await tell(notary, id, event("a", "akta", "2025-05-21")),
        await tell(notary, id, event("b", "sosialisasi", "2025-05-21", supersedes="a")),
    ]

    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert (await shown(office, id))["legality_stage"] == "terbentuk"


async def test_what_held_and_what_was_known_are_asked_for_apart(office: httpx.AsyncClient) -> None:
    id = await new(office)
    await tell(office, id, event("a", "musdesus", "2025-05-20"))
    between = (await legality(office, id))["history"][0]["received_at"]
    await tell(office, id, event("b", "pemesanan_nama", "2025-05-10"))
    await tell(office, id, event("c", "sk_ahu", "2025-06-20", number=SK))

    async def stage(query: str) -> Any:
        return (await legality(office, id, query))["legality_stage"]

    assert await stage("?as_of=2025-05-09") == "belum_terbentuk"
    assert await stage("?as_of=2025-05-10") == "pemesanan_nama"
    assert await stage(f"?known_at={between}") == "terbentuk"
    assert await stage(f"?known_at={between}&as_of=2025-05-19") == "belum_terbentuk"
    assert await stage("?as_of=2025-06-20T15:59:59.999999Z") == "berbadan_hukum"
    assert await stage("?as_of=2025-06-20T15:59:59Z") == "pemesanan_nama"
    wrong = await office.get(f"/v1/cooperatives/{id}/legality?as_of=kemarin&known_at=2025-02-30")
    assert wrong.status_code == 422
