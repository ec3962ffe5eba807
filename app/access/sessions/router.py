"""Signing in and out over HTTP, also in the form that an OAuth 2 client sends (RFC 6749, 4.3), as the page does."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from pydantic import ValidationError
from sqlalchemy import bindparam, select

import app.access.texts  # noqa: F401  # its codes enter the catalogue
from app.access import passwords
from app.access.policy import ROLES
from app.access.sessions import service
from app.access.sessions.attempts import spend
from app.access.sessions.schemas import Credentials, SessionOut
from app.access.tables import USERS, users
from app.access.tokens import new_token, presented
from app.database import Statement
from app.database.register import State
from app.database.words import Code
from app.http.answers import Answer, Present, json_answer
from app.http.ask import Ask
from app.http.caller import Caller
from app.http.fields import faults_of
from app.http.filters import folded
from app.http.operation import Operations
from app.http.presenting import gone
from app.http.problems import Fault, Invalid, NotFound, Unauthenticated, UnsupportedMedia

operations = Operations("Access")

_by_name = Statement(select(*USERS.published).where(users.c.name_key == bindparam("name_key", type_=Code)))
_FORM = b"application/x-www-form-urlencoded"


@operations.post(
    "/v1/sessions",
    summary="Sign in",
    permission=None,
    stores=False,
    status_code=200,
    response_model=SessionOut,
)
async def sign_in(credentials: Credentials, ask: Ask) -> Answer:
    """A user's name and password give a token for some hours; a wrong name and a wrong password are the same 401.

    Attempts are limited, for a name at an address, for an address and for a name: 429 says when to try again.
    """
    return await _signed_in(ask, credentials, _session)


@operations.post(
    "/v1/sessions/oauth",
    permission=None,
    stores=False,
    status_code=200,
    refuses=(400, 413, 415),
    include_in_schema=False,
)
async def sign_in_by_form(ask: Ask) -> Answer:
    """The same for an OAuth 2 client: the password grant as a form, answered with `access_token`."""
    return await _signed_in(ask, await _form(ask), _grant)


@operations.delete("/v1/sessions/current", summary="Sign out", permission="account:write", refuses=(404,))
async def sign_out(ask: Ask) -> Answer:
    """End the session that this request came with; its token opens nothing from then on.

    A token that is no session is 404 `session.not_found`.
    """
    session = await presented(ask)
    if session is None or session["kind"] != "session":
        raise NotFound("session.not_found", pointer="/header/Authorization")
    return await ask.write(gone, service.end, session["id"])


@dataclass(frozen=True, slots=True)
class _Begun:
    """A session and the token that opens it."""

    session: State
    token: str
    seconds: int


async def _signed_in(ask: Ask, credentials: Credentials, present: Present) -> Answer:
    user = await _known(ask, credentials)
    # From here on it is the user who acts.
    ask.caller = Caller(
        id=user["id"],
        name=user["name"],
        role=user["role"],
        region=user["region"] or "",
        source=user["name"],
        permissions=ROLES[user["role"]],
    )
    hours, token = ask.place.settings.session_hours, new_token("session")

    def begun(session: State, reach: str | None) -> Answer:
        return present(_Begun(session, token, int(hours * 3600)), reach)

    return await ask.write(begun, service.begin, user, token, hours)


async def _known(ask: Ask, credentials: Credentials) -> State:
    name_key = folded(credentials.name)
    spend(ask, name_key)
    row = await ask.database.row(_by_name, {"name_key": name_key})
    user = None if row is None else USERS.state(row)
    right = await passwords.matches(user["password_hash"] if user else None, credentials.password)
    if user is None or not right:
        raise Unauthenticated("access.wrong_credentials")
    return user


def _session(begun: _Begun, reach: str | None) -> Answer:
    shown = {name: begun.session[name] for name in ("expires_at", "id", "name", "role", "region")}
    return json_answer({"token": begun.token, "token_type": "Bearer", **shown})


def _grant(begun: _Begun, reach: str | None) -> Answer:
    return json_answer({"access_token": begun.token, "token_type": "Bearer", "expires_in": begun.seconds})


async def _form(ask: Ask) -> Credentials:
    if ask.raw.get(b"content-type", b"").partition(b";")[0].strip().lower() != _FORM:
        raise UnsupportedMedia("request.media_type", pointer="/header/Content-Type", expected=_FORM.decode())
    body = await ask.receive_body(ask.place.settings.body_limit)
    try:
        told = dict(parse_qsl(body.decode("ascii"), errors="strict", max_num_fields=20))
    except ValueError as wrong:
        raise Invalid([Fault("", "value.invalid")]) from wrong
    if told.get("grant_type") != "password":
        raise Invalid([Fault("/grant_type", "value.choice", {"expected": "password"})])
    given = {name: told[key] for key, name in (("username", "name"), ("password", "password")) if key in told}
    try:
        return Credentials.model_validate(given)
    except ValidationError as wrong:
        raise Invalid(faults_of(wrong)) from wrong
