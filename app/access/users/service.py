"""What the office does with users: admit, amend, remove; whatever changes about one ends their sessions with it.

Passwords arrive here as hashes: a transaction never waits for one.
"""

from typing import Any

from app.access.reach import check_reach
from app.access.sessions.service import end_all
from app.access.tables import USERS
from app.access.users.schemas import ChangedUser, NewUser
from app.database import Transaction
from app.database.register import State
from app.database.words import new_id
from app.http.conditional import Expectation
from app.http.filters import folded
from app.http.merge import merged
from app.http.problems import NotFound, invalid


async def admit(tx: Transaction, new: NewUser, password_hash: str) -> State:
    """Enter a user; 409 `user.name_taken` when another has the name."""
    _check_name(new.name, new.password)
    await check_reach(tx, new.region)
    return await USERS.create(
        tx,
        {
            **new.model_dump(exclude={"password"}),
            "id": new_id(),
            "password_hash": password_hash,
            "password_changed_at": tx.act.at,
        },
    )


async def amend(
    tx: Transaction, id: str, patch: Any, password_hash: str | None, expected: Expectation | None
) -> State:
    """Change a user's name, role, region or password."""
    user = await _held(tx, id)
    if expected:
        expected.check(user["version"])
    whole = merged(USERS, ChangedUser, user, patch, reach=None)
    _check_name(whole.name, whole.password)
    if whole.region != user["region"]:
        await check_reach(tx, whole.region)
    changed = {**user, **whole.model_dump(exclude={"password"})}
    return await _changed(tx, user, changed if password_hash is None else _with(tx, changed, password_hash))


async def change_password(tx: Transaction, known: State, new: str, password_hash: str) -> State:
    """Give a user another password, if theirs is still the one that was judged."""
    user = await _held(tx, known["id"])
    if user["password_hash"] != known["password_hash"]:
        raise invalid("/current", "user.wrong_password")
    _check_name(user["name"], new, pointer="/new")
    return await _changed(tx, user, _with(tx, user, password_hash))


async def remove(tx: Transaction, id: str, expected: Expectation | None) -> State:
    """Take a user out, and end their sessions."""
    user = await _held(tx, id)
    if expected:
        expected.check(user["version"])
    await end_all(tx, id)
    await USERS.delete(tx, user)
    return user


async def _held(tx: Transaction, id: str) -> State:
    # Signing in holds the row too, so no session begins beside a change that ends them all.
    user = await USERS.hold(tx, id)
    if user is None:
        raise NotFound("user.not_found", pointer="/path/id")
    return user


async def _changed(tx: Transaction, before: State, after: State) -> State:
    state = await USERS.update(tx, before, after)
    if state["version"] != before["version"]:
        await end_all(tx, before["id"])
    return state


def _with(tx: Transaction, user: State, password_hash: str) -> State:
    return {**user, "password_hash": password_hash, "password_changed_at": tx.act.at}


def _check_name(name: str, password: str, *, pointer: str = "/password") -> None:
    key = folded(name)
    if not key:
        raise invalid("/name", "user.name_unusable")
    if password and folded(password) == key:
        raise invalid(pointer, "password.is_name")
