"""Which cooperative an event is about, and how the numbers it brings are read."""

from typing import Any

import httpx
import pytest

from tests.conftest import Callers
from tests.cooperatives.legality.pushing import (
    NIB,
    NIK_KOPERASI,
    NPWP,
    OF_MERIAM,
    SK,
    about,
    event,
    legality,
    new,
    push,
    shown,
    tell,
)
from tests.cooperatives.registering import OTHER, RECODING, SEPATIN, faults

FORMED = event("a", "musdesus", "2025-05-20")


@pytest.mark.parametrize("code", [SEPATIN, SEPATIN.replace(".", "")])
async def test_a_village_is_named_by_its_code_dotted_or_not(office: httpx.AsyncClient, code: str) -> None:
    id = await new(office)

    outcome = await push(office, about(FORMED, village_code=code))

    assert outcome["results"][0]["cooperative_id"] == id


@pytest.mark.parametrize("code", [SEPATIN, RECODING["new_code"]])
async def test_a_village_is_named_by_the_code_it_had_or_has(office: httpx.AsyncClient, code: str) -> None:
    id = await new(office)
    await office.post(f"/v1/villages/{SEPATIN}/recode", json=RECODING)

    outcome = await push(office, about(FORMED, village_code=code))

    assert outcome["results"][0]["cooperative_id"] == id


async def test_what_waits_under_a_retired_code_is_adopted_too(office: httpx.AsyncClient) -> None:
    waiting = await push(office, about(FORMED, village_code=SEPATIN))
    await office.post(f"/v1/villages/{SEPATIN}/recode", json=RECODING)

    made = await office.post(
        "/v1/cooperatives", json={**OTHER, "village_code": RECODING["new_code"], "name": "Koperasi Contoh"}
    )

    assert waiting["waiting"] == 1
    assert made.json()["legality_stage"] == "terbentuk"


async def test_a_cooperative_is_named_by_a_number_it_holds(office: httpx.AsyncClient) -> None:
    id = await new(office)
    await tell(office, id, event("sk", "sk_ahu", "2025-06-01", number=SK))
    await tell(office, id, event("nik", "nik_koperasi", "2025-06-02", number=NIK_KOPERASI))

    outcome = await push(
        office,
        about(event("1", "nib", "2025-06-03", number=NIB), sk_number=SK.lower().replace(" ", "")),
        about(event("2", "npwp", "2025-06-03", number=NPWP), nik_koperasi=NIK_KOPERASI),
    )

    assert [one["cooperative_id"] for one in outcome["results"]] == [id, id]


async def test_what_waits_for_a_number_counts_when_a_cooperative_holds_it(office: httpx.AsyncClient) -> None:
    id = await new(office)
    waiting = await push(office, about(event("1", "nib", "2025-06-03", number=NIB), sk_number=SK))

    await tell(office, id, event("sk", "sk_ahu", "2025-06-01", number=SK))

    receipt = (await office.get("/v1/legality-events/receipts/1")).json()
    assert waiting["results"][0]["status"] == "waiting"
    assert (await shown(office, id))["nib"] == NIB
    assert receipt["events"][0]["status"] == "applied"


async def test_a_waiting_event_that_is_sent_again_waits_once(office: httpx.AsyncClient) -> None:
    told = about(FORMED, village_code=SEPATIN)
    await push(office, told)

    again = await push(office, told, told)
    id = await new(office)
    after = await push(office, told)

    assert [one["status"] for one in again["results"]] == ["duplicate", "duplicate"]
    assert after["results"][0]["status"] == "duplicate"
    assert len((await legality(office, id))["history"]) == 1


async def test_a_village_with_two_cooperatives_asks_which(office: httpx.AsyncClient) -> None:
    await new(office)
    await new(office, OTHER)

    outcome = await push(office, about(FORMED, village_code=SEPATIN))

    assert outcome["results"][0]["problem"]["errors"][0]["code"] == "cooperative.ambiguous"
    assert outcome["results"][0]["problem"]["errors"][0]["pointer"] == "/cooperative/village_code"


