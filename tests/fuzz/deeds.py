"""What an office does to one thing: register, amend, remove, push, enrol, withdraw; law: each answer is foretold."""

from hypothesis import strategies as st
from hypothesis.stateful import consumes, initialize, multiple, rule

from tests.fuzz.model import Model, cooperatives, things, trainings, villages
from tests.fuzz.things import MILESTONES, PARTY, QUOTA, Thing

EVENTS = st.tuples(st.sampled_from(("contoh-1", "contoh-2")), st.sampled_from(tuple(MILESTONES)))


class Deeds(Model):
    """Each rule is one deed, or a few of a kind, as somebody would do them in one sitting."""

    @initialize(target=things)
    def begin_with_two_parties(self) -> object:
        """So that there is something to change from the start."""
        return multiple(self._made("groups", 0), self._made("ukms", 1))

    @initialize(target=cooperatives)
    def begin_with_a_cooperative(self) -> Thing:
        """As above."""
        return self._made("cooperatives", 0)

    @initialize(target=trainings)
    def begin_with_a_training_and_one_of_its_places_taken(self) -> Thing:
        """As above."""
        training = self._made("trainings", 0)
        self._enrol(training, self._made("groups", 1))
        return training

    @rule(target=things, collection=st.sampled_from(("groups", "ukms")), village=villages)
    def register(self, collection: str, village: int) -> Thing:
        """A new group or UKM."""
        self.done["register"] += 1
        return self._made(collection, village)

    @rule(target=cooperatives, village=villages)
    def found(self, village: int) -> Thing:
        """A new cooperative."""
        self.done["found"] += 1
        return self._made("cooperatives", village)

    @rule(target=trainings, village=villages)
    def announce(self, village: int) -> Thing:
        """A training with two places."""
        self.done["announce"] += 1
        return self._made("trainings", village)

    @rule(thing=st.one_of(things, cooperatives, trainings), late=st.booleans())
    def amend(self, thing: Thing, *, late: bool) -> None:
        """A patch counts with the present version and leaves everything as it was with another."""
        name = self._name()
        condition = {"if-match": f'"{thing.version + late}"'}
        told = self._ask("PATCH", thing.address, 412 if late else 200, {thing.title: name}, condition)
        self.done["amend too late" if late else "amend"] += 1
        if not late:
            thing.name = name
            assert told["version"] == thing.version + 1, "a change is one version"
            thing.version += 1

    @rule(thing=consumes(things))
    def remove(self, thing: Thing) -> None:
        """What nothing refers to is gone for good; what is enrolled stays, and everything of it."""
        held = any(thing.id in one.enrolled for one in self._known.values())
        self._ask("DELETE", thing.address, 409 if held else 204)
        self._ask("GET", thing.address, 200 if held else 404)
        self.done["remove what is held" if held else "remove"] += 1
        if not held:
            del self._known[thing.id]

    @rule(thing=cooperatives, told=st.lists(EVENTS, min_size=1, max_size=3))
    def push(self, thing: Thing, told: list[tuple[str, str]]) -> None:
        """The first body of an event counts, however often and in whatever order things are told."""
        for event, milestone in told:
            known = event in thing.events
            kept = thing.events.setdefault(event, milestone)
            status, said = _answered(known=known, same=kept == milestone)
            body = {"event_id": f"{event}-{thing.id}", "milestone": milestone, "outcome": "achieved"}
            self._ask(
                "POST", f"{thing.address}/legality-events", status, {**body, "occurred_on": "2025-06-30"}
            )
            self.done[said] += 1
        self._read_again(thing)

    @rule(training=trainings, parties=st.lists(st.one_of(things, cooperatives), min_size=1, max_size=3))
    def enrol(self, training: Thing, parties: list[Thing]) -> None:
        """A party takes one place, once, while there is one."""
        for party in parties:
            self._enrol(training, party)

    @rule(training=trainings)
    def withdraw(self, training: Thing) -> None:
        """The place of whoever was enrolled last is free again."""
        if training.enrolled:
            _, enrolment = training.enrolled.popitem()
            self._ask("DELETE", f"{training.address}/enrolments/{enrolment}", 204)
            self._read_again(training)
            self.done["withdraw"] += 1

    def _enrol(self, training: Thing, party: Thing) -> None:
        again, full = party.id in training.enrolled, len(training.enrolled) == QUOTA
        told = self._ask(
            "POST",
            f"{training.address}/enrolments",
            409 if again or full else 201,
            {PARTY[party.collection]: party.id},
        )
        if not again and not full:
            training.enrolled[party.id] = told["id"]
        self._read_again(training)
        self.done["enrol again" if again else "enrol beyond the quota" if full else "enrol"] += 1


def _answered(*, known: bool, same: bool) -> tuple[int, str]:
    if not known:
        return 201, "push"
    return (200, "push again") if same else (409, "push otherwise")
