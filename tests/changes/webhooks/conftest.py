"""An application that sends nothing by itself, a receiver, and a dispatcher with a clock of its own."""

from collections.abc import AsyncIterator

import httpx
import pytest

from app.changes.webhooks.addresses import Rules
from app.changes.webhooks.dispatching import Dispatcher
from app.changes.webhooks.sending import Sender
from app.database import Database
from app.settings import Settings
from tests.changes.webhooks.receiving import Clock, Receiver, receiver

WITHIN = Rules(private=True)


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Notices may go to this machine, and only the test's dispatcher sends them."""
    return Settings(database_url=database_url, webhooks=False, webhooks_allow_private=True)


@pytest.fixture
async def there() -> AsyncIterator[Receiver]:
    """Somebody who is told."""
    async with receiver() as made:
        yield made


@pytest.fixture
def now() -> Clock:
    """The dispatcher's clock."""
    return Clock()


class Desk:
    """A dispatcher, and the office that subscribes."""

    def __init__(self, database: Database, office: httpx.AsyncClient, now: Clock) -> None:
        self.database = database
        self.office = office
        self.now = now
        self.dispatcher = self.another()

    def another(self, *, timeout: float = 5.0) -> Dispatcher:
        """A dispatcher as another process has it."""
        return Dispatcher(self.database, Sender(WITHIN, timeout=timeout), now=self.now)

    async def subscribed(self, url: str, **told: object) -> dict[str, str]:
        """A new subscription, with its secret."""
        answer = await self.office.post("/v1/webhook-subscriptions", json={"url": url, **told})
        assert answer.status_code == 201, answer.text
        made: dict[str, str] = answer.json()
        return made

    async def group(self, village: str = "64.02.04.2001") -> str:
        """A change: the id of a new group."""
        told = {"name": "Kelompok Contoh", "kind": "kelompok_usaha", "village_code": village}
        answer = await self.office.post("/v1/groups", json=told)
        return str(answer.json()["id"])

    async def turns(self, count: int = 3, *, hours: float = 0) -> None:
        """Let the dispatcher look that often, with time passing in between."""
        self.now.at = max(self.now.at, _present())
        for _ in range(count):
            await self.dispatcher.turn()
            await self.dispatcher.settled()
            self.now.move(hours=hours, seconds=1)

    async def deliveries(self, id: str, **query: str) -> list[dict[str, object]]:
        """The deliveries of a subscription, the newest first."""
        answer = await self.office.get(f"/v1/webhook-subscriptions/{id}/deliveries", params=query)
        items: list[dict[str, object]] = answer.json()["items"]
        return items


def _present() -> str:
    return Clock().at


@pytest.fixture
async def desk(database: Database, office: httpx.AsyncClient, now: Clock) -> Desk:
    """Where notices are sent from."""
    return Desk(database, office, now)
