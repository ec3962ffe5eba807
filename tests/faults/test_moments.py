"""A connection that breaks in the middle of a request costs at most that request: what is sent again is done once."""

import json
import random
from collections.abc import Iterator

import httpx
import pytest

from tests.faults.faults import kill_backends
from tests.faults.proxy import Proxy
from tests.faults.stand import Stand, until
from tests.faults.test_lasting import CURED_SECONDS, SLACK
from tests.operation.tallies import lost, unmatched, unsound

GROUP = {"name": "Kelompok Contoh", "kind": "kelompok_usaha", "village_code": "64.02.04.2001"}
JSON = {"content-type": "application/json"}
luck = random.Random(8)  # noqa: S311  # a play that can be repeated


def whole(stand: Stand) -> None:
    """Nothing is lost, nothing is there by half."""
    assert lost(stand.url, stand.crew.journal) == []
    assert unmatched(stand.url) == {}


@pytest.mark.engine("postgresql")
def test_connections_that_the_database_ends_are_replaced(stand: Stand) -> None:
    with stand.at_work() as shift:
        for _ in range(5):
            shift.more(10)
            kill_backends(stand)
        seconds = until(lambda: stand.wave().well)
        broken_off = shift.broken_off

    assert broken_off == 0
    assert seconds < CURED_SECONDS * SLACK
    whole(stand)


def database_cut(stand: Stand, *, times: int, deeds: int) -> float:
    """Cut every connection to the database after so many bytes, again and again; the seconds to serve again."""
    assert stand.proxy is not None
    with stand.at_work() as shift:
        for _ in range(times):
            shift.more(deeds)
            stand.proxy.cut(after=luck.randint(0, 20_000))
            stand.wave()
            stand.proxy.cut(after=None)
        seconds = until(lambda: stand.wave().well)
        broken_off = shift.broken_off

    assert broken_off == 0
    whole(stand)
    return seconds


@pytest.mark.engine("postgresql")
def test_a_connection_to_the_database_that_is_cut_anywhere_leaves_nothing_by_half(stand: Stand) -> None:
    assert database_cut(stand, times=6, deeds=10) < CURED_SECONDS * SLACK


@pytest.fixture
def way(stand: Stand) -> Iterator[Proxy]:
    """What stands between the clients and the server."""
    proxy = Proxy("127.0.0.1", stand.port)
    yield proxy
    proxy.close()


def clients_cut(stand: Stand, way: Proxy, *, times: int, deeds: int) -> None:
    """Cut every client after so many bytes, again and again; each then sends again what had no answer."""
    for _ in range(times):
        with stand.at_work(way.port) as shift:
            shift.more(deeds)
            way.cut(after=luck.randint(0, 2_000))
            until(lambda shift=shift: shift.broken_off == len(shift.working))  # type: ignore[misc]  # mypy cannot infer a default
        way.cut(after=None)
    with stand.client() as client:
        stand.crew.finish(client)
    # What nobody waits for any more may still be under way for an instant.
    until(lambda: unmatched(stand.url) == {}, patience=10)
    whole(stand)


def test_a_client_that_is_cut_off_anywhere_finds_its_deed_done_once(stand: Stand, way: Proxy) -> None:
    clients_cut(stand, way, times=3, deeds=20)

    with stand.client() as client:
        assert client.get("/health/ready").status_code == 200


def test_whoever_leaves_in_the_middle_of_a_body_has_done_nothing(stand: Stand, way: Proxy) -> None:
    with stand.client() as office, stand.client(way.port) as client:
        before = office.get("/v1/groups?count=exact&limit=1").json()["total"]
        way.cut(after=700)
        with pytest.raises(httpx.TransportError):
            client.post("/v1/groups", content=json.dumps(GROUP) + " " * 2_000, headers=JSON)
        after = office.get("/v1/groups?count=exact&limit=1").json()["total"]

    assert after == before


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_connections_that_are_cut_two_hundred_times_leave_nothing_by_half(
    stand: Stand, engine: str, way: Proxy
) -> None:
    clients_cut(stand, way, times=200, deeds=20)
    seconds = database_cut(stand, times=200, deeds=20) if engine == "postgresql" else 0.0

    assert unsound(stand.url) == []
    print(  # noqa: T201  # the figures
        f"cut, {engine}: clients 200 times{', the database 200 times' if seconds else ''}, "
        f"{stand.crew.journal.acknowledged} acknowledged: 0 lost, 0 half written, "
        f"{stand.crew.journal.found_done} found done and done once; serves {seconds:.2f} s after the last"
    )
