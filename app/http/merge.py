"""JSON Merge Patch (RFC 7396) against a state: what is absent stays, null clears, and the whole is checked again.

A read-only field may be sent along with the value it has, so "GET, edit, send back" works.
"""

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

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
            description = new.model_fields[field].description or info.description
            annotation = new.model_fields[field].rebuild_annotation()
            fields[field] = (annotation | None, Field(default=None, description=description))
        else:
            fields[field] = (Any, Field(default=None, json_schema_extra={"readOnly": True}))
    for field, info in new.model_fields.items():
        if field not in fields:
            fields[field] = (
                info.rebuild_annotation() | None,
                Field(default=None, description=info.description),
            )
    return create_model(name, __config__=ConfigDict(extra="forbid", strict=True), **fields)


def merged(register: Register, model: type[M], state: State, patch: BaseModel, *, reach: str | None) -> M:
    """The input that `state` becomes under `patch`, checked whole; raises `Invalid` with every fault.

    For a reader whose personal reach does not cover the state, personal fields read as null, and sending that
    null back changes nothing.
    """
    sent = patch.model_dump(exclude_unset=True)
    hidden = set(register.personal) if not register.reveals(state, reach) else set()
    faults = [
        Fault(f"/{name}", "read_only")
        for name, value in sent.items()
        if name not in model.model_fields and not _same(name, value, state, hidden, register)
    ]
    base = {name: state.get(name) for name in model.model_fields if name in register.fields}
    changes = {
        name: value
        for name, value in sent.items()
        if name in model.model_fields and not (name in hidden and value is None)
    }
    try:
        whole = model.model_validate({**base, **changes})
    except ValidationError as wrong:
        faults += faults_of(wrong)
        raise Invalid(_null_as_null(fault, changes) for fault in faults) from wrong
    if faults:
        raise Invalid(faults)
    return whole


def _null_as_null(fault: Fault, changes: dict[str, Any]) -> Fault:
    # "must be text" is a poor thing to say to somebody who cleared a field that has to have a value.
    name = fault.pointer.removeprefix("/")
    if name in changes and changes[name] is None and fault.code.startswith("value."):
        return Fault(fault.pointer, "field.null")
    return fault


def _same(name: str, value: Any, state: State, hidden: set[str], register: Register) -> bool:
    if name == "masked":
        return bool(value == (list(register.personal) if hidden else []))
    return bool(value == state.get(name))
