"""What was published of Kukar's cooperatives comes out again, however the events that make it up come in.

The numbers are published (237 formed by 28 May 2025; on 30 June 203 with SK AHU, 15 with a name booked, 19 in
issuance); which cooperative is in which group was not, so these events are marked as demo.
"""

import asyncio
from random import Random
from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.database import Database
from app.main import Berdaya
from app.seed import kukar_data
from tests.conftest import Callers, act_of
from tests.cooperatives.legality.pushing import about, event, push, tell
from tests.cooperatives.legality.signing import body, deliver, entrust

FORMED_ON, COUNTED_ON = "2025-05-28", "2025-06-30"
GROUPS = {"sk_ahu": 203, "pemesanan_nama": 15, "pengajuan_sabh": 19}
STAGES = {"berbadan_hukum": 203, "pemesanan_nama": 15, "diajukan": 19}


@pytest.fixture
async def villages(application: Berdaya) -> list[str]:
    """The villages of the seeded register, each with its cooperative."""
    await kukar_data.load_all(application.place.database, act_of("seed"))
    return [line["code"] for line in kukar_data.lines("regions.csv") if len(line["code"]) == 13]


def series(villages: list[str]) -> list[dict[str, Any]]:
    """Events that add up to what was published, on the last day that it can have been."""
    events = [about(_demo(code, "musdesus", FORMED_ON), village_code=code) for code in villages]
    reached = [milestone for milestone, count in GROUPS.items() for _ in range(count)]
    for number, (code, milestone) in enumerate(zip(villages, reached, strict=True), start=1):
        paper = {"number": f"AHU-{number:07}.AH.01.29.TAHUN 2025"} if milestone == "sk_ahu" else {}
        events.append(about(_demo(code, milestone, COUNTED_ON, **paper), village_code=code))
    return events


def _demo(code: str, milestone: str, day: str, **paper: str) -> dict[str, Any]:
    return event(f"demo {milestone} {code}", milestone, day, note="demo", **paper)


def pieces(events: list[dict[str, Any]], random: Random) -> list[list[dict[str, Any]]]:
    """The events shuffled, a third of them twice, in batches of any size up to 60; single ones are posted alone."""
    all_of_them = [*events, *random.sample(events, len(events) // 3)]
    random.shuffle(all_of_them)
    found = []
    while all_of_them:
        size = random.choice((1, 1, 2, 7, 20, 60))
        found.append(all_of_them[:size])
        del all_of_them[:size]
    return found


async def _delivered(client: httpx.AsyncClient, piece: list[dict[str, Any]]) -> None:
    content, id = body(*piece), f"msg_{uuid4().hex}"
    answer = await deliver(client, content, id=id)
    while answer.status_code == 503:
        await asyncio.sleep(0.05)
        answer = await deliver(client, content, id=id)
    outcome = answer.json()
    assert answer.status_code == 200, answer.text
    assert outcome["applied"] + outcome["duplicates"] == len(piece)


async def _report(client: httpx.AsyncClient, as_of: str = "") -> dict[str, Any]:
    answer = await client.get("/v1/reports/legality", params={"as_of": as_of} if as_of else {})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def stages(counts: dict[str, Any]) -> dict[str, int]:
    """The stages in which anybody is."""
    return {name: one["numerator"] for name, one in counts["stages"].items() if one["numerator"]}


async def test_the_published_series_comes_out_whatever_order_batches_and_senders_it_comes_by(
    office: httpx.AsyncClient,
    visitor: httpx.AsyncClient,
    callers: Callers,
    database: Database,
    villages: list[str],
) -> None:
    random = Random(20250630)  # noqa: S311  # a shuffle
    known = (await office.get("/v1/cooperatives?limit=500")).json()["items"]
    seated = {one["village_code"]: one["id"] for one in known}
    sender = await callers.holding("integrator", source="simkopdes")
    await entrust(database)
    waiting = pieces(series(villages), random)

    async def by_some_door(piece: list[dict[str, Any]]) -> None:
        if len(piece) == 1 and random.random() < 0.5:
            (alone,) = piece
            told = {name: value for name, value in alone.items() if name != "cooperative"}
            answer = await tell(sender, seated[alone["cooperative"]["village_code"]], told)
            assert answer.status_code in (200, 201), answer.text
        elif random.random() < 0.5:
            await _delivered(visitor, piece)
        else:
            outcome = await push(sender, *piece)
            assert outcome["applied"] + outcome["duplicates"] == len(piece)

    async def one_of_eight() -> None:
        while waiting:
            await by_some_door(waiting.pop())

    await asyncio.gather(*(one_of_eight() for _ in range(8)))

    before = await _report(visitor, "2025-05-27")
    formed = await _report(visitor, FORMED_ON)
    counted = await _report(visitor, COUNTED_ON)
    now = await _report(visitor)
    assert stages(before["total"]) == {"belum_terbentuk": 237}
    assert stages(formed["total"]) == {"terbentuk": 237}
    assert stages(counted["total"]) == STAGES
    assert counted["total"]["papers"]["sk_ahu"] == {"numerator": 203, "denominator": 237}
    assert len(counted["items"]) == 20
    assert [(one["code"], one["stages"], one["papers"]) for one in now["items"]] == [
        (one["code"], one["stages"], one["papers"]) for one in counted["items"]
    ]
    for report in (before, formed, counted, now):
        for one in (*report["items"], report["total"]):
            assert sum(share["numerator"] for share in one["stages"].values()) == one["cooperatives"]
        assert sum(one["cooperatives"] for one in report["items"]) == report["total"]["cooperatives"] == 237
