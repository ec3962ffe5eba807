"""A cursor of the feed is good for ever in its epoch, and nothing else is taken for one."""

import base64

import httpx
import orjson
import pytest

from app.changes.epoch import raise_epoch
from app.database import Database, Statement
from app.database.ledgers import changes
from app.http import cursors
from tests.changes.reading import code_of, copied, feed, page_of, snapshot
from tests.conftest import act_of

SEPATIN = "/v1/villages/64.02.04.2001"
ADDRESSES = {"after": "/v1/changes", "cursor": "/v1/changes/snapshot"}

_far_ahead = Statement(changes.update().values(transaction_id=2**40))
_cut_off = Statement(changes.delete().where(changes.c.position > 250))


def told(cursor: str) -> list[object]:
    """What a cursor carries."""
    parts: list[object] = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return parts


@pytest.mark.parametrize("name", ADDRESSES)
async def test_what_is_no_cursor_of_the_feed_is_refused(name: str, visitor: httpx.AsyncClient) -> None:
    first = await page_of(visitor, ADDRESSES[name], limit="1")
    own = told(first["next_cursor"])
    of_a_list = (await page_of(visitor, "/v1/villages", limit="1"))["next_cursor"]
    of_the_other = (await page_of(visitor, ADDRESSES["cursor" if name == "after" else "after"], limit="1"))[
        "next_cursor"
    ]
    forged = [
        cursors.pack(*own, 1),
        cursors.pack(*own[:-1]),
        cursors.pack(own[0], 7, *own[2:]),
        *(cursors.pack(*own[:-2], wrong, own[-1]) for wrong in (-1, 2**63, 1.5, None, True, [1])),
        *(cursors.pack(*own[:-1], wrong) for wrong in (-1, 2**63, None, [1], "\x00")),
        cursors.pack("feed"),
        base64.urlsafe_b64encode(b'{"feed":1}').decode(),
        "e",
        "####",
        "bnVsbA",
    ]

    answers = [
        await visitor.get(ADDRESSES[name], params={name: one}) for one in (of_a_list, of_the_other, *forged)
    ]

    assert {code_of(one) for one in answers} == {(422, "cursor.unknown", f"/query/{name}")}


async def test_the_parameters_are_held_to_what_they_are(visitor: httpx.AsyncClient) -> None:
    wrong = {
        "types=village,blue": "value.choice",
        "types=": "value.choice",
        "types=village,": "value.choice",
        "limit=0": "value.too_small",
        "limit=501": "value.too_large",
        "region=6403010001": "code.bps",
        "colour=blue": "field.unknown",
        "after=" + "a" * 1001: "text.too_long",
    }

    answers = {query: await visitor.get(f"/v1/changes?{query}") for query in wrong}

    assert {query: (one.status_code, code_of(one)[1]) for query, one in answers.items()} == {
        query: (422, code) for query, code in wrong.items()
    }


async def test_a_cursor_of_a_copy_belongs_to_what_was_asked(visitor: httpx.AsyncClient) -> None:
    first = await page_of(visitor, "/v1/changes/snapshot", limit="1", region="64.02.04", types="village")
    cursor = first["next_cursor"]

    others = [
        {"region": "64.02.05", "types": "village"},
        {"region": "64.02.04", "types": "village,ukm"},
        {"types": "village"},
    ]
    answers = [
        await visitor.get("/v1/changes/snapshot", params={"cursor": cursor, **other}) for other in others
    ]

    assert {code_of(one) for one in answers} == {(422, "cursor.unknown", "/query/cursor")}


async def test_after_a_restore_every_copy_starts_again(
    database: Database, visitor: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    await office.patch(SEPATIN, json={"households": 412})
    before, end = await feed(visitor)
    copying = (await page_of(visitor, "/v1/changes/snapshot", limit="1"))["next_cursor"]

    await database.write(act_of("restore"), raise_epoch)
    answers = [
        await visitor.get("/v1/changes", params={"after": end}),
        await visitor.get("/v1/changes/snapshot", params={"cursor": copying}),
    ]
    again, _ = await feed(visitor)
    begun, after = await snapshot(visitor)
    await office.patch(SEPATIN, json={"households": 413})
    since, _ = await feed(visitor, after)

    assert [code_of(one) for one in answers] == [
        (410, "feed.restarted", "/query/after"),
        (410, "feed.restarted", "/query/cursor"),
    ]
    assert "/v1/changes/snapshot" in answers[0].json()["detail"]
    assert again == before
    assert copied((), begun) == copied(before)
    assert [(one["type"], one["version"]) for one in since] == [("village", 3)]


@pytest.mark.engine("postgresql")
async def test_what_a_cluster_restored_that_counted_further_is_shown_once_the_epoch_is_raised(
    database: Database, visitor: httpx.AsyncClient
) -> None:
    whole, _ = await feed(visitor)

    async def restore(tx: object) -> None:
        await tx.execute(_far_ahead, {})  # type: ignore[attr-defined]  # a Transaction

    await database.write(act_of("restore"), restore)
    hidden, _ = await feed(visitor)
    await database.write(act_of("restore"), raise_epoch)
    shown, _ = await feed(visitor)

    assert hidden == []
    assert shown == whole


async def test_a_restore_that_forgot_the_epoch_is_told_to_whoever_was_ahead_of_it(
    database: Database, visitor: httpx.AsyncClient
) -> None:
    _, end = await feed(visitor)

    async def restore(tx: object) -> None:
        await tx.execute(_cut_off, {})  # type: ignore[attr-defined]  # a Transaction

    await database.write(act_of("restore"), restore)
    answer = await visitor.get("/v1/changes", params={"after": end})

    assert code_of(answer) == (410, "feed.restarted", "/query/after")


async def test_no_two_epochs_are_the_same(database: Database) -> None:
    epochs = [await database.write(act_of("restore"), raise_epoch) for _ in range(3)]

    assert len(set(epochs)) == 3
