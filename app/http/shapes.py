"""The documented shapes of lists: one page model a resource, and the other formats beside it."""

from typing import Annotated, Any

from pydantic import BaseModel, Field, WithJsonSchema, create_model

from app.http.fields import Output


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
CSV_SHEET: dict[str, Any] = {"text/csv": {"schema": _CSV}}
"""The content of what is answered as a sheet too."""
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
    content = dict(CSV_SHEET)
    if geojson:
        content["application/geo+json"] = {"schema": _FEATURES}
    others = "`format=csv`, or `format=geojson`," if geojson else "`format=csv`"
    return {
        200: {
            "model": page_of(item),
            "description": f"A page as JSON; with {others} the whole filtered set",
            "content": content,
        },
    }
