"""An outbox is read operation by operation, so that one that cannot be read blocks no other.

Law: what a single request would be refused for is refused here, in the same order: permission, then every fault.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from app.exchange.operations.kind import ACTIONS, Action, Address, Kind
from app.exchange.operations.kinds import KINDS
from app.exchange.operations.schemas import OutboxOperation, is_uuid7
from app.http.caller import Caller
from app.http.fields import faults_of
from app.http.problems import Fault, Forbidden, Invalid, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An operation that can be tried: by which kind, on what, with what was told (nothing, for a delete)."""

    id: str
    action: Action
    kind: Kind
    address: Address
    told: BaseModel | None
    expected_version: int | None
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Read:
    """An operation at its place in the outbox, as far as it can be named: what can be tried, or why it is refused."""

    index: int
    id: str | None
    type: str | None
    resource_id: str | None
    found: Sent | Refusal


def read(index: int, given: Any, caller: Caller) -> Read:
    """One operation as it came; what cannot be read has a refusal that names every fault."""
    named: dict[str, Any] = given if isinstance(given, dict) else {}
    faults = _judged(given)
    id, action, type = (_text(named, name) for name in ("id", "action", "type"))
    kind, known = KINDS.get(type), id if is_uuid7(id) else None
    if kind is None or action not in ACTIONS:
        return Read(index, known, type if kind else None, None, Invalid(faults))
    act = cast("Action", action)
    needed = kind.permissions[act]
    if not caller.may(needed):
        return Read(index, known, type, None, Forbidden("access.forbidden", permission=needed))
    address = _address(kind, act, _text(named, "resource_id"), faults)
    told = _told(kind, act, address or (), named.get("data"), faults)
    if address is None:
        return Read(index, known, type, None, Invalid(faults))
    resource_id = "/".join(map(str, address))
    if faults:
        return Read(index, known, type, resource_id, Invalid(faults))
    sent = Sent(
        id=id,
        action=act,
        kind=kind,
        address=address,
        told=told,
        expected_version=named.get("expected_version"),
        fingerprint=_fingerprint(named),
    )
    return Read(index, known, type, resource_id, sent)


def _judged(given: Any) -> list[Fault]:
    try:
        OutboxOperation.model_validate(given)
    except ValidationError as wrong:
        return faults_of(wrong)
    return []


def _text(named: dict[str, Any], name: str) -> str:
    value = named.get(name)
    return value if isinstance(value, str) else ""


def _address(kind: Kind, action: Action, text: str, faults: list[Fault]) -> Address | None:
    """The parts of a `resource_id`, as the path of the single request would have them; None when it has a fault."""
    if any(fault.pointer == "/resource_id" for fault in faults):
        return None
    parts = text.split("/")
    if len(parts) != len(kind.address):
        faults.append(Fault("/resource_id", "operation.address", {"form": kind.form}))
        return None
    found: list[Any] = []
    for part, adapter in zip(parts, kind.address, strict=True):
        try:
            found.append(adapter.validate_python(part))
        except ValidationError as wrong:
            faults += faults_of(wrong, "/resource_id")
    if kind.own_id and action == "create" and len(found) == len(parts) and not is_uuid7(parts[-1]):
        faults.append(Fault("/resource_id", "operation.uuid7"))
    return tuple(found) if len(found) == len(parts) else None


def _told(kind: Kind, action: Action, address: Address, data: Any, faults: list[Fault]) -> BaseModel | None:
    """What is told of the thing, checked as the body of the single request."""
    if action == "delete" or not isinstance(data, dict):
        return None
    model = kind.new if action == "create" else kind.change
    named = dict(zip(kind.named, address, strict=False)) if action == "create" else {}
    try:
        told = model.model_validate({**named, **data})
    except ValidationError as wrong:
        faults += faults_of(wrong, "/data")
        return None
    faults += [
        Fault(f"/data/{name}", "operation.other_address")
        for name, part in named.items()
        if getattr(told, name) != part
    ]
    return told


def _fingerprint(named: dict[str, Any]) -> str:
    # The value is what counts: a client may write the same operation with other blanks, or its keys in another order.
    return hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()
