"""The application under the model: begun and ended on one database, and called from code that does not wait.

Hypothesis calls the rules of a machine one after another, outside any loop, so this has a loop of its own.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import httpx

from app.access.audit.sealing import seal_all
from app.access.audit.verifying import Verdict, verify
from app.access.tokens import keep, new_token
from app.database import Transaction
from app.main import Berdaya, create_app
from app.settings import Settings
from tests.answers import checked
from tests.conftest import act_of

Result = TypeVar("Result")


class Running:
    """The application on a database, and the office as its only caller."""

    client: httpx.AsyncClient
    _application: Berdaya

    def __init__(self, database_url: str) -> None:
        self._runner = asyncio.Runner()
        self._settings = Settings(
            database_url=database_url, webhooks=False, deadline_seconds=600, log_requests="none"
        )
        self._token = new_token()
        self.do(self._open)
        self.do(lambda: self._application.place.database.write(act_of("token"), self._let_in))

    def ask(
        self,
        method: str,
        address: str,
        status: int,
        body: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:
        """What is answered, which must be of this status."""
        answer = self.do(lambda: self.client.request(method, address, json=body, headers=headers))
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def do(self, work: Callable[[], Awaitable[Result]]) -> Result:
        """Wait for something."""

        async def awaited() -> Result:
            return await work()

        return self._runner.run(awaited())

    def restart(self) -> None:
        """End, and begin anew on the same database."""
        self.do(self._close)
        self.do(self._open)

    def sealed(self) -> Verdict:
        """What the chain of the audit says once all of it is sealed."""

        async def verdict() -> Verdict:
            database = self._application.place.database
            await seal_all(database)
            return await verify(database)

        return self.do(verdict)

    def end(self) -> None:
        """End for good."""
        try:
            self.do(self._close)
        finally:
            self._runner.close()

    async def _open(self) -> None:
        self._application = create_app(self._settings)
        self._lifespan = self._application.router.lifespan_context(self._application)
        await self._lifespan.__aenter__()
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self._application),
            base_url="http://berdaya.test",
            headers={"authorization": f"Bearer {self._token}"},
            event_hooks={"response": [checked(self._application)]},
        )

    async def _let_in(self, tx: Transaction) -> None:
        await keep(tx, self._token, role="admin", name="office", region="", source="office")

    async def _close(self) -> None:
        await self.client.aclose()
        await self._lifespan.__aexit__(None, None, None)
