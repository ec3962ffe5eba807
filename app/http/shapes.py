"""The documented shapes of lists: one page model a resource, and the other formats beside it."""

from typing import Any

from pydantic import BaseModel, Field, create_model

from app.http.fields import Output


class _Page(Output):
    next_cursor: str | None = Field(description="give it as `cursor` for the next page; null at the end")
    total: int | None = Field(default=None, description="only with `count=exact`")


def page_of(item: type[BaseModel]) -> type[BaseModel]:
    """The model of a page of these items."""
    items: Any = (list[item], Field(description="the page, in the order asked for"))  # type: ignore[valid-type]  # made here
    name = item.__name__.removesuffix("Out")
    return create_model(f"{name}Page", __base__=_Page, __doc__=f"A page of the list of {name}s.", items=items)


def listing_of(item: type[BaseModel], *, geojson: bool = False) -> dict[int | str, dict[str, Any]]:
    """The 200 of a list: a JSON page, or the whole filtered set in another format."""
    content: dict[str, Any] = {"text/csv": {"schema": {"type": "string"}}}
    if geojson:
        content["application/geo+json"] = {"schema": {"type": "object", "description": "a FeatureCollection"}}
    return {
        200: {
            "model": page_of(item),
            "description": "A page as JSON; with `format=csv` the whole filtered set",
            "content": content,
            "headers": {"Link": {"description": "the next page", "schema": {"type": "string"}}},
        },
    }
