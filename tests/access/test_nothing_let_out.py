"""Personal values stand in the thing itself, for those who may see them, and nowhere else."""

import io
import zipfile

import httpx
import pytest
from sqlalchemy import select

from app.database import Database, Statement
from app.database.ledgers import audit, changes
from tests.conftest import Callers
from tests.cooperatives import registering as cooperatives
from tests.personal import EMAIL, OTHER_OWNER, OTHER_PHONE, OWNER, PASSWORDS, PHONE, VALUES
from tests.ukms.registering import SEPATIN, TIMBAU, UKM, address, registered
from tests.watched import Watch, let_out

TOLD = {"owner_name": OWNER, "phone": PHONE}
TOKEN = "brd_" + "x" * 51


def held(text: str) -> list[str]:
    return [value for value in VALUES if value in text]


def text_of(answer: httpx.Response) -> str:
    """What stands in an answer, also where it is a workbook."""
    if not answer.content.startswith(b"PK"):
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist())


async def test_a_problem_repeats_nothing_that_was_sent(office: httpx.AsyncClient, callers: Callers) -> None:
    ukm = await registered(office, **TOLD)
    elsewhere = await callers.holding("operator", region="64.02.06")
    wrong = {
        **UKM,
        "owner_name": f"{OWNER}\x00",
        "phone": f"{PHONE}x",
        "members": OTHER_PHONE,
    }

    answers = [
        await office.post("/v1/ukms", json=wrong),
        await office.patch(address(ukm), json=wrong),
        await office.post(
            "/v1/cooperatives", json={**cooperatives.OTHER, "email": f"{EMAIL}@", "phone": OWNER}
        ),
        await elsewhere.patch(address(ukm), json=TOLD),
        await elsewhere.post("/v1/ukms", json={**UKM, **TOLD}),
        await office.patch(address(ukm), json=TOLD, headers={"if-match": '"999"'}),
        await office.get(
            "/v1/ukms", params={"region": OWNER, "scale": PHONE, "sort": EMAIL, "cursor": OTHER_PHONE}
        ),
        await office.get(address(ukm), headers={"authorization": f"Bearer {TOKEN}"}),
        await office.post("/v1/sessions", json={"name": "tidak ada", "password": PASSWORDS[0]}),
        await office.post("/v1/users", json={"name": "contoh", "password": PASSWORDS[0], "role": "king"}),
    ]

    assert {answer.status_code for answer in answers} <= {400, 401, 404, 412, 422}
    assert [held(answer.text) for answer in answers] == [[]] * len(answers)
    assert all(answer.headers["cache-control"] == "no-store" for answer in answers)
    assert not [1 for answer in answers for secret in (*PASSWORDS, TOKEN) if secret in answer.text]


async def test_the_ledgers_hold_none_of_it(
    office: httpx.AsyncClient, callers: Callers, database: Database
) -> None:
    ukm = await registered(office, **TOLD)
    await office.patch(address(ukm), json={"owner_name": OTHER_OWNER, "phone": OTHER_PHONE})
    cooperative = await cooperatives.registered(office, phone=PHONE, email=EMAIL)
    await office.get("/v1/ukms")
    await office.delete(address(ukm))
    await office.delete(cooperatives.address(cooperative))

    rows = [
        [str(value) for value in row]
        for table in (changes, audit)
        for row in await database.fetch(Statement(select(table)), {})
    ]

    assert len(rows) > 8
    assert [row for row in rows if held("\n".join(row))] == []


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
async def test_an_export_for_others_is_masked(form: str, office: httpx.AsyncClient, callers: Callers) -> None:
    await registered(office, **TOLD)
    await registered(office, owner_name=OTHER_OWNER, phone=OTHER_PHONE, village_code=TIMBAU)
    await cooperatives.registered(office, phone=PHONE, email=EMAIL)
    here = await callers.holding("operator", region=SEPATIN)
    others = [callers.anybody(), await callers.holding("viewer"), await callers.holding("integrator")]

    answers = [
        await one.get(f"/v1/{things}?format={form}") for one in others for things in ("ukms", "cooperatives")
    ]
    at_home = await here.get(f"/v1/ukms?format={form}")

    assert [held(text_of(answer)) for answer in answers] == [[]] * 6
    assert held(text_of(at_home)) == [OWNER, PHONE]
    assert at_home.headers["cache-control"] == "no-store"


async def test_a_kept_answer_is_for_whoever_got_it(office: httpx.AsyncClient, callers: Callers) -> None:
    sent: dict[str, object] = {**UKM, **TOLD}
    key = {"idempotency-key": "the-same"}
    first = await office.post("/v1/ukms", json=sent, headers=key)
    operator, viewer = await callers.holding("operator", region=SEPATIN), await callers.holding("viewer")

    theirs = await operator.post("/v1/ukms", json=sent, headers=key)
    refused = [await one.post("/v1/ukms", json=sent, headers=key) for one in (viewer, callers.anybody())]

    assert theirs.json()["id"] != first.json()["id"]
    assert "idempotent-replayed" not in theirs.headers
    assert [(answer.status_code, held(answer.text)) for answer in refused] == [(403, []), (401, [])]


async def test_a_write_that_shows_a_person_is_kept_nowhere(office: httpx.AsyncClient) -> None:
    made = await office.post("/v1/ukms", json={**UKM, **TOLD})
    changed = await office.patch(made.headers["location"], json={"members": 2})

    told = [(one.headers["cache-control"], "Authorization" in one.headers["vary"]) for one in (made, changed)]
    assert told == [("no-store", True)] * 2


def test_the_watch_over_logs_sees_values_and_secrets_and_does_not_repeat_them() -> None:
    report = pytest.TestReport(
        "test", ("", None, ""), {}, "passed", None, "call", [("Captured stdout call", OWNER)]
    )
    watch = Watch()

    watch.judge(report, ["application"])

    assert (report.outcome, watch.served) == ("failed", True)
    assert OWNER not in str(report.longrepr)
    assert let_out(f"token={TOKEN}") == ["a secret"]
    assert [
        bool(let_out(value)) for value in (*VALUES, *PASSWORDS, "whsec_" + "A" * 43, "brs_" + "-" * 51)
    ] == [True] * 9
    assert let_out("Kerupuk udang") == []
