"""The documentation page in a real browser that can reach nothing but this server: read, authorize, try out."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import uvicorn
from playwright.async_api import Locator, Page, Request, async_playwright

from app.main import Berdaya
from tests.access.people import PASSWORD, admitted
from tests.conftest import Callers
from tests.installed import chromium

# The page is the same on both engines.
pytestmark = [pytest.mark.browser, pytest.mark.engine("sqlite")]

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
SEPATIN = "64.02.04.2001"


@dataclass
class Visit:
    """The page open in a browser, and all that went wrong or out on it."""

    page: Page
    home: str
    strays: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note every request to another server, and every complaint of the browser."""
        self.page.on("request", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console", lambda told: self.complaints.append(told.text) if told.type == "error" else None
        )

    def _note(self, request: Request) -> None:
        if not request.url.startswith((f"{self.home}/", "data:")):
            self.strays.append(request.url)

    async def opened(self, name: str) -> Locator:
        """The operation with this id, opened and ready to be tried."""
        block = self.page.locator(f"[id$=-{name}]")
        await block.locator(".opblock-summary-control").click()
        await block.locator(".try-out__btn").click()
        return block

    async def executed(self, block: Locator) -> tuple[str, dict[str, Any]]:
        """The status and the body that the page shows after Execute."""
        await block.locator(".execute").click()
        answer = block.locator(".live-responses-table .response")
        status = await answer.locator(".response-col_status").inner_text()
        body = await answer.locator(".response-col_description .microlight").first.inner_text()
        return status.split()[0], httpx.Response(200, text=body).json()


@pytest.fixture
async def home(application: Berdaya) -> AsyncIterator[str]:
    """Where the application is really served."""
    door = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application, lifespan="off", log_config=None, access_log=False))
    serving = asyncio.create_task(server.serve(sockets=[door]))
    yield f"http://127.0.0.1:{door.getsockname()[1]}"
    server.should_exit = True
    await serving


@pytest.fixture
async def visit(home: str) -> AsyncIterator[Visit]:
    """The page, loaded."""
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=chromium(), args=FLAGS)
        visit = Visit(await browser.new_page(), home)
        visit.watch()
        await visit.page.goto(home)
        await visit.page.locator(".opblock").first.wait_for()
        yield visit
        await browser.close()


@pytest.fixture
async def token(callers: Callers) -> str:
    """A token of the office."""
    client = await callers.holding("officer", name="office")
    return client.headers["authorization"].removeprefix("Bearer ")


async def test_the_page_shows_every_operation_under_its_tag_and_asks_nobody_else(
    visit: Visit, application: Berdaya
) -> None:
    document = application.openapi()
    told = [one for verbs in document["paths"].values() for one in verbs.values()]

    tags = await visit.page.locator(".opblock-tag").evaluate_all("all => all.map(one => one.dataset.tag)")
    shown = {
        tag: await visit.page.locator(f".opblock-tag-section:has([data-tag='{tag}']) .opblock").count()
        for tag in tags
    }

    assert await visit.page.title() == "Berdaya API"
    assert visit.page.url == f"{visit.home}/docs"
    assert tags == [tag["name"] for tag in document["tags"]]
    assert shown == {tag: sum(tag in one["tags"] for one in told) for tag in tags}
    assert visit.strays == []
    assert visit.complaints == []


async def test_a_village_is_changed_from_the_page_with_a_token(visit: Visit, token: str) -> None:
    await visit.page.locator(".btn.authorize").first.click()
    by_token = visit.page.locator(".modal-ux .auth-container", has_text="bearer")
    await by_token.locator("input").fill(token)
    await by_token.locator("button.authorize").click()
    await visit.page.locator(".modal-ux .btn-done").first.click()
    change = await visit.opened("amend_village")
    filled_in = await change.locator("textarea").input_value()
    await change.locator("textarea").fill('{"households": 412}')

    status, village = await visit.executed(change)
    sent_as = await change.locator(".curl-command").inner_text()

    assert "latitude" in filled_in
    assert status == "200"
    assert (village["code"], village["households"]) == (SEPATIN, 412)
    assert "Content-Type: application/merge-patch+json" in sent_as
    assert visit.strays == []
    assert visit.complaints == []


async def test_a_village_is_changed_from_the_page_by_a_user_who_signs_in(
    visit: Visit, callers: Callers
) -> None:
    await admitted(await callers.holding("admin", name="office"))
    await visit.page.locator(".btn.authorize").first.click()
    by_name = visit.page.locator(".modal-ux .auth-container", has_text="OAuth2")
    await by_name.locator("#oauth_username").fill("contoh.anggana")
    await by_name.locator("#oauth_password").fill(PASSWORD)
    await by_name.locator("button.authorize").click()
    await by_name.get_by_text("Logout").wait_for()
    await visit.page.locator(".modal-ux .btn-done").first.click()
    change = await visit.opened("amend_village")
    await change.locator("textarea").fill('{"households": 413}')

    status, village = await visit.executed(change)

    assert (status, village["households"]) == ("200", 413)
    assert visit.strays == []
    assert visit.complaints == []


async def test_a_change_without_a_token_shows_what_is_missing(visit: Visit) -> None:
    change = await visit.opened("amend_village")

    status, problem = await visit.executed(change)

    assert status == "401"
    assert problem["code"] == "access.unauthenticated"
    assert visit.strays == []
    assert [text for text in visit.complaints if "status of 401" not in text] == []


async def test_villages_are_found_from_the_page_without_a_token(visit: Visit) -> None:
    search = await visit.opened("list_villages")
    await search.locator("tr[data-param-name=region] input").fill("64.02.04")
    await search.locator("tr[data-param-name=count] select").select_option("exact")

    status, page = await visit.executed(search)

    assert status == "200"
    assert page["total"] == 8
    assert {village["district_name"] for village in page["items"]} == {"Anggana"}
    assert visit.strays == []
    assert visit.complaints == []
