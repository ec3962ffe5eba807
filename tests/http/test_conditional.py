"""Conditional requests: a strong tag for every variant, 304 when it is known, 412 when the version has moved on."""

import asyncio
import gzip
from typing import Any

import httpx
import pytest

from app.main import Berdaya, create_app
from app.settings import Settings
from tests.conftest import Callers
from tests.http import wire

SEPATIN = "/v1/villages/64.02.04.2001"
LIST = "/v1/villages?region=64.02.04"
PLAIN = {"accept-encoding": "identity"}


async def test_the_tag_is_strong_and_rises_with_the_version(office: httpx.AsyncClient) -> None:
    before = await office.get(SEPATIN, headers=PLAIN)
    changed = await office.patch(SEPATIN, json={"households": 400}, headers=PLAIN)
    after = await office.get(SEPATIN, headers=PLAIN)

    assert [answer.headers["etag"] for answer in (before, changed, after)] == ['"1"', '"2"', '"2"']
    assert after.content == changed.content
    assert after.headers["cache-control"] == "no-cache"


async def test_forms_of_one_thing_have_tags_of_their_own(visitor: httpx.AsyncClient) -> None:
    plain = await visitor.get(LIST, headers=PLAIN)
    packed = await visitor.get(LIST, headers={"accept-encoding": "gzip"})
    sheet = await visitor.get(LIST, headers={**PLAIN, "accept": "text/csv"})

    tags = [answer.headers.get("etag") for answer in (plain, packed, sheet)]
    assert len(set(tags)) == 3
    assert not any(tag.startswith("W/") for tag in tags if tag)
    for answer in (plain, packed, sheet):
        assert {"Accept", "Accept-Encoding"} <= set(answer.headers["vary"].split(", "))


async def test_the_tag_of_a_list_changes_with_what_it_shows(office: httpx.AsyncClient) -> None:
    before = await office.get(LIST)
    elsewhere = await office.patch("/v1/villages/64.02.01.2001", json={"households": 1})
    same = await office.get(LIST)
    await office.patch(SEPATIN, json={"households": 1})
    other = await office.get(LIST)

    assert elsewhere.status_code == 200
    assert before.headers["etag"] == same.headers["etag"] != other.headers["etag"]


@pytest.mark.parametrize("target", [SEPATIN, LIST])
async def test_what_the_caller_has_is_not_sent_again(target: str, visitor: httpx.AsyncClient) -> None:
    known = await visitor.get(target, headers=PLAIN)

    for form in ("{0}", "W/{0}", '"x", {0}', '{0},"x"', "*", ' W/"y" , W/{0} '):
        condition = form.format(known.headers["etag"])
        for method in ("GET", "HEAD"):
            answer = await visitor.request(method, target, headers={**PLAIN, "if-none-match": condition})

            assert answer.status_code == 304, condition
            assert answer.content == b""
            for name in ("etag", "vary", "cache-control"):
                assert answer.headers[name] == known.headers[name]


async def test_what_the_caller_does_not_have_is_sent(visitor: httpx.AsyncClient) -> None:
    for condition in ('"0"', 'W/"99"', "", "garbage", '"', '"1-clear"', '"1'):
        answer = await visitor.get(SEPATIN, headers={"if-none-match": condition})

        assert answer.status_code == 200, condition


async def test_a_packed_answer_is_known_by_its_own_tag(visitor: httpx.AsyncClient) -> None:
    packed = await visitor.get(LIST, headers={"accept-encoding": "gzip"})

    again = await visitor.get(
        LIST, headers={"accept-encoding": "gzip", "if-none-match": packed.headers["etag"]}
    )

    assert packed.headers["content-encoding"] == "gzip"
    assert again.status_code == 304
    assert again.headers["etag"] == packed.headers["etag"]


async def test_tags_in_several_lines_are_one_list(application: Berdaya) -> None:
    lines = [(b"if-none-match", b'"1"'), (b"if-none-match", b'"7"')]

    heard = await wire.send(application, "GET", SEPATIN.encode(), headers=lines)

    assert heard.status == 304


async def test_a_condition_on_reading_is_no_condition_on_writing(office: httpx.AsyncClient) -> None:
    answer = await office.patch(SEPATIN, json={"households": 1}, headers={"if-none-match": '"1"'})

    assert answer.status_code == 200


