"""JSON is read strictly: every byte sequence gives a value both engines can hold, or a refusal that says where.

Malformed text, bad UTF-8 and nesting over 32 are 400; what is well formed and cannot be held (NaN, infinities,
numbers beyond 64 bits, a key twice) becomes a mark that no model accepts, so it is a 422 beside the other faults.
"""

import json
import math
from collections.abc import Callable
from typing import Any

from app.http.problems import Fault, Invalid, Unreadable

MAX_DEPTH = 32
_MAX_64 = 2**63 - 1


class Unrepresentable:
    """Stands where a number stood that JSON or the databases cannot hold; no model takes it."""


_MARK = Unrepresentable()


class _Repeated(dict[str, Any]):
    """An object in which a key stood twice."""


def _integer(text: str) -> Any:
    # 19 digits and a sign is the most that 64 bits hold; longer text is not even turned into a number.
    if len(text) > 20:
        return _MARK
    number = int(text)
    return number if -_MAX_64 - 1 <= number <= _MAX_64 else _MARK


def _fraction(text: str) -> Any:
    number = float(text)
    return number if math.isfinite(number) else _MARK


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    built = dict(pairs)
    return built if len(built) == len(pairs) else _Repeated(built)


def _escaped_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Half a surrogate pair in a key would end the validation; spelt out, it is one unknown field among the faults.
    return _object([(key.encode("utf-8", "backslashreplace").decode(), value) for key, value in pairs])


def _decoder(build: Callable[[list[tuple[str, Any]]], dict[str, Any]]) -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=build,
        parse_int=_integer,
        parse_float=_fraction,
        parse_constant=lambda name: _MARK,
    )


_plain, _escaped = _decoder(_object), _decoder(_escaped_object)


def loads(body: bytes) -> Any:
    """The value of a JSON body; raises `Unreadable` (400), or `Invalid` (422) for a repeated key."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        raise Unreadable("request.malformed_text") from bad
    # As many brackets as that are needed to go too deep; most bodies have fewer and skip the walk.
    suspicious = body.count(b"{") + body.count(b"[") > MAX_DEPTH
    try:
        value = (_escaped if "\\u" in text else _plain).decode(text)
    except RecursionError as deep:
        raise Unreadable("request.too_deep", limit=MAX_DEPTH) from deep
    except ValueError as bad:
        raise Unreadable("request.malformed_json") from bad
    if suspicious:
        _measure(value, 1)
    if body.count(b'"') > 3:
        repeated = list(_repeated(value, ""))
        if repeated:
            raise Invalid(Fault(pointer, "field.repeated") for pointer in repeated)
    return value


def _measure(value: Any, depth: int) -> None:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if depth > MAX_DEPTH and isinstance(value, dict | list):
        raise Unreadable("request.too_deep", limit=MAX_DEPTH)
    for one in inner:
        _measure(one, depth + 1)


def _repeated(value: Any, pointer: str) -> Any:
    if isinstance(value, dict):
        if isinstance(value, _Repeated):
            yield pointer
        for key, one in value.items():
            if isinstance(one, dict | list):
                yield from _repeated(one, f"{pointer}/{escape(key)}")
    elif isinstance(value, list):
        for index, one in enumerate(value):
            if isinstance(one, dict | list):
                yield from _repeated(one, f"{pointer}/{index}")


def escape(part: str) -> str:
    """One step of a JSON Pointer, safe to print whatever the caller sent as a key."""
    printable = part.encode("utf-8", "backslashreplace").decode()[:100]
    return printable.replace("~", "~0").replace("/", "~1")
