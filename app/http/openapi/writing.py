"""What a client may write and what only the register writes: told apart in the resource and in its patch."""

from collections.abc import Iterator
from typing import Any

from app.http.openapi.examples import resolved

Told = dict[str, Any]

_WRITERS = (("patch", "200"), ("put", "200"), ("post", "201"))
"""A patch knows best what can be set; a first POST also takes what is fixed from then on."""


def tell_apart(document: Told) -> None:
    """Mark what is read-only, and let what is written and what is shown share their words and examples."""
    schemas = document["components"]["schemas"]
    done: list[Told] = []
    for shown, body in _written(document, schemas):
        if any(shown is one for one in done):
            continue
        done.append(shown)
        for name, told in shown["properties"].items():
            sent = body["properties"].get(name)
            if sent is None:
                told["readOnly"] = True
            elif sent.get("readOnly"):
                told["readOnly"] = True
                sent.update(told)
            else:
                _share(sent, told)


def _share(sent: Told, shown: Told) -> None:
    for word in ("description", "examples"):
        if word in sent:
            shown.setdefault(word, sent[word])
        elif word in shown:
            sent[word] = shown[word]


def _written(document: Told, schemas: Told) -> Iterator[tuple[Told, Told]]:
    for verb, status in _WRITERS:
        for verbs in document["paths"].values():
            told = verbs.get(verb, {})
            if "requestBody" not in told or status not in told["responses"]:
                continue
            shown = resolved(told["responses"][status]["content"]["application/json"]["schema"], schemas)
            body = resolved(told["requestBody"]["content"]["application/json"]["schema"], schemas)
            if "properties" in shown and "properties" in body:
                yield shown, body
