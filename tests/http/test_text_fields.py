"""Every field of every request that takes text either refuses the number of a person or stands here with its reason."""

import inspect
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Any, get_args

import httpx
import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from app.main import create_app
from app.settings import Settings
from tests.cooperatives.registering import OTHER, address, registered
from tests.ukms.registering import UKM

NIK = "6402990101009999"
SENTENCE = f"peserta dengan nomor {NIK} hadir"

NO_FREE_TEXT = {
    "*.sort": "a few words that the list knows",
    "*Query.cursor": "ours, and bound to its list",
    "ChangesQuery.after": "ours, a place in the feed",
    "Replay.after": "ours, a place in the feed",
    "*Subscription*.url": "where a receiver listens: any digits may stand in an address",
    "*Query.as_of": "a day or an instant, judged by the operation",
    "LegalityQuery.known_at": "a day or an instant, judged by the operation",
    "LegalityBatch.events": "each event is judged alone, as an event by itself is",
    "LegalityEvent.event_id": "another system's own name of a thing: any digits may stand in it",
    "LegalityEvent.supersedes": "another system's own name of a thing: any digits may stand in it",
    "get_legality_receipt.event_id": "another system's own name of a thing: any digits may stand in it",
    "LegalityEvent.number": "judged with its milestone: an NPWP or an account may have any 16 digits, others not",
    "Outbox.operations": "each operation is judged alone, as the single request is",
    "OutboxOperation.resource_id": "the address of a thing",
    "EditionPlanOptions.target_status": "a status that the edition knows",
    "PlanOptions.exclude": "indicators that the edition knows",
    "*.edition": "an edition that exists",
    "docs_asset.asset": "a file that exists",
    "get_problem_type.code": "a code that exists",
    "receive_legality_webhook.source": "a source that has a secret",
    "Credentials.name": "compared with the names that exist, not kept",
    "*.password": "kept only as a hash",
    "NewPassword.*": "kept only as a hash",
}


def _declared(model: type[BaseModel], name: str) -> str:
    first = next(one for one in reversed(model.__mro__) if name in inspect.get_annotations(one))
    return f"{first.__name__}.{name}"


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for info in annotation.model_fields.values():
            yield from _models(info.annotation)
    for part in get_args(annotation):
        yield from _models(part)


def _takes(adapter: TypeAdapter[Any], text: str) -> bool:
    for given in (text, [text]):
        try:
            adapter.validate_python(given, strict=True)
        except (ValidationError, TypeError):
            continue
        return True
    return False


@pytest.fixture(scope="module")
def fields() -> dict[str, TypeAdapter[Any]]:
    """The fields of all paths, queries and bodies, by the operation or by the model that declares them."""
    told: dict[str, TypeAdapter[Any]] = {}
    for operation in create_app(Settings(database_url="sqlite:///never-opened.db")).operations:
        signature = operation.signature
        told |= {f"{operation.name}.{name}": adapter for name, adapter in signature.paths}
        for part in (signature.query, signature.body):
            for model in _models(part[1]) if part else ():
                for name, info in model.model_fields.items():
                    # What a patch shows besides is compared with what is there, never written.
                    if info.annotation is not Any:
                        told[_declared(model, name)] = TypeAdapter(info.rebuild_annotation())
    return told


def test_no_text_takes_the_number_of_a_person(fields: dict[str, TypeAdapter[Any]]) -> None:
    taking = {name for name, adapter in fields.items() if _takes(adapter, NIK) or _takes(adapter, SENTENCE)}

    unexplained = {name for name in taking if not any(fnmatch(name, known) for known in NO_FREE_TEXT)}
    stale = {known for known in NO_FREE_TEXT if not any(fnmatch(name, known) for name in taking)}
    assert len(fields) > 150
    assert unexplained == set(), "use Line, Paragraph or Search, or say in NO_FREE_TEXT why it is none"
    assert stale == set()


def _faults(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]]


async def test_it_is_refused_wherever_it_stands_and_said_why_in_both_languages(
    office: httpx.AsyncClient,
) -> None:
    told = {
        **UKM,
        "name": SENTENCE,
        "owner_name": "Contoh 64 02 99 010100 9999",
        "products": [{"name": "Kerupuk", "packaging": NIK}],
        "certificates": [{"kind": "lainnya", "number": NIK}],
    }

    answers = [
        await office.post("/v1/ukms", json=told, headers={"accept-language": language})
        for language in ("en", "id")
    ]

    places = ["/name", "/owner_name", "/products/0/packaging", "/certificates/0/number"]
    assert [_faults(answer) for answer in answers] == [
        [(place, "text.population_nik") for place in places]
    ] * 2
    assert [answer.status_code for answer in answers] == [422, 422]
    english, indonesian = (answer.json()["errors"][0]["message"] for answer in answers)
    assert "Leave it out" in english
    assert "Hapus nomornya" in indonesian
    assert all(NIK not in answer.text for answer in answers)


async def test_a_patch_and_a_search_are_held_to_it_too(office: httpx.AsyncClient) -> None:
    place = address(await registered(office))

    patched = await office.patch(place, json={"address": f"Jl. Contoh\n{NIK}"})
    searched = [
        await office.get(f"/v1/{things}?q={NIK}")
        for things in ("ukms", "cooperatives", "groups", "trainings")
    ]

    assert _faults(patched) == [("/address", "text.population_nik")]
    assert [_faults(answer) for answer in searched] == [[("/query/q", "text.population_nik")]] * 4


async def test_the_numbers_of_bodies_have_any_digits(office: httpx.AsyncClient) -> None:
    place = f"{address(await registered(office, OTHER))}/legality-events"
    event = {"outcome": "achieved", "occurred_on": "2025-06-30"}

    told = {
        milestone: await office.post(
            place, json={**event, "event_id": f"{NIK}{milestone}", "milestone": milestone, "number": NIK}
        )
        for milestone in ("npwp", "rekening", "akta", "rat")
    }
    named = await office.post(place, json={**event, "event_id": NIK, "milestone": "musdesus"})

    assert {milestone: answer.is_success for milestone, answer in told.items()} == {
        "npwp": True,
        "rekening": True,
        "akta": False,
        "rat": False,
    }
    assert _faults(told["akta"]) == [("/number", "text.population_nik")]
    assert named.is_success
