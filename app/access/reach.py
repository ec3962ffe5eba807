"""A reach must exist, or a typing error would lock somebody out of everything; it follows a village that is recoded."""

from sqlalchemy import bindparam, column, select, table, union_all, update

from app.access.tables import TOKENS, USERS, webhook_secrets
from app.database import Statement, Transaction
from app.database.words import Code
from app.http.problems import invalid

# Regions and villages are rooms that come after this one, so their tables are only called by name.
_PLACES = (table("regions", column("code", Code)), table("villages", column("code", Code)))
_existing = Statement(
    union_all(*(select(one.c.code).where(one.c.code == bindparam("code", type_=Code)) for one in _PLACES))
)
_REACHING = tuple(
    (
        register,
        Statement(
            select(*register.published).where(register.table.c.region == bindparam("region", type_=Code))
        ),
    )
    for register in (USERS, TOKENS)
)
_signing = Statement(
    update(webhook_secrets)
    .where(webhook_secrets.c.region == bindparam("before", type_=Code))
    .values(region=bindparam("after", type_=Code))
)


async def check_reach(tx: Transaction, region: str | None) -> None:
    """Raise `Invalid` `access.region_unknown` unless the region is None, which is everywhere, or exists."""
    if region is not None and await tx.row(_existing, {"code": region}) is None:
        raise invalid("/region", "access.region_unknown")


async def follow(tx: Transaction, *, before: str, after: str) -> None:
    """Let whoever reaches just one village reach it under its new code."""
    for register, reaching in _REACHING:
        for row in await tx.fetch(reaching, {"region": before}):
            state = register.state(row)
            await register.update(tx, state, {**state, "region": after})
    await tx.execute(_signing, {"before": before, "after": after})
