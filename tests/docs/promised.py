"""What clients of a release rely on, drawn from its document: a later one may add to it and take nothing away.

`python -m tests.docs.promised` writes down what the present document promises; it is run for a release.
"""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from app.main import create_app
from app.settings import Settings

Told = Mapping[str, Any]

FILE = Path(__file__).with_name("promised.json")
_VERBS = ("get", "post", "put", "patch", "delete")


def promises(document: Told) -> dict[str, list[str]]:
    """By operation, what a client may send and what it may count on, a line each; `!` marks what it must send."""
    return {
        f"{verb.upper()} {path}": sorted({*_sent(told, document), *_answered(told, document)})
        for path, verbs in document["paths"].items()
        for verb, told in verbs.items()
        if verb in _VERBS
    }


def broken(before: Mapping[str, list[str]], now: Mapping[str, list[str]]) -> list[str]:
    """What the later document no longer keeps: lines that are gone, and things that must be sent since."""
    lost = [f"gone: {name}" for name in before if name not in now]
    for name in before.keys() & now.keys():
        had, has = set(before[name]), set(now[name])
        lost += [f"gone: {name} {line}" for line in had - has if not line.endswith("!")]
        lost += [f"needed since: {name} {line}" for line in has - had if line.endswith("!")]
    return sorted(lost)


def _sent(told: Told, document: Told) -> Iterator[str]:
    for one in told.get("parameters", ()):
        parameter = _resolved(one, document)
        yield from _named(
            f"sends {parameter['in']} {parameter['name']}", needed=parameter.get("required", False)
        )
    for media, content in _resolved(told.get("requestBody", {}), document).get("content", {}).items():
        yield f"sends {media}"
        for line, needed in _members(content.get("schema", {}), document):
            yield from _named(f"sends body {line}", needed=needed)


def _answered(told: Told, document: Told) -> Iterator[str]:
    for status, one in told["responses"].items():
        if not status.startswith("2"):
            continue
        answer = _resolved(one, document)
        yield f"answers {status}"
        yield from (f"answers {status} {name}" for name in answer.get("headers", {}))
        for media, content in answer.get("content", {}).items():
            yield f"answers {status} {media}"
            for line, _ in _members(content.get("schema", {}), document):
                yield f"answers {status} {line}"


def _named(line: str, *, needed: bool) -> Iterator[str]:
    yield line
    if needed:
        yield f"{line} !"


def _members(
    schema: Told, document: Told, at: str = "", seen: frozenset[str] = frozenset()
) -> Iterator[tuple[str, bool]]:
    """Every member below a schema with its type, and whether it must be there."""
    name = schema.get("$ref", "")
    if name in seen:
        return
    seen, schema = (seen | {name} if name else seen), _resolved(schema, document)
    for branch in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from _members(branch, document, at, seen)
    if "items" in schema:
        yield from _members(schema["items"], document, f"{at}[]", seen)
    required = schema.get("required", ())
    for member, below in schema.get("properties", {}).items():
        here = f"{at}.{member}" if at else member
        yield here, member in required
        yield from _members(below, document, here, seen)


def _resolved(told: Told, document: Told) -> Told:
    reference = told.get("$ref")
    if reference is None:
        return told
    found: Any = document
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return _resolved(found, document)


def main() -> None:
    """Write the file."""
    with tempfile.TemporaryDirectory() as folder:
        document = create_app(Settings(database_url=f"sqlite:///{folder}/none.db")).openapi()
    told = orjson.dumps(promises(document), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    FILE.write_bytes(told)


if __name__ == "__main__":
    main()
