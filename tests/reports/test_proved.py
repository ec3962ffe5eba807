"""A report that nothing bore upon is not computed again, and one that anything bore upon always is."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.access import webhooks
from app.access.tokens import keep, new_token
from app.database import Database, Transaction
from app.database.migrate import migrate
from app.http.answers import Answer
from app.main import Berdaya, create_app
from app.reports import proved
from app.seed import kukar_data
from app.settings import Settings
from app.villages.tables import VILLAGES
from tests.access.counting import Counter, counted
from tests.conftest import Callers, Templates, act_of
from tests.cooperatives.legality.pushing import SK, event, new, tell
from tests.cooperatives.registering import RECODING, SEPATIN
from tests.docs.recording import KEY, Recorder
from tests.docs.session import SESSION
from tests.reports.asking_again import EVERY, INDEX, LEGALITY, ONE_A_KIND, TRAININGS, Readers

STATUS = "/v1/reports/idm-status?year=2024"
MUHURAN = "64.02.08.2008"


@pytest.fixture
async def kukar(database: Database) -> None:
    """The published IDM of Kukar's 193 desa."""
    await kukar_data.load_idm(database, act_of("seed"))


async def _tag(client: httpx.AsyncClient, address: str = STATUS) -> str:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    tag: str = answer.headers["etag"]
    return tag


async def _again(client: httpx.AsyncClient, tag: str, address: str = STATUS, **headers: str) -> int:
    answer = await client.get(address, headers={"if-none-match": tag, **headers})
    return answer.status_code


async def _asked(
    application: Berdaya, client: httpx.AsyncClient, tag: str, address: str = STATUS
) -> tuple[int, int]:
    """The status of a conditional request, and how many statements it took."""
    place, inner = application.place, application.place.database
    counter = Counter()
    place.database = counted(inner, counter)
    proved._proofs[place.database] = proved._proofs.setdefault(inner, proved.Proofs())
    try:
        return await _again(client, tag, address), counter.statements
    finally:
        place.database = inner


async def test_every_write_that_changes_a_report_is_told_to_who_has_it(
    office: httpx.AsyncClient, kukar: None
) -> None:
    readers = Readers(office)
    await readers.ask()
    assert await readers.ask() == set()
    idm = f"/v1/villages/{SEPATIN}/idm/2024"
    of_district = {address for address in INDEX if "year=2024" in address or "region=64.02.04" in address}

    told = {}
    told["an IDM"] = await _after(
        readers,
        office.put(
            idm, json={"source": "Contoh", "published": {"idm": 0.9, "ike": 0.9, "status": "mandiri"}}
        ),
    )
    told["a year without IDM"] = await _after(readers, office.delete(idm))
    told["a cooperative"] = await _after(readers, new(office))
    id = (await office.get("/v1/cooperatives?limit=1")).json()["items"][0]["id"]
    told["a decree"] = await _after(readers, tell(office, id, event("1", "sk_ahu", "2025-06-20", number=SK)))
    told["a training"] = await _after(readers, office.post("/v1/trainings", json=_training(MUHURAN)))
    told["a place"] = await _after(
        readers, office.patch(f"/v1/villages/{SEPATIN}", json={"latitude": -0.5, "longitude": 117.4})
    )
    told["a name"] = await _after(readers, office.patch(f"/v1/villages/{SEPATIN}", json={"name": "Contoh"}))
    told["a code"] = await _after(readers, office.post(f"/v1/villages/{SEPATIN}/recode", json=RECODING))

    assert told["an IDM"] >= of_district
    assert told["a year without IDM"] >= of_district
    assert told["a cooperative"] & set(LEGALITY)
    assert told["a decree"] == set(LEGALITY)
    assert told["a training"] == set(TRAININGS)
    assert told["a place"] == {"/v1/reports/idm-status.svg?region=64.02.04"}


async def _after(readers: Readers, write: Any) -> set[str]:
    answer = await write
    assert isinstance(answer, str) or answer.status_code < 300, answer.text
    return await readers.ask()


def _training(code: str) -> dict[str, Any]:
    told = {"title": "Contoh", "focus": "lainnya", "year": 2024, "status": "selesai"}
    return {**told, "village_code": code}


