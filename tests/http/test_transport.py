"""What carries the answers: gzip when asked, CORS by setting, request ids, limits of a body, safe headers."""

import gzip

import httpx
import pytest

from app.main import Berdaya, create_app
from app.settings import Settings
from tests.conftest import Callers
from tests.http import wire

SEPATIN = b"/v1/villages/64.02.04.2001"
LIST = b"/v1/villages?region=64.02.04"
JSON = (b"content-type", b"application/json")


@pytest.mark.parametrize("target", [LIST, LIST + b"&format=csv", LIST + b"&format=geojson"])
async def test_an_answer_is_packed_when_asked_and_the_same_unpacked(
    target: bytes, application: Berdaya
) -> None:
    plain = await wire.send(application, "GET", target)

    for asked in (b"gzip", b"GZIP", b"br, gzip;q=0.5", b"deflate, gzip"):
        packed = await wire.send(application, "GET", target, headers=[(b"accept-encoding", asked)])
        assert packed.header(b"content-encoding") == b"gzip", asked
        assert gzip.decompress(packed.body) == plain.body
        assert len(packed.body) < len(plain.body)
    for asked in (b"", b"identity", b"br", b"gzip;q=0", b"gzip;q=0.0, *", b"gzippy"):
        same = await wire.send(application, "GET", target, headers=[(b"accept-encoding", asked)])
        assert same.header(b"content-encoding") is None, asked
        assert same.body == plain.body


async def test_a_short_answer_is_not_worth_packing(application: Berdaya) -> None:
    heard = await wire.send(application, "GET", SEPATIN, headers=[(b"accept-encoding", b"gzip")])

    assert len(heard.body) < 1024
    assert heard.header(b"content-encoding") is None
    assert heard.header(b"etag") == b'"1"'


@pytest.mark.parametrize("given", [b"abc", b"trace-1:2.3_4", b"x" * 128])
async def test_a_sane_request_id_is_kept(given: bytes, application: Berdaya) -> None:
    heard = await wire.send(application, "GET", b"/v1/nothing", headers=[(b"x-request-id", given)])

    assert heard.header(b"x-request-id") == given
    assert heard.json["request_id"] == given.decode()


async def test_any_other_request_id_is_replaced_by_one_of_ours(application: Berdaya) -> None:
    strange = [b"", b"x" * 129, b"a b", b"a\r\nset-cookie: x=1", b"a\n", b'"', b"<x>", b"\xc3\xa9", b"\x00"]

    made = []
    for given in strange:
        heard = await wire.send(application, "GET", b"/v1/nothing", headers=[(b"x-request-id", given)])
        made.append(heard.header(b"x-request-id"))
        assert heard.json["request_id"].encode() == made[-1]
    twice = [(b"x-request-id", b"a"), (b"x-request-id", b"b")]
    made.append((await wire.send(application, "GET", SEPATIN, headers=twice)).header(b"x-request-id"))
    made.append((await wire.send(application, "GET", SEPATIN)).header(b"x-request-id"))

    assert not set(strange) & set(made)
    assert len(set(made)) == len(made)
    assert all(one and one.replace(b"-", b"").isalnum() for one in made)


async def test_no_answer_is_taken_for_another_type_and_no_page_is_framed(application: Berdaya) -> None:
    for target in (SEPATIN, LIST, LIST + b"&format=csv", b"/v1/nothing", b"/docs", b"/health/live"):
        heard = await wire.send(application, "GET", target)

        assert heard.header(b"x-content-type-options") == b"nosniff"
    page = await wire.send(application, "GET", b"/docs")
    assert b"frame-ancestors 'none'" in (page.header(b"content-security-policy") or b"")


@pytest.fixture
def small(settings: Settings) -> Settings:
    """An installation that takes bodies up to 2,000 bytes and pages from one origin."""
    return settings.model_copy(update={"body_limit": 2000, "cors_origins": ("https://peta.example",)})


def padded(size: int) -> bytes:
    """A patch that is exactly so many bytes long."""
    return b'{"households":1}' + b" " * (size - 16)


