"""Which form of an answer the caller gets: `?format=` decides, else `Accept`, else JSON."""

from collections.abc import Mapping
from functools import lru_cache

from app.http.problems import NotAcceptable

MEDIA: Mapping[str, tuple[str, ...]] = {
    "json": ("application/json",),
    "csv": ("text/csv",),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
    "geojson": ("application/geo+json",),
    "svg": ("image/svg+xml",),
}


def chosen(wanted: str | None, accept: bytes | None, offered: tuple[str, ...]) -> str:
    """The offered format the caller likes best; the first one offered when all are alike. Raises `NotAcceptable`."""
    if wanted is not None:
        return wanted
    if not accept or accept in (b"*/*", b"application/json"):
        return offered[0]
    ranges = _ranges(accept.decode("latin-1"))
    best, best_quality = offered[0], 0.0
    for name in offered:
        quality = max(_quality(ranges, media) for media in MEDIA[name])
        if quality > best_quality:
            best, best_quality = name, quality
    if best_quality <= 0:
        available = ", ".join(MEDIA[name][0] for name in offered)
        raise NotAcceptable("request.not_acceptable", pointer="/header/Accept", available=available)
    return best


@lru_cache(maxsize=64)
def gzip_accepted(accept_encoding: bytes | None) -> bool:
    """Whether the caller asks for gzip; a coding with `q=0` is refused by it."""
    if not accept_encoding:
        return False
    return _ranges(accept_encoding.decode("latin-1")).get("gzip", 0.0) > 0


def _ranges(accept: str) -> dict[str, float]:
    ranges: dict[str, float] = {}
    for part in accept[:1000].split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    quality = min(max(float(parameter[2:]), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        ranges[media] = quality
    return ranges


def _quality(ranges: Mapping[str, float], media: str) -> float:
    kind = media.partition("/")[0]
    for pattern in (media, f"{kind}/*", "*/*"):
        if pattern in ranges:
            return ranges[pattern]
    return 0.0
