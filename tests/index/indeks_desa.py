"""The frame of Indeks Desa 2025 as an edition, without its texts: 127 items scored 1 to 5, 635 points."""

from typing import Any

from app.index.editions import EXECUTORS

ITEMS = {
    "layanan_dasar": 34,
    "sosial": 17,
    "ekonomi": 32,
    "lingkungan": 18,
    "aksesibilitas": 10,
    "tata_kelola": 16,
}
"""How many items each dimension has, in official order."""
STATUSES = ("sangat_tertinggal", "tertinggal", "berkembang", "maju", "mandiri")
AT_MOST = (314, 364, 440, 505, 635)
NO_TEXT = {"en": "", "id": ""}


def frame_of_indeks_desa() -> dict[str, Any]:
    """The data of the edition, in the form of the published files."""
    reach = zip(STATUSES, AT_MOST, (*STATUSES[1:], "mandiri"), strict=True)
    return {
        "id": "frame",
        "index": "indeks_desa",
        "name": NO_TEXT,
        "regulation": {"number": "Permendesa PDTT 9/2024", "title": NO_TEXT},
        "years": [2025, 2025],
        "verified_years": [2025, 2025],
        "note": NO_TEXT,
        "total": 635,
        "actors": {},
        "statuses": [
            {"id": status, "name": NO_TEXT, "at_most": at_most, "target": target, "target_score": "0"}
            for status, at_most, target in reach
        ],
        "dimensions": [{"id": d, "name": NO_TEXT, "divisor": 5 * n, "weight": 1} for d, n in ITEMS.items()],
        "sub_dimensions": [{"id": f"s_{d}", "dimension": d, "name": NO_TEXT} for d in ITEMS],
        "variables": [{"id": f"v_{d}", "sub_dimension": f"s_{d}", "name": NO_TEXT} for d in ITEMS],
        "indicators": [_item(d, n) for d, size in ITEMS.items() for n in range(size)],
    }


def _item(dimension: str, number: int) -> dict[str, Any]:
    return {
        "id": f"{dimension}_{number}",
        "variable": f"v_{dimension}",
        "name": NO_TEXT,
        "note": None,
        "executors": dict.fromkeys(EXECUTORS),
        "levels": [{"score": score, "meaning": NO_TEXT, "activity": None} for score in range(1, 6)],
    }
