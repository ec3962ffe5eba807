"""The documentation page: Swagger UI from a package on this machine, so it works without internet."""

from importlib.resources import files

from app.http.answers import Answer
from app.http.ask import Ask
from app.http.operation import Operations
from app.http.problems import NotFound

_ASSETS = {
    "swagger-ui-bundle.js": b"text/javascript; charset=utf-8",
    "swagger-ui.css": b"text/css; charset=utf-8",
    "favicon.png": b"image/png",
}
_POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    b"connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Berdaya API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" href="/docs/favicon.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""
_START = """window.ui = SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  persistAuthorization: true,
  displayRequestDuration: true,
  docExpansion: "none",
  tagsSorter: "alpha",
  presets: [SwaggerUIBundle.presets.apis],
});
"""

operations = Operations("Operation")


@operations.get("/", permission=None, include_in_schema=False)
async def lead_to_docs(ask: Ask) -> Answer:
    """To the documentation."""
    return Answer(status=307, headers=[(b"location", b"/docs")])


@operations.get("/docs", permission=None, include_in_schema=False)
async def show_docs(ask: Ask) -> Answer:
    """The page that explores the OpenAPI document."""
    headers = [(b"content-security-policy", _POLICY)]
    return Answer(body=_PAGE.encode(), media=b"text/html; charset=utf-8", headers=headers)


@operations.get("/docs/{asset}", permission=None, include_in_schema=False)
async def docs_asset(asset: str, ask: Ask) -> Answer:
    """A script, style or picture of the page."""
    if asset == "start.js":
        return Answer(body=_START.encode(), media=b"text/javascript; charset=utf-8")
    media = _ASSETS.get(asset)
    if media is None:
        raise NotFound("route.not_found")
    body = files("fastapi_offline").joinpath("static", asset).read_bytes()
    return Answer(body=body, media=media, cache=b"public, max-age=86400")
