"""From longitude and latitude to a sheet: one scale both ways at the middle latitude, north up, all in sight."""

from collections.abc import Iterable
from math import cos, floor, log10, radians
from typing import NamedTuple

KM_A_DEGREE = 111.195
"""Of latitude, on a sphere of 6,371 km."""
_LEAST_DEGREES = 0.1
"""A region is never drawn larger than if it were so wide: a single village has no scale of its own."""


class Frame(NamedTuple):
    """A rectangle on the sheet."""

    left: float
    top: float
    width: float
    height: float


class Projection(NamedTuple):
    """Where on the sheet a place is; `units` a degree of latitude."""

    longitude: float
    latitude: float
    shrink: float
    units: float
    x: float
    y: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """The place on the sheet."""
        return (
            self.x + (longitude - self.longitude) * self.shrink * self.units,
            self.y - (latitude - self.latitude) * self.units,
        )

    @property
    def units_a_km(self) -> float:
        """How long a kilometre is on the sheet."""
        return self.units / KM_A_DEGREE


def projection(places: Iterable[tuple[float, float]], frame: Frame, *, edge: float) -> Projection:
    """The largest scale at which all (longitude, latitude) stand in the frame with an edge left free."""
    longitudes, latitudes = zip(*places, strict=True)
    middle = (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2
    shrink = max(cos(radians(middle[1])), 0.01)
    wide = max((max(longitudes) - min(longitudes)) * shrink, _LEAST_DEGREES)
    high = max(max(latitudes) - min(latitudes), _LEAST_DEGREES)
    units = min((frame.width - 2 * edge) / wide, (frame.height - 2 * edge) / high)
    return Projection(*middle, shrink, units, frame.left + frame.width / 2, frame.top + frame.height / 2)


def round_length(most: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is not over `most`."""
    power = 10.0 ** floor(log10(most))
    return next(step * power for step in (5, 2, 1) if step * power <= most * (1 + 1e-9))
