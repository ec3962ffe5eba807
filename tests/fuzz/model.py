"""A register and a plain model of it, driven by the same deeds in any order; law: what the model says, the API says.

Things are made in one district, whose villages are made up; nobody in it is real.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import httpx
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from app.access.audit.sealing import seal_all
from app.access.audit.verifying import verify
from app.access.tokens import keep, new_token
from app.database import Transaction
from app.main import Berdaya, create_app
from app.settings import Settings
from tests.answers import checked
from tests.changes.reading import copied, feed, snapshot
from tests.conftest import act_of
from tests.exchange.imports.sending import csv_of, sent

Told = dict[str, Any]
Result = TypeVar("Result")
NEW: dict[str, Told] = {
    "groups": {"kind": "kelompok_usaha"},
    "ukms": {"owner_kind": "kelompok"},
    "cooperatives": {"kind": "lainnya"},
    "trainings": {"focus": "kewirausahaan", "year": 2024, "quota": 2},
}
PARTY = {"groups": "group_id", "ukms": "ukm_id", "cooperatives": "cooperative_id"}
TYPES = {"groups": "group", "ukms": "ukm", "cooperatives": "cooperative", "trainings": "training"}
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
        return "title" if self.collection == "trainings" else "name"

    @property
    def stage(self) -> str:
        """The furthest that was achieved, in whatever order it was told."""
        reached = [STAGES.index(MILESTONES[milestone]) for milestone in self.events.values()]
        return STAGES[max(reached, default=0)]


class Register(RuleBasedStateMachine):
    """One office upon one register; a subclass says where a fresh database comes from."""

    things = Bundle("things")
    trainings = Bundle("trainings")
    cooperatives = Bundle("cooperatives")

    def fresh(self) -> str:
        """The URL of a new database."""
        raise NotImplementedError

    def drop(self, url: str) -> None:
        """Forget a database."""
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._settings = Settings(database_url=self.fresh(), webhooks=False, deadline_seconds=60)
        self._numbers = itertools.count(1)
        self._known: dict[str, Thing] = {}
        self._codes = list(VILLAGES)
        self._copy: dict[tuple[str, str], tuple[int, Told]] = {}
        self._after = ""
        self._token = new_token()
        self._do(self._open)
        for code in VILLAGES:
            self._write("POST", "/v1/villages", 201, {"code": code, "name": "Contoh"})

    def teardown(self) -> None:
        """At the end the feed, the snapshot and the chain tell the same story."""
        try:
            self.follow()
            self._do(self._tells_one_story)
            self._do(self._close)
        finally:
            self._runner.close()
            self.drop(self._settings.database_url)

    @initialize(target=things)
    def begin_with_a_group(self) -> Thing:
        """So that there is something to change from the start."""
        return self._made("groups", 0)

    @initialize(target=cooperatives)
    def begin_with_a_cooperative(self) -> Thing:
        """As above."""
        return self._made("cooperatives", 0)

    @initialize(target=trainings)
    def begin_with_a_training(self) -> Thing:
        """As above."""
        return self._made("trainings", 0)

    @rule(target=things, collection=st.sampled_from(("groups", "ukms")), village=st.sampled_from((0, 1)))
    def register(self, collection: str, village: int) -> Thing:
        """A new group or UKM."""
        return self._made(collection, village)

    @rule(target=cooperatives, village=st.sampled_from((0, 1)))
    def found(self, village: int) -> Thing:
        """A new cooperative."""
        return self._made("cooperatives", village)

    @rule(target=trainings, village=st.sampled_from((0, 1)))
    def announce(self, village: int) -> Thing:
        """A training with two places."""
        return self._made("trainings", village)

    @rule(thing=st.one_of(things, cooperatives, trainings), late=st.booleans())
    def amend(self, thing: Thing, *, late: bool) -> None:
        """A patch counts with the present version and leaves everything as it was with another."""
        name = self._name()
        condition = {"if-match": f'"{thing.version + late}"'}
        told = self._write("PATCH", thing.address, 412 if late else 200, {thing.title: name}, condition)
        if not late:
            thing.name = name
            self._grown(thing, told["version"])

    @rule(thing=consumes(things))
    def remove(self, thing: Thing) -> None:
        """What nothing refers to is gone for good; what is enrolled stays, and everything of it."""
        held = any(thing.id in one.enrolled for one in self._known.values())
        self._write("DELETE", thing.address, 409 if held else 204)
        self._write("GET", thing.address, 200 if held else 404)
        if not held:
            del self._known[thing.id]

    @rule(
        thing=cooperatives,
        event=st.sampled_from(("contoh-1", "contoh-2", "contoh-3")),
        milestone=st.sampled_from(tuple(MILESTONES)),
    )
    def push(self, thing: Thing, event: str, milestone: str) -> None:
        """The first body of an event counts, however often and in whatever order things are told."""
        kept = thing.events.get(event)
        status = 201 if kept is None else 200 if kept == milestone else 409
        body = {
            "event_id": f"{event}-{thing.id}",
            "milestone": milestone,
            "outcome": "achieved",
            "occurred_on": "2025-06-30",
        }
        self._write("POST", f"{thing.address}/legality-events", status, body)
        thing.events.setdefault(event, milestone)
        self._read_again(thing)

    @rule(training=trainings, party=st.one_of(things, cooperatives))
    def enrol(self, training: Thing, party: Thing) -> None:
        """A party takes one place, once, while there is one."""
        if party.id not in self._known:
            return
        refused = party.id in training.enrolled or len(training.enrolled) == 2
        told = self._write(
            "POST",
            f"{training.address}/enrolments",
            409 if refused else 201,
            {PARTY[party.collection]: party.id},
        )
        if not refused:
            training.enrolled[party.id] = told["id"]
        self._read_again(training)

    @rule(training=trainings)
    def withdraw(self, training: Thing) -> None:
        """The place of whoever was enrolled last is free again."""
        if training.enrolled:
            _, enrolment = training.enrolled.popitem()
            self._write("DELETE", f"{training.address}/enrolments/{enrolment}", 204)
            self._read_again(training)

    @rule(village=st.sampled_from((0, 1)))
    def recode(self, village: int) -> None:
        """A village gets another code, and everything in it goes along."""
        old, new = self._codes[village], f"64.02.05.{2900 + next(self._numbers)}"
        body = {"new_code": new, "effective_on": "2025-01-01", "legal_basis": "Contoh"}
        self._write("POST", f"/v1/villages/{old}/recode", 200, body)
        self._codes[village] = new
        for thing in self._known.values():
            if thing.village == village:
                self._read_again(thing)

    @rule(target=things, village=st.sampled_from((0, 1)), rows=st.integers(1, 3))
    def import_sheet(self, village: int, rows: int) -> Any:
        """A sheet adds its rows, all of them."""
        names = [self._name() for _ in range(rows)]
        header = ("Kode desa/kelurahan", "Nama UKM", "Jenis pemilik")
        body = csv_of(header, *((self._codes[village], name, "kelompok") for name in names))
        job = self._do(lambda: sent(self._client, "ukms", body, mode="commit"))
        assert (job["status"], job["counts"]["create"]) == ("committed", rows)
        made = []
        for name in names:
            found = self._write("GET", f"/v1/ukms?q={name}&region={self._codes[village]}", 200)["items"]
            (id,) = (one["id"] for one in found if one["name"] == name)
            made.append(self._keep(Thing("ukms", id, name, village)))
        return multiple(*made)

    @rule(collection=st.sampled_from(tuple(NEW)), village=st.sampled_from((0, 1)))
    def walk_while_writing(self, collection: str, village: int) -> None:
        """A walk shows each thing exactly once that stays as it is, whatever is written meanwhile."""
        stable = {thing.id for thing in self._known.values() if thing.collection == collection}
        seen: list[str] = []
        address = f"/v1/{collection}?limit=1"
        page = self._write("GET", address, 200)
        while True:
            seen += [one["id"] for one in page["items"]]
            if page["next_cursor"] is None:
                break
            if len(seen) < 3:
                self._made(collection, village)
            page = self._write("GET", f"{address}&cursor={page['next_cursor']}", 200)
        assert [seen.count(id) for id in stable] == [1] * len(stable)

    @rule()
    def follow(self) -> None:
        """Whoever follows the feed has what the API shows."""
        changes, self._after = self._do(lambda: feed(self._client, self._after))
        for change in changes:
            before = self._copy.get((change["type"], change["resource_id"]))
            assert before is None or change["version"] > before[0], "versions only grow"
            self._take_in(change)

    @rule()
    def restart(self) -> None:
        """The application ends and begins anew on its database."""
        self._do(self._close)
        self._do(self._open)

    @invariant()
    def the_api_says_what_the_model_says(self) -> None:
        """Every list, whole."""
        for collection in NEW if self._known else ():
            told = self._write("GET", f"/v1/{collection}?limit=500", 200)["items"]
            assert {one["id"]: self._told(one) for one in told} == {
                thing.id: self._modelled(thing)
                for thing in self._known.values()
                if thing.collection == collection
            }

    def _take_in(self, change: Told) -> None:
        place = change["type"], change["resource_id"]
        if change["operation"] == "deleted":
            self._copy.pop(place, None)
        else:
            self._copy[place] = (change["version"], change["data"])

    def _told(self, one: Told) -> Told:
        return {
            "name": one.get("name") or one.get("title"),
            "code": one["village_code"],
            "version": one["version"],
            "stage": one.get("legality_stage"),
        }

    def _modelled(self, thing: Thing) -> Told:
        return {
            "name": thing.name,
            "code": self._codes[thing.village],
            "version": thing.version,
            "stage": thing.stage if thing.collection == "cooperatives" else None,
        }

    def _made(self, collection: str, village: int) -> Thing:
        name = self._name()
        title = "title" if collection == "trainings" else "name"
        body = {**NEW[collection], title: name, "village_code": self._codes[village]}
        told = self._write("POST", f"/v1/{collection}", 201, body)
        return self._keep(Thing(collection, told["id"], name, village))

    def _keep(self, thing: Thing) -> Thing:
        self._known[thing.id] = thing
        return thing

    def _name(self) -> str:
        return f"Contoh {next(self._numbers)}"

    def _read_again(self, thing: Thing) -> None:
        version = self._write("GET", thing.address, 200)["version"]
        assert version >= thing.version, "versions only grow"
        thing.version = version

    def _grown(self, thing: Thing, version: int) -> None:
        assert version == thing.version + 1, "a change is one version"
        thing.version = version

    def _write(
        self, method: str, address: str, status: int, body: Told | None = None, headers: Told | None = None
    ) -> Any:
        answer = self._do(lambda: self._client.request(method, address, json=body, headers=headers))
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    async def _tells_one_story(self) -> None:
        begun, _ = await snapshot(self._client)
        begun_with = copied((), begun)
        # When a token was last used is noted beside its versions, and no change of the register.
        for _, told in (*begun_with.values(), *self._copy.values()):
            told.pop("last_used_at", None)
        assert begun_with == self._copy, "the feed, replayed, is what the register shows"
        await seal_all(self._application.place.database)
        verdict = await verify(self._application.place.database)
        assert verdict.sealed
        assert verdict.wrong == 0

    async def _open(self) -> None:
        self._application: Berdaya = create_app(self._settings)
        self._lifespan = self._application.router.lifespan_context(self._application)
        await self._lifespan.__aenter__()
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(self._application),
            base_url="http://berdaya.test",
            headers={"authorization": f"Bearer {self._token}"},
            event_hooks={"response": [checked(self._application)]},
        )
        if not self._after and not self._known:
            await self._application.place.database.write(act_of("token"), self._let_in)

    async def _let_in(self, tx: Transaction) -> None:
        await keep(tx, self._token, role="admin", name="office", region="", source="office")

    async def _close(self) -> None:
        await self._client.aclose()
        await self._lifespan.__aexit__(None, None, None)

    def _do(self, work: Callable[[], Awaitable[Result]]) -> Result:
        async def awaited() -> Result:
            return await work()

        return self._runner.run(awaited())
