"""What a release promised its clients, the next one keeps: nothing is taken away, and nothing new must be sent."""

from typing import Any

import orjson

from tests.docs.promised import FILE, broken, promises

Told = dict[str, Any]


def test_the_document_keeps_what_the_last_release_promised(document: Told) -> None:
    released = orjson.loads(FILE.read_bytes())

    assert broken(released, promises(document)) == []
    assert len(released) > 100


def test_what_is_taken_away_or_newly_required_would_be_noticed(document: Told) -> None:
    before = promises(document)
    told = orjson.loads(orjson.dumps(document))
    schemas = told["components"]["schemas"]
    del schemas["Village"]["properties"]["latitude"]
    schemas["NewVillage"]["required"].append("population")
    del told["paths"]["/v1/regions/{code}"]

    found = broken(before, promises(told))

    assert "gone: GET /v1/regions/{code}" in found
    assert "gone: GET /v1/villages answers 200 items[].latitude" in found
    assert "needed since: POST /v1/villages sends body population !" in found
