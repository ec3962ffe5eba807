"""JSON Merge Patch (RFC 7396) against a state: what is absent stays, null clears, and the whole is checked again.

A read-only field may be sent along with the value it has, so "GET, edit, send back" works.
"""

from types import NoneType
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic.fields import FieldInfo

from app.database.register import Register, State
from app.http.fields import faults_of
from app.http.problems import Fault, Invalid

M = TypeVar("M", bound=BaseModel)

Patch = BaseModel
"""What an endpoint calls its patch; the operation names the model."""


def patch_model(name: str, new: type[BaseModel], shown: type[BaseModel]) -> type[BaseModel]:
    """The documented shape of a patch: every writable field optional and nullable, every read-only one `readOnly`."""
    fields: dict[str, Any] = {}
    for field, info in shown.model_fields.items():
        if field in new.model_fields:
            fields[field] = _writable(new.model_fields[field], info.description)
        else:
            fields[field] = (Any, Field(default=None, json_schema_extra={"readOnly": True}))
    for field, info in new.model_fields.items():
        if field not in fields:
            fields[field] = _writable(info, None)
    return create_model(name, __config__=ConfigDict(extra="forbid", strict=True), **fields)


def _writable(info: FieldInfo, otherwise: str | None) -> tuple[Any, Any]:
    # Null is read for every field, so that it is refused as null; the document shows it where it clears.
    clears = NoneType in get_args(info.annotation) or info.default_factory is list
    told = Field(
        default=None,
        description=info.description or otherwise,
        examples=info.examples,
        json_schema_extra=None if clears else _never_null,
    )
    return info.rebuild_annotation() | None, told


def _never_null(schema: dict[str, Any]) -> None:
    (kept,) = [option for option in schema.pop("anyOf") if option != {"type": "null"}]
    schema.update(kept)


def merged(register: Register, model: type[M], state: State, patch: BaseModel, *, reach: str | None) -> M:
    """The input that `state` becomes under `patch`, checked whole; raises `Invalid` with every fault.

    For a reader whose personal reach does not cover the state, personal fields read as null, and sending that
    null back changes nothing.
    """
    sent = patch.model_dump(exclude_unset=True)
    hidden = _hidden(register, state, reach)
    faults = [
        Fault(f"/{name}", "read_only")
        for name, value in sent.items()
        if name not in model.model_fields and not _same(name, value, state, hidden, register)
    ]
    base = {name: state.get(name) for name in model.model_fields if name in register.fields}
    changes = _changes(model, sent, hidden)
    try:
        whole = model.model_validate({**base, **changes})
    except ValidationError as wrong:
        faults += faults_of(wrong)
        raise Invalid(_null_as_null(fault, changes) for fault in faults) from wrong
    if faults:
        raise Invalid(faults)
    return whole


def asked(
    register: Register, model: type[BaseModel], state: State, patch: BaseModel, *, reach: str | None
) -> dict[str, Any]:
    """The writable fields that `patch` speaks of, with the values it wants them to have."""
    return _changes(model, patch.model_dump(exclude_unset=True), _hidden(register, state, reach))


def _hidden(register: Register, state: State, reach: str | None) -> set[str]:
    return set() if register.reveals(state, reach) else set(register.personal)


def _changes(model: type[BaseModel], sent: dict[str, Any], hidden: set[str]) -> dict[str, Any]:
    return {
        name: _cleared(model, name) if value is None else value
        for name, value in sent.items()
        if name in model.model_fields and not (name in hidden and value is None)
    }


def _cleared(model: type[BaseModel], name: str) -> list[Any] | None:
    # A list that is cleared is empty: it has no other way to say that nothing is known.
    return [] if model.model_fields[name].default_factory is list else None


def _null_as_null(fault: Fault, changes: dict[str, Any]) -> Fault:
    # "must be text" is a poor thing to say to somebody who cleared a field that has to have a value.
    name = fault.pointer.removeprefix("/")
    if name in changes and changes[name] is None and fault.code.startswith("value."):
        return Fault(fault.pointer, "field.null")
    return fault


def _same(name: str, value: Any, state: State, hidden: set[str], register: Register) -> bool:
    if name == "masked":
        return bool(value == (list(register.personal) if hidden else []))
    stored = state.get(name)
    # To Python true is 1; to JSON it is not.
    return bool(value == stored) and isinstance(value, bool) is isinstance(stored, bool)
