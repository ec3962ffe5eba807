"""What the model knows: the things of one made-up district, and how each of them stands; nobody in it is real."""

from typing import Any

Told = dict[str, Any]

NEW: dict[str, Told] = {
    "groups": {"kind": "kelompok_usaha"},
    "ukms": {"owner_kind": "kelompok"},
    "cooperatives": {"kind": "lainnya"},
    "trainings": {"focus": "kewirausahaan", "year": 2024, "quota": 2},
}
"""What is told of a new thing beside its name and its village."""
QUOTA = 2
PARTY = {"groups": "group_id", "ukms": "ukm_id", "cooperatives": "cooperative_id"}
STAGES = ("belum_terbentuk", "terbentuk", "pemesanan_nama", "akta_terbit", "diajukan")
MILESTONES = dict(zip(("musdesus", "pemesanan_nama", "akta", "pengajuan_sabh"), STAGES[1:], strict=True))
VILLAGES = ("64.02.04.2901", "64.02.04.2902")


class Thing:
    """What the model knows of a thing."""

    def __init__(self, collection: str, id: str, name: str, village: int) -> None:
        self.collection, self.id, self.name, self.village = collection, id, name, village
        self.version = 1
        self.events: dict[str, str] = {}
        self.enrolled: dict[str, str] = {}

    @property
    def address(self) -> str:
        """Where it is read."""
        return f"/v1/{self.collection}/{self.id}"

    @property
    def title(self) -> str:
        """What its name is called."""
        return title_of(self.collection)

    @property
    def stage(self) -> str | None:
        """The furthest that was achieved, in whatever order it was told; None of what has no legality."""
        if self.collection != "cooperatives":
            return None
        reached = [STAGES.index(MILESTONES[milestone]) for milestone in self.events.values()]
        return STAGES[max(reached, default=0)]


def title_of(collection: str) -> str:
    """What the name of a thing is called."""
    return "title" if collection == "trainings" else "name"
