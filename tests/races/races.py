"""The table of races: what is arranged, what two clients attempt at once, and the outcomes that the law knows.

A play arranges, gives its two attempts, is told their answers, and looks at what came of it.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

import httpx

from app.cooperatives.ledger import conflict_id
from app.database.words import new_id
from tests.index.told import at, rows
from tests.races.racing import Answer, Answers, Request, Requests

PLACE, DISTRICT, BESIDE = "64.02.04.2001", "64.02.04", "64.02.13"
GROUP = {"name": "Kelompok Contoh", "kind": "kelompok_usaha", "village_code": PLACE}
TRAINING = {"title": "Pelatihan Contoh", "focus": "kewirausahaan", "village_code": PLACE, "year": 2024}
YEARS = range(2016, 2025)

Told = dict[str, Any]
Outcome = tuple[Any, ...]
Play = Generator[Requests, Answers, Outcome]


class Office:
    """A client of one of the servers that arranges and looks, and what it has made once for all rounds."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.number = 0
        self.groups = [self.made("/v1/groups", GROUP)["id"] for _ in range(2)]
        self.moving = self.made("/v1/villages", {"code": f"{BESIDE}.3001", "name": "Contoh"})["code"]
        found = self.read("/v1/villages?region=64.02&limit=200")
        self.villages = [one["code"] for one in found if one["kind"] == "desa"]

    def next(self) -> int:
        """A number that was not given out before."""
        self.number += 1
        return self.number

    def made(self, path: str, body: Told) -> Told:
        """A new thing."""
        answer = self.client.post(path, json=body)
        assert answer.status_code == 201, answer.text
        told: Told = answer.json()
        return told

    def read(self, path: str) -> Any:
        """What is at a path; of a list its items."""
        answer = self.client.get(path, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        told = answer.json()
        return told.get("items", told)


def fates(answers: Answers) -> tuple[str, ...]:
    """What both got, whoever got which."""
    return tuple(sorted(one.fate for one in answers))


def _enrolment(training: str, group: str) -> Request:
    return Request("POST", f"/v1/trainings/{training}/enrolments", {"group_id": group})


def _places(office: Office, training: str) -> tuple[int, int]:
    path = f"/v1/trainings/{training}"
    return office.read(path)["enrolled"], len(office.read(f"{path}/enrolments"))


def last_place(office: Office) -> Play:
    """Two groups want the one place of a training."""
    training = office.made("/v1/trainings", {**TRAINING, "quota": 1})["id"]
    first, second = office.groups
    answers = yield _enrolment(training, first), _enrolment(training, second)
    return fates(answers), *_places(office, training)


def one_place_each(office: Office) -> Play:
    """One group is enrolled twice."""
    training, group = office.made("/v1/trainings", TRAINING)["id"], office.groups[0]
    answers = yield _enrolment(training, group), _enrolment(training, group)
    return fates(answers), *_places(office, training)


def one_name(office: Office) -> Play:
    """Two cooperatives are registered under one name."""
    name = f"Koperasi Contoh {new_id()}"
    body = {"name": name, "kind": "lainnya", "village_code": PLACE}
    request = Request("POST", "/v1/cooperatives", body)
    answers = yield request, request
    shown = office.read(f"/v1/cooperatives?q={name}")
    return fates(answers), len(shown)


def one_code(office: Office) -> Play:
    """Two villages are registered under one code."""
    code = f"{DISTRICT}.3{office.next() % 1000:03}"
    request = Request("POST", "/v1/villages", {"code": code, "name": "Contoh"})
    answers = yield request, request
    return fates(answers), office.read(f"/v1/villages/{code}")["version"]


def one_number(office: Office) -> Play:
    """Two cooperatives show the same number: neither has it, and an officer is asked."""
    number = f"{9 * 10**12 + office.next()}"
    names = [f"Koperasi Contoh {number} {one}" for one in "AB"]
    made = [
        office.made("/v1/cooperatives", {"name": name, "kind": "lainnya", "village_code": PLACE})["id"]
        for name in names
    ]
    first, second = (_numbered(id, number) for id in made)
    answers = yield first, second
    became = {one["status"] for answer in answers for one in answer.body.get("results", ())}
    case = office.read(f"/v1/legality-conflicts/{conflict_id('nib', number)}")
    held = {office.read(f"/v1/cooperatives/{id}")["nib"] for id in made}
    return fates(answers), became == {"applied"}, held == {None}, case["claimants"] == sorted(made)


def _numbered(cooperative: str, number: str) -> Request:
    about = {"event_id": new_id(), "cooperative": {"id": cooperative}, "milestone": "nib", "number": number}
    event = {**about, "outcome": "achieved", "occurred_on": "2025-05-20"}
    return Request("POST", "/v1/legality-events", {"events": [event]})


def one_version(office: Office) -> Play:
    """Two patches of the same version."""
    path = f"/v1/groups/{office.made('/v1/groups', GROUP)['id']}"
    first, second = (
        Request("PATCH", path, {"members_male": number}, {"if-match": '"1"'}) for number in (1, 2)
    )
    answers = yield first, second
    shown = office.read(path)
    return fates(answers), shown["version"], shown["members_male"] == _won(answers, "members_male")


def _won(answers: Answers, name: str) -> Any:
    return next((one.body[name] for one in answers if one.status == 200), None)


def one_key(office: Office) -> Play:
    """One request is sent twice under its key."""
    name, key = f"Kelompok Contoh {new_id()}", {"idempotency-key": new_id()}
    request = Request("POST", "/v1/groups", {**GROUP, "name": name}, key)
    answers = yield request, request
    again = office.client.post("/v1/groups", json=request.body, headers=key)
    made = [one.body for one in answers if one.status == 201]
    shown = office.read(f"/v1/groups?q={name}")
    return fates(answers), made == [again.json()] * len(made), len(shown)


def one_operation(office: Office) -> Play:
    """One operation of an outbox is sent twice."""
    request, group = _pushed(PLACE)
    answers = yield request, request
    became = sorted(one["status"] for answer in answers for one in answer.body.get("results", ()))
    return fates(answers), tuple(became), office.read(f"/v1/groups/{group}")["version"]


def _pushed(place: str) -> tuple[Request, str]:
    thing = {"type": "group", "resource_id": new_id(), "data": {**GROUP, "village_code": place}}
    body = {"operations": [{"id": new_id(), "action": "create", **thing}]}
    return Request("POST", "/v1/operations", body), str(thing["resource_id"])


def recode_and_push(office: Office) -> Play:
    """A village gets another code while something of it is pushed under the one it has."""
    old = office.moving
    new = f"{BESIDE}.{3001 if old.endswith('3002') else 3002}"
    recoding = {"new_code": new, "effective_on": "2026-01-01", "legal_basis": "Contoh 1/2026"}
    push, group = _pushed(old)
    answers = yield Request("POST", f"/v1/villages/{old}/recode", recoding), push
    became = [one["status"] for one in answers[1].body.get("results", ())]
    shown = office.read(f"/v1/groups/{group}")
    office.moving = new
    office.client.delete(f"/v1/groups/{group}")
    return fates(answers), became, shown["village_code"] == office.read(f"/v1/villages/{old}")["code"] == new


def one_idm(office: Office) -> Play:
    """Two records are put for one village and year."""
    turn = office.next()
    path = at(office.villages[turn % len(office.villages)], YEARS[turn // len(office.villages) % len(YEARS)])
    first, second = (
        Request("PUT", path, {**rows("Perian"), "source": one}) for one in ("Contoh A", "Contoh B")
    )
    answers = yield first, second
    series, _, year = path.rpartition("/")
    shown = [one for one in office.read(series) if one["year"] == int(year)]
    return fates(answers), *((one["version"], one["source"] == _won(answers, "source")) for one in shown)


def revoked_writer(office: Office) -> Play:
    """A token is taken away while its holder writes: that is done as it was answered, and it is the last."""
    new = office.made("/v1/tokens", {"name": "Contoh", "role": "operator", "region": "64.02"})
    path = f"/v1/groups/{office.made('/v1/groups', GROUP)['id']}"
    its = {"authorization": f"Bearer {new['token']}"}
    answers = yield Request("DELETE", f"/v1/tokens/{new['id']}"), Request("DELETE", path, headers=its)
    later = office.client.get("/v1/groups?limit=1", headers=its)
    gone = office.client.get(path).status_code == 404
    return (
        answers[0].status,
        gone == (answers[1].status == 204),
        answers[1].status in {204, 401},
        later.status_code,
    )


@dataclass(frozen=True, eq=False)
class Race:
    """A play, the outcomes that are as promised, and answers to its attempts that would break the promise."""

    name: str
    play: Callable[[Office], Play]
    lawful: tuple[Outcome, ...]
    forged: Answers


_both = (Answer(201, {}), Answer(201, {}))
_applied = {"results": [{"status": "applied"}]}

RACES = (
    Race("quota", last_place, ((("201", "409 training.full"), 1, 1),), _both),
    Race("one place for a party", one_place_each, ((("201", "409 training.already_enrolled"), 1, 1),), _both),
    Race("name of a cooperative", one_name, ((("201", "409 cooperative.name_taken"), 1),), _both),
    Race("code of a village", one_code, ((("201", "409 village.exists"), 1),), _both),
    Race(
        "number of a legal paper",
        one_number,
        ((("200", "200"), True, True, True),),
        (Answer(200, _applied), Answer(200, {"results": [{"status": "rejected"}]})),
    ),
    Race(
        "version",
        one_version,
        ((("200", "412 request.precondition"), 2, True),),
        (Answer(200, {"members_male": 1}), Answer(200, {"members_male": 2})),
    ),
    Race(
        "key",
        one_key,
        ((("201", "201 replayed"), True, 1), (("201", "409 idempotency.running"), True, 1)),
        (Answer(201, {"id": "one"}), Answer(201, {"id": "other"}, replayed=True)),
    ),
    Race(
        "operation of an outbox",
        one_operation,
        ((("200", "200"), ("applied", "replayed"), 1),),
        (Answer(200, _applied), Answer(200, _applied)),
    ),
    Race(
        "recode during a push",
        recode_and_push,
        ((("200", "200"), ["applied"], True),),
        (Answer(200, {}), Answer(200, {"results": [{"status": "rejected"}]})),
    ),
    Race(
        "IDM of a village and year",
        one_idm,
        ((("200", "201"), (2, True)),),
        (Answer(200, {"source": "Contoh A"}), Answer(201, {"source": "Contoh B"})),
    ),
    Race("revocation", revoked_writer, ((204, True, True, 401),), (Answer(204), Answer(204))),
)
