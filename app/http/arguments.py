"""A signature is read once into readers: path, query and body become checked values with all their faults at once.

FastAPI reads the same signature for the document; here nothing is solved per request but the values themselves.
"""

import inspect
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, get_args, get_origin, get_type_hints
from urllib.parse import unquote_to_bytes

from pydantic import BaseModel, TypeAdapter, ValidationError

from app.http.ask import Ask
from app.http.fields import CONTROL, faults_of
from app.http.problems import Fault, Invalid, UnsupportedMedia
from app.http.strict_json import escape, loads

Values = dict[str, Any]
Reader = Callable[[Ask, Values, list[Fault]], None]

_JSON_TYPES = {b"application/json"}
_PATCH_TYPES = {b"application/json", b"application/merge-patch+json"}


class Signature:
    """How to fill the parameters of one operation from a request."""

    def __init__(self, endpoint: Callable[..., Awaitable[Any]], path_names: list[str]) -> None:
        hints = get_type_hints(endpoint, include_extras=True)
        self.ask: str | None = None
        self.paths: list[tuple[str, TypeAdapter[Any]]] = []
        self.query: tuple[str, type[BaseModel]] | None = None
        self.body: tuple[str, type[BaseModel]] | None = None
        for name in inspect.signature(endpoint).parameters:
            self._place(name, hints[name], path_names)

    def _place(self, name: str, hint: Any, path_names: list[str]) -> None:
        plain = get_args(hint)[0] if get_origin(hint) is Annotated else hint
        if name in path_names:
            self.paths.append((name, TypeAdapter(hint)))
        elif isinstance(plain, type) and issubclass(plain, Ask):
            self.ask = name
        elif isinstance(plain, type) and issubclass(plain, BaseModel):
            if plain is not hint:
                self.query = (name, plain)
            else:
                self.body = (name, plain)
        else:
            raise TypeError(
                f"parameter {name} is neither a path value, a query model, a body model nor an Ask"
            )

    async def values(self, ask: Ask, *, patch: bool) -> Values:
        """The arguments of the endpoint; raises `Invalid` with every fault of path, query and body."""
        values: Values = {}
        faults: list[Fault] = []
        self._read_path(ask, values, faults)
        self._read_query(ask, values, faults)
        if self.body is not None:
            await self._read_body(*self.body, ask, values, faults, patch=patch)
        if faults:
            raise Invalid(faults)
        if self.ask is not None:
            values[self.ask] = ask
        return values

    def _read_path(self, ask: Ask, values: Values, faults: list[Fault]) -> None:
        for name, adapter in self.paths:
            try:
                values[name] = adapter.validator.validate_python(ask.path_values[name])
            except ValidationError as wrong:
                faults += faults_of(wrong, f"/path/{name}")

    def _read_query(self, ask: Ask, values: Values, faults: list[Fault]) -> None:
        raw: bytes = ask.scope["query_string"]
        given = _query(raw, faults) if raw else {}
        if self.query is None:
            faults += [Fault(f"/query/{escape(name)}", "field.unknown") for name in given]
            return
        name, model = self.query
        try:
            values[name] = model.model_validate(given) if given else _defaults(model)
        except ValidationError as wrong:
            faults += faults_of(wrong, "/query")

    async def _read_body(
        self, name: str, model: type[BaseModel], ask: Ask, values: Values, faults: list[Fault], *, patch: bool
    ) -> None:
        body = await _json_body(ask, _PATCH_TYPES if patch else _JSON_TYPES)
        try:
            values[name] = model.model_validate(loads(body))
        except ValidationError as wrong:
            faults += faults_of(wrong)
        except Invalid as repeated:
            faults += repeated.faults


_kept_defaults: dict[type[BaseModel], BaseModel] = {}


def _defaults(model: type[BaseModel]) -> BaseModel:
    # A query model is frozen in practice: an empty query string needs no new one.
    kept = _kept_defaults.get(model)
    if kept is None:
        kept = _kept_defaults[model] = model.model_validate({})
    return kept


def _query(raw: bytes, faults: list[Fault]) -> dict[str, str]:
    given: dict[str, str] = {}
    for pair in raw.split(b"&"):
        if not pair:
            continue
        raw_name, _, raw_value = pair.partition(b"=")
        try:
            name = unquote_to_bytes(raw_name.replace(b"+", b" ")).decode()
            value = unquote_to_bytes(raw_value.replace(b"+", b" ")).decode()
        except UnicodeDecodeError:
            faults.append(Fault("/query", "query.malformed_text"))
            continue
        if name in given:
            faults.append(Fault(f"/query/{escape(name)}", "field.repeated"))
        elif CONTROL.search(value):
            faults.append(Fault(f"/query/{escape(name)}", "text.character"))
        given[name] = value
    return given


async def _json_body(ask: Ask, accepted: set[bytes]) -> bytes:
    if ask.raw.get(b"content-encoding", b"identity") != b"identity":
        raise UnsupportedMedia("request.encoding", pointer="/header/Content-Encoding")
    media, _, parameters = ask.raw.get(b"content-type", b"").lower().partition(b";")
    charset = parameters.strip().removeprefix(b"charset=").strip(b'"')
    if media.strip() not in accepted or (parameters.strip() and charset not in (b"utf-8", b"utf8")):
        names = " / ".join(sorted(one.decode() for one in accepted))
        raise UnsupportedMedia("request.media_type", pointer="/header/Content-Type", expected=names)
    return await ask.receive_body(ask.place.settings.body_limit)