READ = (
    SEPATIN,
    LIST,
    f"{LIST}&limit=2&count=exact",
    f"{LIST}&format=csv",
    f"{LIST}&format=geojson",
    "/v1/villages/6402082001",
    "/v1/villages/64.02.04.2999",
    "/v1/villages/x",
    "/v1/nothing",
    "/health/ready",
    "/docs",
)


@pytest.mark.parametrize("encoding", [b"identity", b"gzip"])
async def test_head_is_get_without_its_body(encoding: bytes, application: Berdaya) -> None:
    headers = [(b"accept-encoding", encoding), (b"x-request-id", b"same")]

    for target in READ:
        whole = await wire.send(application, "GET", target.encode(), headers=headers)
        head = await wire.send(application, "HEAD", target.encode(), headers=headers)

        assert head.body == b""
        assert (head.status, head.headers) == (whole.status, whole.headers), target
        length = whole.header(b"content-length")
        assert length is None or int(length) == len(whole.body)
        if whole.header(b"content-encoding") == b"gzip":
            assert len(gzip.decompress(whole.body)) > 1000


async def test_if_match_lets_the_present_version_through(office: httpx.AsyncClient) -> None:
    conditions = ['"1"', '"2-clear"', '"3-gzip"', '"99", "4"', "*"]

    statuses = [
        (await office.patch(SEPATIN, json={"households": n}, headers={"if-match": condition})).status_code
        for n, condition in enumerate(conditions)
    ]

    assert statuses == [200] * 5


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
async def test_if_match_stops_any_other(method: str, office: httpx.AsyncClient) -> None:
    body: dict[str, Any] = {"json": {"households": 1}} if method == "PATCH" else {}

    for condition in ('"2"', 'W/"1"', "", "1", "garbage", '"1x"', '"x1"', '"01', '"-1"'):
        answer = await office.request(method, SEPATIN, headers={"if-match": condition}, **body)

        assert answer.status_code == 412, condition
        assert answer.json()["errors"][0]["pointer"] == "/header/If-Match"
        assert (await office.get(SEPATIN)).json()["version"] == 1


async def test_of_many_who_read_the_same_version_one_writes(office: httpx.AsyncClient) -> None:
    patches = [
        office.patch(SEPATIN, json={"households": 1000 + number}, headers={"if-match": '"1"'})
        for number in range(20)
    ]

    answers = await asyncio.gather(*patches)

    statuses = [answer.status_code for answer in answers]
    winner = answers[statuses.index(200)].json()
    assert sorted(statuses) == [200] + [412] * 19
    assert (await office.get(SEPATIN)).json() == winner
    assert winner["version"] == 2


async def test_many_who_set_no_condition_all_write_one_after_the_other(office: httpx.AsyncClient) -> None:
    patches = [office.patch(SEPATIN, json={"households": 1000 + number}) for number in range(40)]

    answers = await asyncio.gather(*patches)

    assert [answer.status_code for answer in answers] == [200] * 40
    assert sorted(answer.json()["version"] for answer in answers) == list(range(2, 42))


async def test_a_deletion_and_a_change_of_the_same_version_do_not_both_happen(
    office: httpx.AsyncClient,
) -> None:
    headers = {"if-match": '"1"'}

    deleted, changed = await asyncio.gather(
        office.delete(SEPATIN, headers=headers),
        office.patch(SEPATIN, json={"households": 1}, headers=headers),
    )

    assert (deleted.status_code, changed.status_code) in {(204, 404), (412, 200)}


async def test_an_installation_may_demand_the_condition(database_url: str) -> None:
    application = create_app(Settings(database_url=database_url, require_if_match=True))
    async with application.router.lifespan_context(application):
        callers = Callers(application)
        office = await callers.holding("admin")

        refused = [
            await office.patch(SEPATIN, json={"households": 1}),
            await office.delete(SEPATIN, headers={"accept-language": "id"}),
        ]
        written = await office.patch(SEPATIN, json={"households": 1}, headers={"if-match": "*"})
        made = await office.post("/v1/villages", json={"code": "64.02.04.2777", "name": "Uji"})
        await callers.leave()

    assert [answer.status_code for answer in refused] == [428, 428]
    assert {answer.json()["errors"][0]["pointer"] for answer in refused} == {"/header/If-Match"}
    assert [answer.headers["content-language"] for answer in refused] == ["en", "id"]
    assert (written.status_code, made.status_code) == (200, 201)
