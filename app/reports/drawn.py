"""What a picture understands, and how it goes out: SVG in the caller's language, tagged by its bytes."""

import asyncio
from collections.abc import Callable

from pydantic import Field

from app.http.answers import SVG, Answer, tagged
from app.http.ask import Ask
from app.http.fields import Input
from app.http.negotiation import chosen
from app.regions.codes import Region
from app.reports.asking import LENGTH, names_of
from app.reports.pictures.words import Tongue
from app.villages.tables import VILLAGES


class PictureQuery(Input):
    """What every picture understands."""

    region: Region | None = Field(default=None, description="this region and all below it")


def tongue_of(ask: Ask) -> Tongue:
    """The caller's language; raises `NotAcceptable` where the caller takes no SVG."""
    chosen(None, ask.raw.get(b"accept"), ("svg",))
    return Tongue(ask.language)


async def drawn(tongue: Tongue, draw: Callable[[], str]) -> Answer:
    """The picture that `draw` gives, drawn in a thread, as one of a nation takes its time."""
    text = await asyncio.to_thread(draw)
    return tagged(
        Answer(
            body=text.encode(),
            media=SVG,
            vary=b"Accept, Accept-Encoding, Accept-Language",
            headers=[(b"content-language", tongue.language.encode())],
        )
    )


async def region_named(ask: Ask, region: str | None, tongue: Tongue) -> str:
    """The region by name and code, as a picture's subtitle has it."""
    if region is None:
        return tongue.say("everywhere")
    kind, name = await _name_of(ask, region)
    return tongue.say("nowhere", code=region) if name is None else tongue.say(kind, name=name, code=region)


async def _name_of(ask: Ask, region: str) -> tuple[str, str | None]:
    if len(region) > LENGTH["district"]:
        village = await VILLAGES.find(ask.database, region)
        return "village", None if village is None else village["name"]
    names = await names_of(ask.database, [region])
    return "district" if len(region) == LENGTH["district"] else "region", names.get(region)
