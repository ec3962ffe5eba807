"""A register and a plain model of it, driven by the same deeds in any order; law: what the model says, the API says.

Here is what holds after each deed and at the end of a play; `deeds` and `passages` have the rules, `opening` each once.
"""

import itertools
from collections import Counter
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant

from tests.changes.reading import copied, feed, snapshot
from tests.fuzz.running import Running
from tests.fuzz.things import NEW, VILLAGES, Thing, Told, title_of

things = Bundle("things")
"""Groups and UKM."""
trainings = Bundle("trainings")
cooperatives = Bundle("cooperatives")
villages = st.sampled_from(range(len(VILLAGES)))


class Model(RuleBasedStateMachine):
    """One office upon one register; a subclass says where a fresh database comes from, and counts what was done."""

    done: ClassVar[Counter[str]]
    """How often each deed was done, told apart by what came of it."""

    def fresh(self) -> str:
        """The URL of a new database."""
        raise NotImplementedError

    def drop(self, url: str) -> None:
        """Forget a database."""
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self._url = self.fresh()
        self._numbers = itertools.count(1)
        self._known: dict[str, Thing] = {}
        self._codes = list(VILLAGES)
        self._copy: dict[tuple[str, str], tuple[int, Told]] = {}
        self._after = ""
        self._office = Running(self._url)
        for code in VILLAGES:
            self._ask("POST", "/v1/villages", 201, {"code": code, "name": "Contoh"})

    def teardown(self) -> None:
        """At the end the feed, the snapshot and the chain tell the same story."""
        try:
            self._follow()
            self._tells_one_story()
        finally:
            self._office.end()
            self.drop(self._url)

    @invariant()
    def the_api_says_what_the_model_says(self) -> None:
        """Every list, whole."""
        for collection in NEW if self._known else ():
            told = self._ask("GET", f"/v1/{collection}?limit=500", 200)["items"]
            assert {one["id"]: _told(one) for one in told} == {
                thing.id: self._modelled(thing) for thing in self._of(collection)
            }

    def _of(self, collection: str) -> list[Thing]:
        return [thing for thing in self._known.values() if thing.collection == collection]

    def _modelled(self, thing: Thing) -> Told:
        return {
            "name": thing.name,
            "code": self._codes[thing.village],
            "version": thing.version,
            "stage": thing.stage,
        }

    def _made(self, collection: str, village: int) -> Thing:
        name = self._name()
        body = {**NEW[collection], title_of(collection): name, "village_code": self._codes[village]}
        told = self._ask("POST", f"/v1/{collection}", 201, body)
        return self._keep(Thing(collection, told["id"], name, village))

    def _keep(self, thing: Thing) -> Thing:
        self._known[thing.id] = thing
        return thing

    def _name(self) -> str:
        return f"Contoh {next(self._numbers)}"

    def _read_again(self, thing: Thing) -> None:
        version = self._ask("GET", thing.address, 200)["version"]
        assert version >= thing.version, "versions only grow"
        thing.version = version

    def _ask(
        self, method: str, address: str, status: int, body: Told | None = None, headers: Told | None = None
    ) -> Any:
        return self._office.ask(method, address, status, body, headers)

    def _follow(self) -> None:
        changes, self._after = self._office.do(lambda: feed(self._office.client, self._after))
        for change in changes:
            before = self._copy.get((change["type"], change["resource_id"]))
            assert before is None or change["version"] > before[0], "versions only grow"
        self._copy = copied(changes, _as_items(self._copy))

    def _tells_one_story(self) -> None:
        begun, _ = self._office.do(lambda: snapshot(self._office.client))
        begun_with = copied((), begun)
        # When a token was last used is noted beside its versions, and no change of the register.
        for _, told in (*begun_with.values(), *self._copy.values()):
            told.pop("last_used_at", None)
        assert begun_with == self._copy, "the feed, replayed, is what the register shows"
        verdict = self._office.sealed()
        assert verdict.sealed
        assert verdict.wrong == 0


def _told(one: Told) -> Told:
    return {
        "name": one.get("name") or one.get("title"),
        "code": one["village_code"],
        "version": one["version"],
        "stage": one.get("legality_stage"),
    }


def _as_items(copy: dict[tuple[str, str], tuple[int, Told]]) -> list[Told]:
    return [
        {"type": type, "resource_id": id, "version": version, "data": data}
        for (type, id), (version, data) in copy.items()
    ]
