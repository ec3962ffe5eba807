"""What passes over a whole register: sheets, recodes, walks, followers, restarts; law: it moves nothing but its own."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import multiple, rule

from tests.exchange.imports.sending import csv_of, sent
from tests.fuzz.deeds import Deeds
from tests.fuzz.model import things, villages
from tests.fuzz.things import NEW, Thing

DEEDS = frozenset(
    {
        *("register", "found", "announce", "amend", "amend too late", "remove", "remove what is held"),
        *("push", "push again", "push otherwise"),
        *("enrol", "enrol again", "enrol beyond the quota", "withdraw"),
        *("recode", "import", "walk", "write while walking", "follow", "restart"),
    }
)
"""What the plays do, told apart by what comes of it."""
HEADER = ("Kode desa/kelurahan", "Nama UKM", "Jenis pemilik")


class Passages(Deeds):
    """The deeds, and what concerns more than one thing."""

    @rule(village=villages)
    def recode(self, village: int) -> None:
        """A village gets another code, and everything in it goes along."""
        old, new = self._codes[village], f"64.02.05.{2900 + next(self._numbers)}"
        body = {"new_code": new, "effective_on": "2025-01-01", "legal_basis": "Contoh"}
        self._ask("POST", f"/v1/villages/{old}/recode", 200, body)
        self._codes[village] = new
        self.done["recode"] += 1
        for thing in self._known.values():
            if thing.village == village:
                self._read_again(thing)

    @rule(target=things, village=villages, rows=st.integers(1, 3))
    def import_sheet(self, village: int, rows: int) -> Any:
        """A sheet adds its rows, all of them."""
        names = [self._name() for _ in range(rows)]
        body = csv_of(HEADER, *((self._codes[village], name, "kelompok") for name in names))
        job = self._office.do(lambda: sent(self._office.client, "ukms", body, mode="commit"))
        assert (job["status"], job["counts"]["create"]) == ("committed", rows)
        self.done["import"] += 1
        made = []
        for name in names:
            found = self._ask("GET", f"/v1/ukms?q={name}&region={self._codes[village]}", 200)["items"]
            (id,) = (one["id"] for one in found if one["name"] == name)
            made.append(self._keep(Thing("ukms", id, name, village)))
        return multiple(*made)

    @rule(collection=st.sampled_from(tuple(NEW)), village=villages)
    def walk_while_writing(self, collection: str, village: int) -> None:
        """A walk shows each thing exactly once that stays as it is, whatever is written meanwhile."""
        stable = {thing.id for thing in self._of(collection)}
        seen: list[str] = []
        address = f"/v1/{collection}?limit=1"
        page = self._ask("GET", address, 200)
        while True:
            seen += [one["id"] for one in page["items"]]
            if page["next_cursor"] is None:
                break
            if len(seen) < 3:
                self._made(collection, village)
                self.done["write while walking"] += 1
            page = self._ask("GET", f"{address}&cursor={page['next_cursor']}", 200)
        assert [seen.count(id) for id in stable] == [1] * len(stable)
        self.done["walk"] += 1

    @rule()
    def follow(self) -> None:
        """Whoever follows the feed has what the API shows."""
        self._follow()
        self.done["follow"] += 1

    @rule()
    def restart(self) -> None:
        """The application ends and begins anew on its database."""
        self._office.restart()
        self.done["restart"] += 1
