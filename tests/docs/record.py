"""`python -m tests.docs.record` asks the whole session again and writes the examples of the document."""

import asyncio
import tempfile
from pathlib import Path

import httpx
import orjson

from app.access import webhooks
from app.access.tokens import keep, new_token
from app.database import Transaction
from app.database.migrate import migrate
from app.http.openapi import recorded
from app.main import create_app
from app.seed import kukar_data
from app.settings import Settings
from tests.conftest import act_of
from tests.docs.recording import KEY, Recorder, Recording
from tests.docs.session import SESSION


async def recording_on(url: str) -> Recording:
    """What the session gives on a migrated and empty database."""
    application = create_app(Settings(database_url=url, log_requests="none"))
    token = new_token()

    async def admit(tx: Transaction) -> None:
        await keep(tx, token, role="admin", name="office", region="", source="office")
        await webhooks.keep(tx, KEY, source="contoh", region="", overlap_hours=0)

    async with application.router.lifespan_context(application):
        database = application.place.database
        await kukar_data.load_all(database, act_of("seed"))
        await database.write(act_of("token"), admit)
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(application),
            base_url="http://berdaya.test",
            headers={"authorization": f"Bearer {token}"},
        ) as client:
            return await Recorder(application, client).run(SESSION)


def main() -> None:
    """Write the file."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/session.db"
        migrate(url)
        recording = asyncio.run(recording_on(url))
    told = orjson.dumps(recording, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    Path(str(recorded.FILE)).write_bytes(told)


if __name__ == "__main__":
    main()
