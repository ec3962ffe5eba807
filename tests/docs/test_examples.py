"""Examples are requests that were made and what was answered; each is what its schema says."""

from collections.abc import Iterator
from typing import Any

import orjson
from openapi_schema_validator import OAS31Validator

from app.http.openapi import recorded
from tests.docs.conftest import Documented
from tests.docs.record import recording_on
from tests.docs.session import SESSION

Told = dict[str, Any]

MAKING_THEM = "run: python -m tests.docs.record"


def shown(media: Told) -> Iterator[Any]:
    """The values of the examples of one media type."""
    if "example" in media:
        yield media["example"]
    for example in media.get("examples", {}).values():
        yield example["value"]


def contents(one: Documented) -> Iterator[tuple[str, Told]]:
    """Every media type of an operation, with where it stands."""
    for media, told in one.told.get("requestBody", {}).get("content", {}).items():
        yield f"{one.verb} {one.path} sent as {media}", told
    for status, response in one.told["responses"].items():
        for media, told in response.get("content", {}).items():
            yield f"{one.verb} {one.path} {status} {media}", told


def test_every_body_and_every_answer_has_an_example(documented: list[Documented]) -> None:
    without = [place for one in documented for place, media in contents(one) if not list(shown(media))]

    assert without == []


def test_every_example_is_what_its_schema_says(document: Told, documented: list[Documented]) -> None:
    wrong, seen = [], 0
    for one in documented:
        for place, media in contents(one):
            judge = OAS31Validator({**media["schema"], "components": document["components"]})
            for value in shown(media):
                seen += 1
                wrong += [f"{place}: {fault.json_path} {fault.message}" for fault in judge.iter_errors(value)]

    assert seen > 100
    assert wrong == []


def test_every_example_of_a_body_passes_the_checks_of_the_server(documented: list[Documented]) -> None:
    # A file is no JSON: what is in it is judged row by row, behind the door.
    bodies = [one for one in documented if "requestBody" in one.told and one.served.name != "import_file"]

    assert bodies
    for one in bodies:
        assert one.served.signature.body is not None
        _, model = one.served.signature.body
        for media in one.told["requestBody"]["content"].values():
            for value in shown(media):
                model.model_validate_json(orjson.dumps(value), strict=True)


def test_no_example_is_a_stopgap(documented: list[Documented]) -> None:
    stopgaps = [
        place
        for one in documented
        for place, media in contents(one)
        for value in shown(media)
        if '"…"' in orjson.dumps(value).decode()
    ]

    assert stopgaps == [], f"give the fields examples, or the session a step and {MAKING_THEM}"


def test_the_session_asks_every_operation_under_v1(documented: list[Documented]) -> None:
    of_the_api = {one.served.name for one in documented if one.path.startswith("/v1/")}
    asked = {name for name, told in orjson.loads(recorded.FILE.read_bytes()).items() if told}

    assert of_the_api - asked == set(), f"give tests/docs/session/ a step for each and {MAKING_THEM}"


async def test_the_examples_are_what_the_register_of_kukar_answers_today(empty_database: str) -> None:
    recording = await recording_on(empty_database)

    assert recording == orjson.loads(recorded.FILE.read_bytes()), MAKING_THEM


def test_whatever_is_made_up_says_so() -> None:
    made = [step.body for step in SESSION if step.method == "POST" and step.status == 201 and step.body]
    named = [str(told.get("name", told.get("title"))) for told in made if {"name", "title"} & told.keys()]

    assert len(named) > 3
    assert [name for name in named if "contoh" not in name.lower()] == []
