"""A report that was proved beside a replica is proved of what that one shows, and never of more."""

from typing import Any

import httpx
import pytest

from app.database.replica import Replicated
from tests.replicas.conftest import HEADER, SEPATIN, comes_true, paused

pytestmark = [pytest.mark.engine("postgresql"), pytest.mark.standby]

MAP = "/v1/reports/idm-status.svg?region=64.02.04"


async def test_whoever_must_see_a_write_is_told_that_a_report_changed_though_the_replica_does_not_know(
    replicated: Replicated, there: Any, visitor: httpx.AsyncClient, office: httpx.AsyncClient
) -> None:
    first = await visitor.get(MAP)
    known = {"if-none-match": first.headers["etag"]}
    await paused(there)

    written = await office.patch(SEPATIN, json={"latitude": -0.61, "longitude": 117.51})
    after = {HEADER: written.headers[HEADER], **known}
    theirs, other = await office.get(MAP, headers=known), await visitor.get(MAP, headers=after)
    behind = await visitor.get(MAP, headers=known)
    await there.execute("SELECT pg_wal_replay_resume()")

    assert written.status_code == 200
    assert theirs.status_code == other.status_code == 200
    assert theirs.content == other.content != first.content
    assert behind.status_code == 304 or behind.content == theirs.content

    async def known_there() -> bool:
        answer = await visitor.get(MAP, headers=known)
        return answer.status_code == 200 and answer.content == theirs.content

    await comes_true(known_there)
