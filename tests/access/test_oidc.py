"""Tokens of another house: what its keys have signed for us lets in, and nothing else does, whatever it looks like."""

import base64
import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import jwt
import pytest
from pydantic import ValidationError

from app.access.oidc import keys
from app.access.oidc.documents import Unfetched, fetch, safe
from app.main import Berdaya, create_app
from app.settings import Settings
from tests.access.issuer import (
    AUDIENCE,
    EC_KEY,
    ED_KEY,
    PUBLIC_PEM,
    RSA_KEY,
    SHARED_SECRET,
    SIGNING,
    TinyIssuer,
    issuing,
)
from tests.access.people import MUARA_KAMAN, SEPATIN, bearing
from tests.conftest import Callers


@pytest.fixture
def issuer() -> Iterator[TinyIssuer]:
    """An issuer on loopback."""
    with issuing() as one:
        yield one


@pytest.fixture
def settings(database_url: str, issuer: TinyIssuer) -> Settings:
    """The application trusts that issuer."""
    return Settings(database_url=database_url, oidc_issuer=issuer.url, oidc_audience=AUDIENCE)


async def asked(callers: Callers, token: str) -> int:
    return (await bearing(callers, token).get(SEPATIN)).status_code


@pytest.mark.parametrize("kid", SIGNING)
async def test_a_token_of_the_issuer_opens_what_its_claims_say(
    kid: str, issuer: TinyIssuer, callers: Callers
) -> None:
    officer = bearing(callers, issuer.token(kid))

    statuses = [
        (await officer.patch(SEPATIN, json={"households": 1})).status_code,
        (await officer.patch(MUARA_KAMAN, json={"households": 1})).status_code,
        (await officer.get("/v1/tokens")).status_code,
        (await officer.delete("/v1/sessions/current")).status_code,
        (await officer.put("/v1/users/me/password", json={"current": "x", "new": "contoh kata"})).status_code,
    ]

    assert statuses == [200, 404, 403, 404, 404]


async def test_tokens_of_our_own_work_beside_it(office: httpx.AsyncClient) -> None:
    assert (await office.get("/v1/tokens")).status_code == 200


