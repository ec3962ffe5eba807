"""Users over HTTP."""

from typing import Annotated

import app.access.labels  # its labels enter the sheets
import app.access.texts  # noqa: F401  # its codes enter the catalogue
from app.access import passwords
from app.access.sessions.attempts import spend
from app.access.tables import USERS
from app.access.tokens import presented
from app.access.users import service
from app.access.users.queries import LISTING
from app.access.users.schemas import NewPassword, NewUser, UserOut, UserPatch, UserQuery
from app.http.answers import Answer
from app.http.ask import Ask
from app.http.fields import Identifier
from app.http.filters import folded
from app.http.lists import listed
from app.http.merge import Patch
from app.http.operation import Operations, Query
from app.http.presenting import created, gone, shown
from app.http.problems import NotFound, invalid
from app.http.shapes import listing_of

operations = Operations("Access")


@operations.get("/v1/users", summary="List users", permission="users:read", responses=listing_of(UserOut))
async def list_users(query: Annotated[UserQuery, Query()], ask: Ask) -> Answer:
    """Who may sign in with a name and a password, by name."""
    return _private(await listed(ask, LISTING, query))


@operations.get(
    "/v1/users/{id}", summary="One user", permission="users:read", response_model=UserOut, refuses=(404,)
)
async def get_user(id: Identifier, ask: Ask) -> Answer:
    """A user by their id."""
    return _private(await ask.show(USERS, id))


@operations.post("/v1/users", summary="Admit a user", permission="users:write", response_model=UserOut)
async def admit_user(new: NewUser, ask: Ask) -> Answer:
    """Enter somebody who signs in with a name and a password; both are needed, and a role.

    The password has 8 to 256 characters of any kind, is none of the commonest, and is kept only as an argon2id hash.
    """
    new = await ask.presently(new)
    password_hash = await passwords.hashed(new.password)
    # An Idempotency-Key keeps a fast hash of what was sent, by which a password could be guessed.
    ask.sent = new.model_dump_json(exclude={"password"}).encode()
    return _private(await ask.write(created(USERS, "/v1/users"), service.admit, new, password_hash))


@operations.patch(
    "/v1/users/{id}",
    summary="Change a user",
    patch=UserPatch,
    response_model=UserOut,
    permission="users:write",
    refuses=(404, 412, 428),
)
async def amend_user(id: Identifier, patch: Patch, ask: Ask) -> Answer:
    """JSON Merge Patch: what is absent stays, null clears.

    A change ends every session of the user at once. `password` sets a new one, for somebody who forgot theirs.
    """
    patch = await ask.presently(patch)
    password = getattr(patch, "password", None)
    password_hash = await passwords.hashed(password) if password else None
    return _private(await ask.write(shown(USERS), service.amend, id, patch, password_hash, ask.expected))


@operations.delete(
    "/v1/users/{id}", summary="Remove a user", permission="users:write", refuses=(404, 412, 428)
)
async def remove_user(id: Identifier, ask: Ask) -> Answer:
    """Take a user out; their sessions end at once, what they did stays in the trail."""
    return await ask.write(gone, service.remove, id, ask.expected)


@operations.put(
    "/v1/users/me/password",
    summary="Change one's own password",
    permission="account:write",
    status_code=204,
    refuses=(404, 429),
)
async def change_own_password(new: NewPassword, ask: Ask) -> Answer:
    """For whoever signed in: the present password and a new one. All sessions end, this one too; sign in again.

    Attempts are counted with those to sign in. A token that is no session is 404 `user.not_found`.
    """
    session = await presented(ask)
    user = await USERS.find(ask.database, session["user_id"]) if session and session["user_id"] else None
    if user is None:
        raise NotFound("user.not_found", pointer="/header/Authorization")
    spend(ask, folded(user["name"]))
    if not await passwords.matches(user["password_hash"], new.current):
        raise invalid("/current", "user.wrong_password")
    return await ask.write(gone, service.change_password, user, new.new, await passwords.hashed(new.new))


def _private(answer: Answer) -> Answer:
    answer.cache = b"no-store"
    return answer
