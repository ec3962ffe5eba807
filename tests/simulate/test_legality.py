"""The misbehaving integration against a served application: it finds a right server right, and a wrong one wrong."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, update

from app.cooperatives.legality.tables import legality_events
from app.database import Statement, Transaction, connect
from tests.conftest import act_of
from tests.operation.running import berdaya, served


def tamper(url: str, statement: Statement) -> None:
    """Run a statement that no server would, in a loop of its own."""

    async def work() -> None:
        database = connect(url)
        await database.open()

        async def unit(tx: Transaction) -> None:
            await tx.execute(statement, {})

        await database.write(act_of("tampering"), unit)
        await database.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work()).result()


@pytest.fixture
def register(database_url: str) -> str:
    """Kukar's register, with cooperatives that the seed told of."""
    berdaya("seed", url=database_url)
    return database_url


def simulated(url: str, address: str, *words: str) -> tuple[int, str]:
    """Exit status and report of a bounded run."""
    ran = berdaya("simulate", "legality", "--url", address, "--events", "120", *words, url=url)
    return ran.returncode, ran.stdout + ran.stderr


def token_of(url: str, role: str = "integrator") -> str:
    return berdaya("tokens", "create", "--role", role, "--name", "demo", url=url).stdout.strip()


def test_eight_senders_that_misbehave_leave_exactly_what_they_sent(register: str) -> None:
    token = token_of(register)
    secret = berdaya("webhooks", "secret", "--source", "demo", url=register).stdout.strip()
    with served(register, BERDAYA_LOG_REQUESTS="none") as (client, _):
        address = str(client.base_url)
        words = ("--token", token, "--webhook-secret", secret, "--senders", "8")

        first, report = simulated(register, address, *words)
        again, repeated = simulated(register, address, *words)
        other, _ = simulated(register, address, *words, "--seed", "2")
    rebuilt = berdaya("rebuild-legality", url=register)

    assert (first, again, other) == (0, 0, 0), report + repeated
    assert "The server shows exactly what was sent." in report
    assert "webhook: applied" in report
    assert "forged: 401" in report
    assert "applied" not in repeated
    assert ", 0 differed" in rebuilt.stdout


def test_a_server_that_lost_or_changed_an_event_is_found_out(register: str) -> None:
    token = token_of(register)
    with served(register, BERDAYA_LOG_REQUESTS="none") as (client, _):
        address = str(client.base_url)
        right, _ = simulated(register, address, "--token", token)
        changed = func.replace(legality_events.c.document, '"achieved"', '"expired"')
        tamper(
            register,
            Statement(
                update(legality_events)
                .where(legality_events.c.source == "demo")
                .values(document=changed, outcome="expired")
            ),
        )

        wrong, report = simulated(register, address, "--token", token)

    assert (right, wrong) == (0, 1)
    assert "is not what was sent" in report


def test_who_may_not_push_is_told_so_and_nothing_is_sent(register: str) -> None:
    token = token_of(register, "viewer")
    with served(register) as (client, _):
        status, report = simulated(register, str(client.base_url), "--token", token)

    assert status == 1
    assert "403 access.forbidden" in report


def test_a_server_without_cooperatives_has_nothing_to_tell_of(database_url: str) -> None:
    token = token_of(database_url)
    with served(database_url) as (client, _):
        status, report = simulated(database_url, str(client.base_url), "--token", token)

    assert status == 1
    assert "no cooperative" in report
