"""The documented shapes of lists: one page model a resource, and the other formats beside it."""

from typing import Annotated, Any

from pydantic import BaseModel, Field, WithJsonSchema, create_model

from app.http.fields import Output
from app.http.negotiation import MEDIA


class _Page(Output):
    next_cursor: str | None = Field(description="give it as `cursor` for the next page; null at the end")
    total: Annotated[int | None, WithJsonSchema({"type": "integer", "minimum": 0})] = Field(
        default=None, description="how many there are in all, only with `count=exact`"
    )


def page_of(item: type[BaseModel]) -> type[BaseModel]:
    """The model of a page of these items."""
    items: Any = (list[item], Field(description="the page, in the order asked for"))  # type: ignore[valid-type]  # made here
    name = item.__name__.removesuffix("Out")
    return create_model(f"{name}Page", __base__=_Page, __doc__=f"A page of the list of {name}s.", items=items)


_CSV = {"type": "string", "description": "a header with the names of the fields, then a line a row"}
_WORKBOOK = {
    "schema": {
        "type": "string",
        "format": "binary",
        "description": "an Excel workbook: readable headers in the language of `Accept-Language`, codes as text, days "
        "and instants as dates (instants on the clock that their header names), and a sheet that says what was chosen",
    },
    "examples": {
        "workbook": {
            "summary": "Not text",
            "value": "a ZIP file that begins with PK; open it with a spreadsheet",
        }
    },
}
SHEETS: dict[str, Any] = {"text/csv": {"schema": _CSV}, MEDIA["xlsx"][0]: _WORKBOOK}
"""The content of what is answered as a sheet too, beside JSON."""
SVG_PICTURE: dict[str, Any] = {
    "image/svg+xml": {
        "schema": {
            "type": "string",
            "description": "a whole SVG document with title and description, A4, no script",
        },
        "examples": {
            "form": {
                "summary": "How it begins and ends",
                "value": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 707" role="img">…</svg>',
            }
        },
    }
}
"""The content of what is answered as a picture."""
_FEATURES = {
    "type": "object",
    "description": "a FeatureCollection (RFC 7946): the properties of a feature are those of the JSON form",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "id", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": "string"},
                    "geometry": {
                        "description": "a Point, null where no coordinates are known",
                        "type": ["object", "null"],
                        "required": ["type", "coordinates"],
                        "properties": {
                            "type": {"const": "Point"},
                            "coordinates": {"type": "array", "items": {"type": "number"}},
                        },
                    },
                    "properties": {"type": "object"},
                },
            },
        },
    },
}


def listing_of(item: type[BaseModel], *, geojson: bool = False) -> dict[int | str, dict[str, Any]]:
    """The 200 of a list: a JSON page, or the whole filtered set in another format."""
    content = dict(SHEETS)
    if geojson:
        content["application/geo+json"] = {"schema": _FEATURES}
    others = "`format=csv`, `xlsx` or `geojson`" if geojson else "`format=csv` or `xlsx`"
    return {
        200: {
            "model": page_of(item),
            "description": f"A page as JSON; with {others} the whole filtered set",
            "content": content,
        },
    }
