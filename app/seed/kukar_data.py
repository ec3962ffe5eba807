"""The real data of Kutai Kartanegara that comes with the project; `kukar/README.md` names the sources."""

import csv
from collections.abc import Iterator
from importlib.resources import as_file, files

from app.database import Act, Database
from app.seed import regions

_FOLDER = files("app.seed").joinpath("kukar")
RECODED_ON = "2022-02-14"
RECODED_BY = "Kepmendagri 050-145/2022"


def lines(name: str) -> Iterator[dict[str, str]]:
    """The lines of one of the tables."""
    yield from csv.DictReader(_FOLDER.joinpath(name).read_text(encoding="utf-8").splitlines())


async def load_villages(database: Database, act: Act) -> regions.Loaded:
    """20 districts, 237 villages with their coordinates, and the 20 codes that were given up in 2022."""
    recodings = [
        regions.Recoding(line["old_code"], line["new_code"], RECODED_ON, RECODED_BY)
        for line in lines("recodings.csv")
    ]
    with as_file(_FOLDER.joinpath("regions.csv")) as path:
        return await regions.load(database, act, regions.read(path), recodings)


async def load_all(database: Database, act: Act) -> dict[str, int]:
    """Everything, each part only where it is missing; gives how many of each were new."""
    places = await load_villages(database, act)
    return {"regions": places.regions, "villages": places.villages}
