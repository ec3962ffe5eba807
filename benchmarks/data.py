"""The 84,000 villages to run on: under province codes that nobody has, with names that say "Synthetic"."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import count
from pathlib import Path

PROVINCES = ("97", "98", "99")
PAGE = 50
REGENCIES, DISTRICTS, VILLAGES = 80, 25, 14


@dataclass(frozen=True, slots=True)
class Region:
    """A line of a region table; `level` is province, regency, district or village; degrees may be unknown."""

    code: str
    name: str
    level: str
    kind: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Nation:
    """A whole region table, parents before their children."""

    regions: tuple[Region, ...]

    @cached_property
    def villages(self) -> tuple[Region, ...]:
        return tuple(region for region in self.regions if region.level == "village")

    @cached_property
    def full_regencies(self) -> tuple[str, ...]:
        """The codes of the regencies whose villages fill a page."""
        held = Counter(village.code[:5] for village in self.villages)
        return tuple(code for code, villages in held.items() if villages >= PAGE)


def synthetic(regencies: int = REGENCIES) -> Nation:
    """3 provinces x 80 regencies x 25 districts x 14 villages = 84,000, in the proportions of the nation."""
    return Nation(tuple(_synthetic(PROVINCES, regencies)))


def provinces(number: int) -> Nation:
    """So many provinces of 28,000 villages each, the last of them coded 99."""
    return Nation(tuple(_synthetic([str(100 - place) for place in range(number, 0, -1)], REGENCIES)))


def first(nation: Nation, villages: int) -> Nation:
    """The districts from the first on that hold so many villages, and what they lie in."""
    last = nation.villages[min(villages, len(nation.villages)) - 1].code[:8]
    return Nation(tuple(region for region in nation.regions if region.code[:8] <= last))


def _synthetic(codes: Sequence[str], regencies: int) -> Iterator[Region]:
    position = count()
    for province in codes:
        yield Region(province, f"Synthetic province {province}", "province")
        for regency in _below(province, 1, regencies):
            yield Region(regency, f"Synthetic regency {regency}", "regency")
            for district in _below(regency, 1, DISTRICTS):
                yield Region(district, f"Synthetic district {district}", "district")
                for village in _below(district, 2001, VILLAGES):  # by Kemendagri's rule 2xxx is a desa
                    yield _village(village, next(position))


def _below(code: str, first: int, number: int) -> list[str]:
    return [f"{code}.{place:02}" for place in range(first, first + number)]


def _village(code: str, position: int) -> Region:
    name, latitude, longitude = f"Synthetic village {code}", position / 10_000 - 9, position / 10_000 + 100
    return Region(code, name, "village", "desa", round(latitude, 4), round(longitude, 4))


def write(nation: Nation, path: Path) -> None:
    """Write the region table that `berdaya seed --regions` reads."""
    columns = [field.name for field in fields(Region)]
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(columns)
        lines.writerows([getattr(region, column) for column in columns] for region in nation.regions)


def read(path: Path) -> Nation:
    """Read a region table, plain or gzipped; the coordinates may be absent."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", newline="", encoding="utf-8") as file:
        return Nation(tuple(_region(line) for line in csv.DictReader(file)))


def _region(line: dict[str, str]) -> Region:
    latitude, longitude = line.get("latitude"), line.get("longitude")
    return Region(
        code=line["code"],
        name=line["name"],
        level=line["level"],
        kind=line["kind"],
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
    )
