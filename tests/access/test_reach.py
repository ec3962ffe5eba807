"""A reach is of a place that there is, and goes along when its village gets another code: at the tables themselves."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, MetaData, Table, Text, bindparam, insert, select

from app.access.reach import check_reach, follow
from app.access.tables import TOKENS, USERS, tokens, users, webhook_secrets
from app.access.webhooks import keep
from app.database import Statement, Transaction
from app.database.ledgers import audit, changes
from app.http.problems import Invalid
from tests.bare import Bare

PLACES = tuple(Table(name, MetaData(), Column("code", Text)) for name in ("regions", "villages"))
REGION, VILLAGE, OTHER, NEW = "64.02.04", "64.02.04.2001", "64.02.04.2006", "64.02.05.2901"
USER = {"role": "operator", "password_changed_at": "2025-06-30T08:00:00.000000Z", "password_hash": "none"}
TOKEN = {"kind": "token", "role": "operator", "source": "contoh", "user_id": None, "expires_at": None}
_places = tuple(Statement(insert(one).values(code=bindparam("code"))) for one in PLACES)
_users = Statement(select(users.c.id, users.c.region, users.c.version).order_by(users.c.id))
_tokens = Statement(select(tokens.c.id, tokens.c.region, tokens.c.version).order_by(tokens.c.id))
_secrets = Statement(select(webhook_secrets.c.source, webhook_secrets.c.region).order_by("source"))


@pytest.fixture
def bare(tmp_path: Path) -> Bare:
    """A district, its village, and who reaches which of them."""
    bare = Bare(tmp_path, *PLACES, users, tokens, webhook_secrets, changes, audit)
    bare.unit(_let_in)
    return bare


async def _let_in(tx: Transaction) -> None:
    for place, code in zip(_places, (REGION, VILLAGE), strict=True):
        await tx.execute(place, {"code": code})
    for id, region in {"a": VILLAGE, "b": OTHER, "c": REGION, "d": VILLAGE, "e": None}.items():
        await USERS.create(tx, {"id": id, "name": id, "region": region, **USER})
        told = {"id": id, "name": id, "region": region, "hash": id, "last_used_at": None, **TOKEN}
        await TOKENS.create(tx, told)
        await keep(tx, b"k", source=id, region=region or "", overlap_hours=0)


def rows(bare: Bare, statement: Statement) -> list[tuple[Any, ...]]:
    """What a statement finds."""

    async def unit(tx: Transaction) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in await tx.fetch(statement, {})]

    return bare.unit(unit)


@pytest.mark.parametrize("region", [None, REGION, VILLAGE])
def test_a_reach_is_everywhere_or_a_place_that_there_is(bare: Bare, region: str | None) -> None:
    bare.unit(lambda tx: check_reach(tx, region))


@pytest.mark.parametrize("region", ["", "64.02.0", "64.02.04.2006", "99"])
def test_a_reach_of_no_place_is_refused(bare: Bare, region: str) -> None:
    with pytest.raises(Invalid) as refused:
        bare.unit(lambda tx: check_reach(tx, region))

    assert [(one.pointer, one.code) for one in refused.value.faults] == [("/region", "access.region_unknown")]


def test_whoever_reaches_a_village_alone_goes_along_and_nobody_else(bare: Bare) -> None:
    bare.unit(lambda tx: follow(tx, before=VILLAGE, after=NEW))

    followed = [("a", NEW, 2), ("b", OTHER, 1), ("c", REGION, 1), ("d", NEW, 2), ("e", "", 1)]
    assert rows(bare, _users) == followed
    assert rows(bare, _tokens) == followed
    assert rows(bare, _secrets) == [(id, region) for id, region, _ in followed]
