"""The documentation page is complete on this server: nothing on it leads to another."""

import re

import httpx
import pytest

PARTS = ("swagger-ui-bundle.js", "swagger-ui.css", "page.css", "start.js", "icon.svg")


async def test_the_front_door_leads_to_the_page(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/")

    assert answer.status_code == 307
    assert answer.headers["location"] == "/docs"


async def test_the_page_asks_this_server_for_all_its_parts(visitor: httpx.AsyncClient) -> None:
    page = await visitor.get("/docs")
    references = re.findall(r'(?:src|href)="([^"]+)"', page.text)

    parts = {reference: await visitor.get(reference) for reference in references}

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert {reference.removeprefix("/docs/") for reference in references} == {*PARTS, "/openapi.json"}
    assert {reference for reference, part in parts.items() if part.status_code != 200} == set()


async def test_the_policy_allows_no_other_server_and_no_script_in_the_page(
    visitor: httpx.AsyncClient,
) -> None:
    page = await visitor.get("/docs")
    policy = page.headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert re.search(r"<script(?! src=)|\son\w+=|\sstyle=|<style", page.text) is None


@pytest.mark.parametrize("part", PARTS)
async def test_a_part_that_is_still_the_same_is_not_sent_again(visitor: httpx.AsyncClient, part: str) -> None:
    first = await visitor.get(f"/docs/{part}")

    second = await visitor.get(f"/docs/{part}", headers={"if-none-match": first.headers["etag"]})

    assert first.status_code == 200
    assert second.status_code == 304
    assert second.content == b""


@pytest.mark.parametrize("part", ["redoc.standalone.js", "page.html", "..%2F..%2Foperation.py", "nothing.js"])
async def test_there_are_no_other_parts(visitor: httpx.AsyncClient, part: str) -> None:
    answer = await visitor.get(f"/docs/{part}")

    assert answer.status_code == 404


async def test_the_document_is_open_and_is_not_sent_twice(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/openapi.json")

    again = await visitor.get("/openapi.json", headers={"if-none-match": answer.headers["etag"]})

    assert answer.status_code == 200
    assert answer.json()["info"]["title"] == "Berdaya"
    assert again.status_code == 304
