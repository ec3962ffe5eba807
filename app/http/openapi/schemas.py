"""Schemas as a client should meet them: plain names, whole limits, and formats by the contract's endings."""

from typing import Any

from app.http.openapi.examples import REF
from app.http.problems import Problem

Told = dict[str, Any]

_FORMATS = {"at": "date-time", "on": "date"}
_SAID = {
    "id": "made by the register, a UUIDv7",
    "version": "from 1; rises with everything that this representation shows",
    "created_at": "when it was registered",
    "updated_at": "when it last changed",
    "village_code": "the present Kemendagri code of its village",
    "masked": "the personal fields that are hidden from this caller",
}


def tidied(document: Told) -> Told:
    """The document with its schemas tidied, and the problem's among them."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    problem = Problem.model_json_schema(ref_template=f"{REF}{{model}}")
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem
    names = _public_names(schemas)
    plain: Told = _plain(document, {f"{REF}{name}": f"{REF}{public}" for name, public in names.items()})
    told = plain["components"]["schemas"]
    plain["components"]["schemas"] = dict(sorted((names[name], told[name]) for name in told))
    _open_answers(plain)
    return plain


def _public_names(schemas: Told) -> dict[str, str]:
    # `VillageOut` is a village; where the plain name is a body's already, the answer keeps its own.
    plain = {name: name.removesuffix("Out") for name in schemas}
    return {
        name: public if name == public or public not in schemas else name for name, public in plain.items()
    }


def _plain(told: Any, names: dict[str, str]) -> Any:
    """A copy without titles that only repeat names, with whole limits and the contract's names and formats."""
    if isinstance(told, list):
        return [_plain(one, names) for one in told]
    if not isinstance(told, dict):
        return told
    plain = {name: _plain(value, names) for name, value in told.items()}
    if isinstance(plain.get("$ref"), str):
        plain["$ref"] = names[plain["$ref"]]
    if isinstance(plain.get("title"), str) and plain.keys() & {"type", "anyOf", "$ref", "readOnly"}:
        del plain["title"]
    if plain.get("type") == "integer":
        plain |= {name: int(plain[name]) for name in ("minimum", "maximum") if name in plain}
    if isinstance(plain.get("properties"), dict) and plain.get("type") == "object":
        _by_convention(plain["properties"])
    return plain


def _by_convention(properties: Told) -> None:
    registered = "created_at" in properties
    for name, told in properties.items():
        if registered and name in _SAID:
            told.setdefault("description", _SAID[name])
        wanted = "uuid" if registered and name == "id" else _FORMATS.get(name.rpartition("_")[2])
        for option in (told, *told.get("anyOf", ())):
            if wanted and option.get("type") == "string":
                option.setdefault("format", wanted)


def _open_answers(document: Told) -> None:
    # A new field in an answer breaks nobody who was told to expect it; in a body, an unknown field is a fault.
    sent: set[str] = set()
    for verbs in document["paths"].values():
        for told in verbs.values():
            _reach(told.get("requestBody"), document["components"]["schemas"], sent)
    for name, schema in document["components"]["schemas"].items():
        if name not in sent and schema.get("additionalProperties") is False:
            del schema["additionalProperties"]


def _reach(told: Any, schemas: Told, found: set[str]) -> None:
    if isinstance(told, list):
        for one in told:
            _reach(one, schemas, found)
    elif isinstance(told, dict):
        name = str(told.get("$ref", "")).removeprefix(REF)
        if name in schemas and name not in found:
            found.add(name)
            _reach(schemas[name], schemas, found)
        for value in told.values():
            _reach(value, schemas, found)