def _part(told: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode()


def _unsigned(issuer: TinyIssuer, algorithm: str) -> str:
    return f"{_part({'alg': algorithm, 'kid': 'r1'})}.{_part(issuer.claims())}."


def _with_public_key(issuer: TinyIssuer) -> str:
    # The old confusion: the public key, which everybody has, as the secret of an HMAC.
    head, body = _part({"alg": "HS256", "kid": "r1"}), _part(issuer.claims())
    key = jwt.get_algorithm_by_name("HS256")
    mac = key.sign(f"{head}.{body}".encode(), PUBLIC_PEM)
    return f"{head}.{body}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def _signed(issuer: TinyIssuer, header: dict[str, Any], **told: Any) -> str:
    return issuer.token(header=header, **told)


def _of_another_key(issuer: TinyIssuer, kid: str, algorithm: str, key: Any) -> str:
    return jwt.encode(issuer.claims(), key, algorithm=algorithm, headers={"kid": kid})


def _tampered(issuer: TinyIssuer) -> str:
    head, _, mac = issuer.token().split(".")
    return f"{head}.{_part(issuer.claims(berdaya_role='admin'))}.{mac}"


_FAR = 4_000_000_000
HOSTILE: dict[str, Callable[[TinyIssuer], str]] = {
    "no signature": lambda one: _unsigned(one, "none"),
    "no signature, NONE": lambda one: _unsigned(one, "NONE"),
    "no algorithm": lambda one: f"{_part({'kid': 'r1'})}.{_part(one.claims())}.AAAA",
    "the public key as a secret": _with_public_key,
    "a published secret": lambda one: _of_another_key(one, "s1", "HS256", SHARED_SECRET),
    "RS512": lambda one: _of_another_key(one, "r1", "RS512", RSA_KEY),
    "PS256": lambda one: _of_another_key(one, "r1", "PS256", RSA_KEY),
    "an EC key named as the RSA one": lambda one: _of_another_key(one, "r1", "ES256", EC_KEY),
    "an Ed key named as the EC one": lambda one: _of_another_key(one, "e1", "EdDSA", ED_KEY),
    "another issuer": lambda one: one.token(iss="https://contoh.invalid"),
    "no issuer": lambda one: one.token(iss=None),
    "another audience": lambda one: one.token(aud="somebody-else"),
    "no audience": lambda one: one.token(aud=None),
    "no end": lambda one: one.token(exp=None),
    "past its end": lambda one: one.token(exp=1_700_000_000),
    "an endless end": lambda one: one.token(exp=float("inf")),
    "an end in words": lambda one: one.token(exp="tomorrow"),
    "an end in a list": lambda one: one.token(exp=[_FAR]),
    "no beginning": lambda one: one.token(iat=None),
    "issued in the future": lambda one: one.token(iat=_FAR, exp=_FAR + 1),
    "not yet": lambda one: one.token(nbf=_FAR),
    "no subject": lambda one: one.token(sub=None),
    "an empty subject": lambda one: one.token(sub=""),
    "a subject with NUL": lambda one: one.token(sub="a\x00b"),
    "a subject with a line break": lambda one: one.token(sub="a\nb"),
    "a long subject": lambda one: one.token(sub="a" * 201),
    "a name turned around": lambda one: one.token(preferred_username="a\u202eb"),
    "a name that is none": lambda one: one.token(preferred_username=["a"]),
    "no role": lambda one: one.token(berdaya_role=None),
    "a role that does not exist": lambda one: one.token(berdaya_role="king"),
    "several roles": lambda one: one.token(berdaya_role=["officer"]),
    "no region": lambda one: one.token(berdaya_region=None),
    "a region that is none": lambda one: one.token(berdaya_region="64.02.0"),
    "a region in a number": lambda one: one.token(berdaya_region=64),
    "something critical": lambda one: _signed(one, {"crit": ["exp"], "exp": _FAR}),
    "something critical and unencoded": lambda one: _signed(one, {"crit": ["b64"], "b64": False}),
    "a key that is not published": lambda one: _signed(one, {"kid": "r9"}),
    "a key in a list": lambda one: f"{_part({'alg': 'RS256', 'kid': ['r1']})}.{_part(one.claims())}.AAAA",
    "no key named": lambda one: f"{_part({'alg': 'RS256'})}.{_part(one.claims())}.AAAA",
    "a key of its own": lambda one: jwt.encode(
        one.claims(),
        ED_KEY,
        algorithm="EdDSA",
        headers={"kid": "r1", "jwk": {"kty": "OKP"}, "jku": f"{one.url}/keys"},
    ),
    "tampered": _tampered,
    "garbage": lambda one: "a.b.c",
    "garbage in good form": lambda one: "e30.e30.AAAA",
    "a list for a header": lambda one: f"{_part([])}.{_part({})}.AAAA",
    "deep": lambda one: f"{base64.urlsafe_b64encode(b'[' * 3000).decode()}.{_part({})}.AAAA",
    "claims that are no object": lambda one: jwt.api_jws.encode(
        b"[]", RSA_KEY, algorithm="RS256", headers={"kid": "r1"}
    ),
    "claims that are no JSON": lambda one: jwt.api_jws.encode(
        b"\xff", RSA_KEY, algorithm="RS256", headers={"kid": "r1"}
    ),
    "10 kB": lambda one: one.token(remark="x" * 10_000),
    "five parts": lambda one: "a.b.c.d.e",
    "two of them": lambda one: f"{one.token()}, {one.token()}",
}


async def test_whatever_is_hostile_is_401_and_never_a_fault(issuer: TinyIssuer, callers: Callers) -> None:
    issuer.extra = [
        {"kty": "oct", "kid": "s1", "alg": "HS256", "k": _part(SHARED_SECRET)},
        {"kty": "unheard-of", "kid": "u1"},
    ]

    answers = {name: await asked(callers, make(issuer)) for name, make in HOSTILE.items()}

    assert len(answers) > 40
    assert {name: status for name, status in answers.items() if status != 401} == {}
    assert await asked(callers, issuer.token()) == 200


async def test_bytes_that_are_no_ascii_are_401(issuer: TinyIssuer, callers: Callers) -> None:
    client = callers.anybody()

    answers = [
        await client.get(SEPATIN, headers=[(b"authorization", b"Bearer " + token)])
        for token in (b"\xff.\xfe.\xfd", "é.ü.ß".encode(), b"a.b.\xc3\x28")
    ]

    assert [answer.status_code for answer in answers] == [401] * 3


async def test_a_header_that_points_to_keys_changes_nothing(issuer: TinyIssuer, callers: Callers) -> None:
    header = {"jku": "https://contoh.invalid/keys", "x5u": "https://contoh.invalid/x", "x5c": ["AAAA"]}

    assert await asked(callers, issuer.token(header=header)) == 200


async def test_the_keys_are_asked_for_once_and_again_for_a_new_one_but_not_too_often(
    issuer: TinyIssuer, callers: Callers, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer.kids = ["r1"]
    statuses = [await asked(callers, issuer.token("r1")) for _ in range(3)]
    first = issuer.asked

    issuer.kids = ["e1"]
    too_soon = [await asked(callers, issuer.token("e1")) for _ in range(3)]
    meanwhile = issuer.asked
    monkeypatch.setattr(keys, "PAUSE_SECONDS", 0.0)
    rotated = [await asked(callers, issuer.token("e1")), await asked(callers, issuer.token("r1"))]

    assert (statuses, too_soon, rotated) == ([200] * 3, [401] * 3, [200, 401])
    assert (first, meanwhile) == (1, 1)


@pytest.mark.parametrize(
    "broken",
    [
        {"status": 500},
        {"status": 302},
        {"discovery": {"issuer": "https://contoh.invalid", "jwks_uri": "https://contoh.invalid/keys"}},
        {"discovery": {}},
        {"kids": []},
    ],
    ids=["fails", "redirects", "names another issuer", "names nothing", "has no keys"],
)
async def test_an_issuer_that_cannot_be_asked_is_503_and_what_is_open_stays_open(
    broken: dict[str, Any], issuer: TinyIssuer, callers: Callers
) -> None:
    token = issuer.token()
    for name, value in broken.items():
        setattr(issuer, name, value)

    answer = await bearing(callers, token).get(SEPATIN)

    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert (await callers.anybody().get(SEPATIN)).status_code == 200


async def test_the_document_offers_the_issuer_only_where_one_is_set(
    issuer: TinyIssuer, application: Berdaya, database_url: str
) -> None:
    without = create_app(Settings(database_url=database_url)).openapi()
    schemes = application.openapi()["components"]["securitySchemes"]

    assert schemes["issuer"]["openIdConnectUrl"] == f"{issuer.url}/.well-known/openid-configuration"
    assert list(without["components"]["securitySchemes"]) == ["bearer", "password"]


@pytest.fixture
async def plain(database_url: str) -> AsyncIterator[Callers]:
    """Callers of an application that trusts no issuer."""
    application = create_app(Settings(database_url=database_url))
    async with application.router.lifespan_context(application):
        callers = Callers(application)
        yield callers
        await callers.leave()


async def test_without_an_issuer_a_signed_token_is_a_wrong_one(issuer: TinyIssuer, plain: Callers) -> None:
    assert await asked(plain, issuer.token()) == 401
    assert issuer.asked == 0


def test_an_issuer_without_an_audience_is_refused_at_the_start() -> None:
    with pytest.raises(ValidationError, match="BERDAYA_OIDC_AUDIENCE"):
        Settings(oidc_issuer="https://contoh.invalid")


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://contoh.invalid/x", True),
        ("http://127.0.0.1:8080/x", True),
        ("http://localhost/x", True),
        ("http://contoh.invalid/x", False),
        ("http://127.0.0.1.contoh.invalid/x", False),
        ("http://user@127.0.0.1/x", False),
        ("file:///etc/hosts", False),
        ("ftp://127.0.0.1/x", False),
        ("https:///x", False),
        ("", False),
    ],
)
def test_only_https_is_asked_or_this_machine(url: str, *, good: bool) -> None:
    assert safe(url) is good


def test_an_address_that_is_not_asked_is_unfetched() -> None:
    with pytest.raises(Unfetched):
        fetch("file:///etc/hosts")
