"""The documentation page: Swagger UI from a package and our own page around it, so it works without internet.

Its policy lets it load and ask nothing but this server, and lets no other page frame it.
"""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import Field

from app.http.answers import Answer
from app.http.ask import Ask
from app.http.operation import Operations
from app.http.problems import NotFound

_OURS, _SWAGGER = files("app.http").joinpath("docs_page"), files("fastapi_offline").joinpath("static")
_PAGE = _OURS.joinpath("page.html")
_ASSETS = {
    "swagger-ui-bundle.js": (_SWAGGER, b"text/javascript; charset=utf-8"),
    "swagger-ui.css": (_SWAGGER, b"text/css; charset=utf-8"),
    "start.js": (_OURS, b"text/javascript; charset=utf-8"),
    "page.css": (_OURS, b"text/css; charset=utf-8"),
    "icon.svg": (_OURS, b"image/svg+xml"),
}
_POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

operations = Operations("Operation")

AssetName = Annotated[str, Field(max_length=40)]


@operations.get("/", permission=None, include_in_schema=False)
async def lead_to_docs(ask: Ask) -> Answer:
    """To the documentation."""
    return Answer(status=307, headers=[(b"location", b"/docs")])


@operations.get("/docs", permission=None, include_in_schema=False)
async def show_docs(ask: Ask) -> Answer:
    """The page that explores the OpenAPI document."""
    return Answer(body=_PAGE.read_bytes(), media=b"text/html; charset=utf-8", policy=_POLICY)


@operations.get("/docs/{asset}", permission=None, refuses=(404,), include_in_schema=False)
async def docs_asset(asset: AssetName, ask: Ask) -> Answer:
    """A script, style or picture of the page."""
    if asset not in _ASSETS:
        raise NotFound("route.not_found")
    body, tag = _read(asset)
    return Answer(body=body, media=_ASSETS[asset][1], etag=tag)


@cache
def _read(asset: str) -> tuple[bytes, str]:
    body = _ASSETS[asset][0].joinpath(asset).read_bytes()
    return body, hashlib.sha256(body).hexdigest()[:16]