@pytest.fixture
def empty_url(engine: str, templates: Templates) -> Iterator[str]:
    """A migrated database with nothing in it."""
    url = templates.empty(engine)
    migrate(url)
    yield url
    templates.drop(url)


@pytest.mark.engine("sqlite")  # which kinds bear is the same on both
async def test_no_operation_of_the_document_changes_a_report_in_secret(empty_url: str) -> None:
    application = create_app(Settings(database_url=empty_url, log_requests="none", webhooks=False))
    token = new_token()

    async def admit(tx: Transaction) -> None:
        await keep(tx, token, role="admin", name="office", region="", source="office")
        await webhooks.keep(tx, KEY, source="contoh", region="", overlap_hours=0)

    async with application.router.lifespan_context(application):
        await kukar_data.load_all(application.place.database, act_of("seed"))
        await application.place.database.write(act_of("token"), admit)
        as_office = {"authorization": f"Bearer {token}"}
        async with _client(application) as visitor, _client(application, **as_office) as client:
            readers = Readers(visitor, ONE_A_KIND)
            changed = [await readers.ask()]

            async def look(answer: httpx.Response) -> None:
                if answer.request.method not in ("GET", "HEAD") and answer.status_code < 300:
                    changed.append(await readers.ask())

            client.event_hooks = {"response": [look]}
            await Recorder(application, client).run(SESSION)

    assert len(changed) > 50, "a session that writes nothing proves nothing"
    assert set().union(*changed[1:]) >= {LEGALITY[0]}


