"""Whatever stands where an operation should stand is read as one, or refused by name; the reading never breaks."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.access.policy import PERMISSIONS
from app.exchange.operations.kind import ACTIONS
from app.exchange.operations.kinds import KINDS
from app.exchange.operations.reading import Sent, read
from app.http.caller import Caller
from app.http.catalogue import TEXTS
from app.http.problems import Refusal, errors_in
from tests.exchange.operations.outbox import lives, operation

CALLER = Caller("c", "c", "admin", "", "", PERMISSIONS)
FIELDS = ("id", "action", "type", "resource_id", "data", "expected_version")
_leaves = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text()
)
_json = st.recursive(
    _leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12
)
_sound = {
    "id": st.just("019b8c3a-7f40-7000-8000-000000000001"),
    "action": st.sampled_from(sorted(ACTIONS)),
    "type": st.sampled_from(sorted(KINDS)),
    "resource_id": st.sampled_from([one.resource_id for one in lives()]),
    "data": st.sampled_from([one.first for one in lives()]),
    "expected_version": st.integers(1, 9),
}
_nearly = st.fixed_dictionaries(
    {}, optional={name: _sound[name] | _json for name in FIELDS} | {"more": _json}
)


@given(_json | _nearly)
def test_anything_is_read_or_refused_with_all_its_faults(told: Any) -> None:
    found = read(3, told, CALLER)

    assert found.index == 3
    if isinstance(found.found, Refusal):
        faults = errors_in(found.found, "id")
        assert faults
        assert all(fault["code"] in TEXTS and "{" not in fault["message"] for fault in faults)
        known = [fault for fault in faults if fault["code"] != "field.unknown"]
        assert {f"{fault['pointer']}/".split("/")[1] for fault in known} <= {*FIELDS, ""}


@given(st.sampled_from(lives()), st.randoms())
def test_the_order_of_the_keys_says_nothing(one: Any, chance: Any) -> None:
    told = operation("create", one.type, one.resource_id, one.first)
    shuffled = list(told.items())
    chance.shuffle(shuffled)

    first, second = read(0, told, CALLER).found, read(0, dict(shuffled), CALLER).found

    assert isinstance(first, Sent)
    assert isinstance(second, Sent)
    assert first.fingerprint == second.fingerprint
