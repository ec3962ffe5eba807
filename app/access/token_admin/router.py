"""Tokens over HTTP."""

import hashlib
from typing import Annotated

import orjson

import app.access.labels  # its labels enter the sheets
import app.access.texts  # noqa: F401  # its codes enter the catalogue
from app.access.tables import TOKENS
from app.access.token_admin import service
from app.access.token_admin.queries import LISTING
from app.access.token_admin.schemas import NewToken, TokenMade, TokenOut, TokenQuery
from app.access.tokens import new_token
from app.database.register import State
from app.http.answers import Answer, Present
from app.http.ask import Ask
from app.http.fields import Identifier
from app.http.lists import listed
from app.http.operation import Operations, Query
from app.http.presenting import gone
from app.http.shapes import listing_of

operations = Operations("Access")


@operations.get("/v1/tokens", summary="List tokens", permission="tokens:read", responses=listing_of(TokenOut))
async def list_tokens(query: Annotated[TokenQuery, Query()], ask: Ask) -> Answer:
    """Who may come in, the newest first; `kind=session` lists those who signed in. A secret is never shown again."""
    # The kind is part of what is asked also where the caller left it to us.
    answer = await listed(ask, LISTING, query.model_copy(update={"kind": query.kind}))
    answer.cache = b"no-store"
    return answer


@operations.get(
    "/v1/tokens/{id}",
    summary="One token",
    permission="tokens:read",
    response_model=TokenOut,
    refuses=(404,),
)
async def get_token(id: Identifier, ask: Ask) -> Answer:
    """A token or session by its id, with the hour of its last use."""
    answer = await ask.show(TOKENS, id)
    return _private(answer)


@operations.post(
    "/v1/tokens",
    summary="Issue a token",
    permission="tokens:write",
    response_model=TokenMade,
)
async def issue_token(new: NewToken, ask: Ask) -> Answer:
    """Make a token for a person or a program: `name` and `role` are needed, `region` bounds what it may change.

    `token` is shown this once, works at once, and is kept only as a hash. So an Idempotency-Key has no answer to give
    again: the second request makes no second token and is 409 `secret_shown_once`.
    """
    token = new_token()
    return await ask.write(_made(token), service.issue, await ask.presently(new), token)


@operations.delete(
    "/v1/tokens/{id}", summary="Revoke a token", permission="tokens:write", refuses=(404, 412, 428)
)
async def revoke_token(id: Identifier, ask: Ask) -> Answer:
    """Take a token or session away; whoever comes with it is 401 from the next request on, on every server."""
    return await ask.write(gone, service.revoke, id, ask.expected)


def _private(answer: Answer) -> Answer:
    # The last use changes without a version, so the tag says both.
    if isinstance(answer.body, bytes):
        answer.etag = f"{answer.etag}-{hashlib.sha256(answer.body).hexdigest()[:12]}"
    answer.cache = b"no-store"
    return answer


def _made(token: str) -> Present:
    def present(state: State, reach: str | None) -> Answer:
        answer = _private(
            Answer(status=201, body=TOKENS.document(state).encode(), etag=str(state["version"]))
        )
        answer.body = orjson.dumps({**orjson.loads(TOKENS.document(state)), "token": token})
        answer.secret = True
        answer.headers.append((b"location", f"/v1/tokens/{state['id']}".encode()))
        return answer

    return present