@pytest.mark.parametrize(
    "reference",
    [
        {},
        {"village_code": SEPATIN, "sk_number": SK},
        {"village_code": "6403010001"},
        {"id": "x"},
        {"name": "x"},
    ],
)
async def test_a_reference_that_names_no_one_thing_is_rejected(
    office: httpx.AsyncClient, reference: dict[str, str]
) -> None:
    outcome = await push(office, about(FORMED, **reference))

    assert outcome["rejected"] == 1
    assert all(
        one["pointer"].startswith("/cooperative") for one in outcome["results"][0]["problem"]["errors"]
    )


@pytest.mark.parametrize(
    ("milestone", "sent", "kept"),
    [
        ("sk_ahu", " ahu-0000001 . ah . 01 . 29 . tahun  2025", SK),
        ("sk_ahu", "AHU\u20130000001.AH.01.29.TAHUN 2025", SK),
        ("nib", "1234-5678-90123", NIB),
        ("npwp", "12.345.678.9-012.345", NPWP),
        ("npwp", "0123 4567 8901 2345", NPWP),
        ("nik_koperasi", "6402 99000 0001", NIK_KOPERASI),
    ],
)
async def test_a_number_is_kept_in_its_one_form(
    office: httpx.AsyncClient, milestone: str, sent: str, kept: str
) -> None:
    id = await new(office)

    answer = await tell(office, id, event("a", milestone, "2025-06-01", number=sent))

    assert answer.json()["number"] == kept


@pytest.mark.parametrize(
    ("milestone", "sent", "code"),
    [
        ("sk_ahu", "AHU-1.AH.01.29.TAHUN 2025", "sk_number.malformed"),
        ("nib", "123456789012", "nib.malformed"),
        ("nib", "\u0661" * 13, "nib.malformed"),
        ("npwp", "12345678901234", "npwp.malformed"),
        ("nik_koperasi", "x", "nik_koperasi.malformed"),
        ("nik_koperasi", "6402044101900001", "nik_koperasi.of_a_person"),
        ("nib", None, "field.required"),
    ],
)
async def test_a_number_that_is_none_is_refused_at_both_doors(
    office: httpx.AsyncClient, milestone: str, sent: Any, code: str
) -> None:
    id = await new(office)
    told = event("a", milestone, "2025-06-01", number=sent)

    alone = await tell(office, id, told)
    batch = await push(office, about(told, id=id))

    assert faults(alone) == [("/number", code)]
    (result,) = batch["results"]
    assert [(one["pointer"], one["code"]) for one in result["problem"]["errors"]] == [("/number", code)]
    assert (await office.get(f"/v1/cooperatives/{id}/legality-events")).json()["items"] == []


async def test_every_fault_of_an_event_is_named(office: httpx.AsyncClient) -> None:
    id = await new(office)

    answer = await tell(
        office,
        id,
        {"event_id": " ", "milestone": "nib", "outcome": "rejected", "number": "1", "supersedes": "a\nb"},
    )

    assert set(faults(answer)) == {
        ("/event_id", "text.blank"),
        ("/occurred_on", "event.one_time"),
        ("/number", "nib.malformed"),
        ("/reason", "field.required"),
        ("/supersedes", "text.character"),
    }


async def test_a_number_never_leads_beyond_the_senders_reach(
    office: httpx.AsyncClient, callers: Callers
) -> None:
    id = await new(office, OF_MERIAM)
    elsewhere = await callers.holding("integrator", region="64.02.05", source="dinas")
    told = [about(event(str(number), "nib", "2025-06-01", number=NIB), sk_number=SK) for number in range(2)]

    early = await push(elsewhere, told[0])
    await tell(office, id, event("sk", "sk_ahu", "2025-06-01", number=SK))
    late = await push(elsewhere, *told)

    assert [one["status"] for one in early["results"]] == ["waiting"]
    assert [one["status"] for one in late["results"]] == ["duplicate", "waiting"]
    assert (await shown(office, id))["nib"] is None
    assert len((await legality(office, id))["history"]) == 1