def _client(application: Berdaya, **headers: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(application)
    return httpx.AsyncClient(transport=transport, base_url="http://berdaya.test", headers=headers)


async def test_what_is_proved_takes_one_statement_and_what_does_not_bear_leaves_it_proved(
    application: Berdaya, visitor: httpx.AsyncClient, office: httpx.AsyncClient, kukar: None
) -> None:
    tag = await _tag(visitor)
    await new(office)

    assert await _asked(application, visitor, tag) == (304, 1)


async def test_what_bears_without_changing_anything_is_computed_once_and_proved_again(
    application: Berdaya, visitor: httpx.AsyncClient, office: httpx.AsyncClient, kukar: None
) -> None:
    tag = await _tag(visitor)
    moved = await office.patch(f"/v1/villages/{SEPATIN}", json={"latitude": -0.5, "longitude": 117.4})
    assert moved.status_code == 200

    computed, then = [await _asked(application, visitor, tag) for _ in range(2)]

    assert computed[0] == then[0] == 304
    assert computed[1] > then[1] == 1


async def test_a_tag_proves_nothing_of_another_question(visitor: httpx.AsyncClient, kukar: None) -> None:
    impact = TRAININGS[0]
    tag = await _tag(visitor)
    english = await _tag(visitor, impact)

    assert await _again(visitor, tag, "/v1/reports/idm-status?year=2023") == 200
    assert await _again(visitor, tag, accept="text/csv") == 200
    assert await _again(visitor, english, impact, **{"accept-language": "id"}) == 200
    assert await _again(visitor, english, impact) == 304
    assert await _again(visitor, '"something", ' + tag) == 304


async def test_a_proof_has_the_tag_of_the_form_that_would_be_sent(
    visitor: httpx.AsyncClient, kukar: None
) -> None:
    for coding in ("gzip", "identity"):
        first = await visitor.get(STATUS, headers={"accept-encoding": coding})

        again = await visitor.get(
            STATUS, headers={"accept-encoding": coding, "if-none-match": first.headers["etag"]}
        )

        assert again.status_code == 304
        kept = ("etag", "cache-control", "vary", "content-security-policy")
        assert [again.headers[name] for name in kept] == [first.headers[name] for name in kept]
        assert again.content == b""


async def test_beyond_a_window_of_changes_and_after_its_time_nothing_is_proved(
    application: Berdaya,
    visitor: httpx.AsyncClient,
    office: httpx.AsyncClient,
    kukar: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(proved, "WINDOW", 3)
    tag = await _tag(visitor)
    for number in range(3):
        made = await office.post("/v1/groups", json=_group(number))
        assert made.status_code == 201, made.text

    beyond, again = [await _asked(application, visitor, tag) for _ in range(2)]
    monkeypatch.setattr(proved, "GOOD_SECONDS", -1.0)
    other = f"{STATUS}&group_by=regency"
    late = await _asked(application, visitor, await _tag(visitor, other), other)

    assert beyond[1] > again[1] == 1
    assert late[1] > 1
    assert beyond[0] == again[0] == late[0] == 304


def _group(number: int) -> dict[str, Any]:
    return {"name": f"Contoh {number}", "kind": "kelompok_usaha", "village_code": SEPATIN}


@pytest.mark.engine("postgresql")
async def test_a_change_that_began_before_a_report_and_was_committed_after_it_is_told(
    database: Database, visitor: httpx.AsyncClient, office: httpx.AsyncClient, callers: Callers
) -> None:
    written, go_on = asyncio.Event(), asyncio.Event()

    async def slow(tx: Transaction) -> None:
        village = await VILLAGES.find(tx, SEPATIN)
        assert village is not None
        await VILLAGES.update(tx, village, {**village, "latitude": -0.5, "longitude": 117.4})
        await tx.lock("a trip, so that what was written is there")
        written.set()
        await go_on.wait()

    writing = asyncio.create_task(database.write(act_of("slow"), slow))
    await written.wait()
    address = "/v1/reports/idm-status.svg?region=64.02.04"
    other = await office.patch(f"/v1/villages/{MUHURAN}", json={"latitude": -0.4, "longitude": 117.0})
    assert other.status_code == 200
    tag = await _tag(visitor, address)
    while_open = await _again(visitor, tag, address)
    go_on.set()
    await writing

    after = await _again(visitor, tag, address)

    assert (while_open, after) == (304, 200)


async def test_a_log_that_begins_anew_proves_nothing_of_the_old_one(
    database: Database, office: httpx.AsyncClient
) -> None:
    before = await proved.Mark.read(database, proved.OF_VILLAGES)
    assert before is not None

    other = before._replace(change_id="00000000-0000-7000-8000-000000000000")

    assert await before.holds(database, proved.OF_VILLAGES)
    assert not await other.holds(database, proved.OF_VILLAGES)


async def test_every_report_with_a_tag_is_asked_here(application: Berdaya) -> None:
    tagged = {
        one.path for one in application.operations if one.tagged and one.path.startswith("/v1/reports/")
    }

    assert {address.partition("?")[0] for address in EVERY} == tagged


async def test_a_report_that_is_proved_is_sent_to_others_as_it_was(
    application: Berdaya, visitor: httpx.AsyncClient, office: httpx.AsyncClient, kukar: None
) -> None:
    first = await visitor.get(STATUS)

    second = await office.get(STATUS, headers={"accept-encoding": "gzip"})
    asked = await _asked(application, visitor, '"another"')

    assert (second.status_code, second.content) == (200, first.content)
    assert asked == (200, 1)


async def test_a_report_that_says_when_it_was_computed_is_only_proved_to_who_has_it(
    visitor: httpx.AsyncClient, office: httpx.AsyncClient, kukar: None
) -> None:
    await new(office)
    first = await visitor.get("/v1/reports/legality")

    again = await _again(visitor, first.headers["etag"], "/v1/reports/legality")
    other = await office.get("/v1/reports/legality")

    assert again == 304
    assert first.json()["as_of"] < other.json()["as_of"]


def test_the_latest_are_kept_and_no_more_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proved, "KEPT", 3)
    monkeypatch.setattr(proved, "KEPT_BYTES", 10)
    proofs, mark = proved.Proofs(), proved.Mark(0, 0, None, 0)

    def kept(*told: tuple[bytes, int]) -> list[bytes]:
        for asked, size in told:
            proofs.keep(asked, proved.Proof(Answer(body=bytes(size)), whole=True, mark=mark, until=0))
        return [one for one in (b"1", b"2", b"3", b"4", b"5") if proofs.find(one)]

    assert kept((b"1", 1), (b"2", 1), (b"1", 2), (b"3", 1)) == [b"1", b"2", b"3"]
    assert kept((b"4", 1)) == [b"1", b"3", b"4"]
    assert kept((b"5", 9)) == [b"4", b"5"]
    assert kept((b"5", 1), (b"4", 9)) == [b"4", b"5"]
