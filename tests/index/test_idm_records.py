"""What is kept of a village's year: a digit a score, results beside them, and a trail of every change."""

import httpx
import orjson
from sqlalchemy import bindparam, select

from app.database import Database, Statement
from app.database.ledgers import audit, changes
from app.index.tables import idm_records
from tests.index.told import PERIAN, at, only_published, record, rows

_columns = (
    "digits",
    "points",
    "idm",
    "status",
    "published_iks",
    "published_idm",
    "published_status",
    "consistent",
)
_kept = Statement(select(*(idm_records.c[name] for name in _columns)).order_by(idm_records.c.year))
_changes = Statement(
    select(changes.c.type, changes.c.operation, changes.c.version, changes.c.data)
    .where(changes.c.village_code == bindparam("code"), changes.c.version + 0 >= bindparam("least"))
    .order_by(changes.c.position)
)
_deeds = Statement(
    select(audit.c.action, audit.c.actor_name, audit.c.before, audit.c.after)
    .where(audit.c.type == "idm_record")
    .order_by(audit.c.position)
)


async def test_scores_are_a_digit_each_with_their_results_beside_them(
    office: httpx.AsyncClient, database: Database
) -> None:
    await office.put(at(PERIAN, 2021), json={**rows("Jongkang"), "source": "our own count"})
    await office.put(at(PERIAN, 2022), json=only_published(0.5, "tertinggal"))
    await office.put(at(PERIAN, 2023), json=record("Jongkang"))
    await office.put(at(PERIAN, 2024), json=record("Perian"))

    kept = [tuple(row) for row in await database.fetch(_kept, {})]

    jongkang = "50525555555115555445555555355555555" + "551533335155" + "550"
    perian = "50545555555555555235555555353555555" + "555555555355" + "454"
    assert kept == [
        (jongkang, 4800, 4800 / 6300, "maju", None, None, None, None),
        (None, None, None, None, None, 0.5, "tertinggal", None),
        (jongkang, 4800, 4800 / 6300, "maju", 0.8857, 0.773, "maju", 0),
        (perian, 5770, 5770 / 6300, "mandiri", 0.9143, 0.9159, "mandiri", 1),
    ]


async def test_every_version_is_a_change_and_so_is_what_the_village_shows(
    office: httpx.AsyncClient, database: Database
) -> None:
    await office.put(at(PERIAN, 2024), json=only_published(0.9, "mandiri"))
    await office.put(at(PERIAN, 2024), json=record("Perian"))
    await office.delete(at(PERIAN, 2024))

    told = [tuple(row) for row in await database.fetch(_changes, {"code": PERIAN, "least": 1})]

    assert [change[:3] for change in told] == [
        ("village", "created", 1),
        ("idm_record", "created", 1),
        ("village", "updated", 2),
        ("idm_record", "updated", 2),
        ("village", "updated", 3),
        ("idm_record", "deleted", 3),
        ("village", "updated", 4),
    ]
    assert orjson.loads(told[3][3])["scores"] == rows("Perian")
    assert "indicators" not in orjson.loads(told[3][3])


async def test_every_change_leaves_an_audit_row_with_what_differed(
    office: httpx.AsyncClient, database: Database
) -> None:
    await office.put(at(PERIAN, 2024), json=record("Perian"))
    await office.put(at(PERIAN, 2024), json={**record("Perian"), "source": "corrected"})

    first, second = await database.fetch(_deeds, {})

    assert (second[0], second[1]) == ("put_idm_year", "office")
    assert first[2] is None
    assert orjson.loads(second[2]) == {"source": record("Perian")["source"]}
    assert orjson.loads(second[3]) == {"source": "corrected"}