async def test_a_body_may_reach_its_limit_and_not_pass_it(small: Settings) -> None:
    application = create_app(small)
    async with application.router.lifespan_context(application):
        office = await Callers(application).holding("admin")
        headers = [JSON, (b"authorization", office.headers["authorization"].encode())]

        async def patch(body: bytes, *, pieces: int = 1, declared: int | None = None) -> int:
            parts = [body[start::pieces] for start in range(pieces)] if pieces > 1 else [body]
            length = [] if declared is None else [(b"content-length", str(declared).encode())]
            heard = await wire.send(application, "PATCH", SEPATIN, headers=[*headers, *length], body=parts)
            return heard.status

        whole, over = padded(2000), padded(2001)
        assert await patch(whole, declared=2000) == 200
        assert await patch(over, declared=2001) == 413
        assert await patch(over) == 413
        assert await patch(b" " * 5000, pieces=10) == 413
        assert await patch(over, declared=10) == 413
        assert await patch(whole[:10] + whole[10:], declared=0) == 200
        await office.aclose()


async def test_a_body_in_many_pieces_is_one_body(application: Berdaya, office: httpx.AsyncClient) -> None:
    headers = [JSON, (b"authorization", office.headers["authorization"].encode())]
    body = '{"name":"Sépatin"}'.encode()

    heard = await wire.send(
        application, "PATCH", SEPATIN, headers=headers, body=[body[n : n + 1] for n in range(len(body))]
    )

    assert heard.json["name"] == "Sépatin"


async def test_a_client_that_leaves_in_the_middle_of_its_body_changes_nothing(
    application: Berdaya, office: httpx.AsyncClient
) -> None:
    headers = [JSON, (b"authorization", office.headers["authorization"].encode())]

    heard = await wire.send(
        application, "PATCH", SEPATIN, headers=headers, body=[b'{"households":1}'], leaves=True
    )

    assert heard.status == 400
    assert (await office.get(SEPATIN.decode())).json()["version"] == 1


async def test_a_packed_body_is_refused_unread(office: httpx.AsyncClient) -> None:
    for coding in ("gzip", "deflate", "br", "zstd", "gzip, identity"):
        answer = await office.patch(
            SEPATIN.decode(),
            content=gzip.compress(b'{"households":1}'),
            headers={"content-type": "application/json", "content-encoding": coding},
        )

        assert answer.status_code == 415
        assert answer.json()["errors"][0]["pointer"] == "/header/Content-Encoding"


async def test_another_origin_is_let_in_only_by_setting(application: Berdaya, small: Settings) -> None:
    open_to_one = create_app(small)
    origin, stranger = (b"origin", b"https://peta.example"), (b"origin", b"https://elsewhere.example")
    preflight = [
        (b"access-control-request-method", b"PATCH"),
        (b"access-control-request-headers", b"if-match"),
    ]

    async with open_to_one.router.lifespan_context(open_to_one):
        closed = await wire.send(application, "GET", SEPATIN, headers=[origin])
        welcome = await wire.send(open_to_one, "GET", SEPATIN, headers=[origin])
        refused = await wire.send(open_to_one, "GET", b"/v1/nothing", headers=[origin])
        other = await wire.send(open_to_one, "GET", SEPATIN, headers=[stranger])
        asked = await wire.send(open_to_one, "OPTIONS", SEPATIN, headers=[origin, *preflight])
        denied = await wire.send(open_to_one, "OPTIONS", SEPATIN, headers=[stranger, *preflight])

    allowed = b"access-control-allow-origin"
    assert closed.header(allowed) is None
    assert (welcome.header(allowed), refused.header(allowed)) == (b"https://peta.example",) * 2
    assert b"ETag" in (welcome.header(b"access-control-expose-headers") or b"")
    assert b"Origin" in (welcome.header(b"vary") or b"")
    assert (other.status, other.header(allowed)) == (200, None)
    assert (asked.status, asked.header(allowed)) == (200, b"https://peta.example")
    assert denied.header(allowed) is None


async def test_a_browser_is_told_to_load_nothing_from_an_answer_and_to_frame_it_nowhere(
    visitor: httpx.AsyncClient,
) -> None:
    answers = [
        await visitor.get(path) for path in (SEPATIN.decode(), "/v1/villages/x", "/nowhere", "/metrics")
    ]

    guards = ("content-security-policy", "x-content-type-options", "referrer-policy", "x-frame-options")
    assert [[answer.headers[name] for name in guards] for answer in answers] == [
        ["default-src 'none'; frame-ancestors 'none'", "nosniff", "no-referrer", "DENY"]
    ] * 4
    assert "script-src 'self'" in (await visitor.get("/docs")).headers["content-security-policy"]
