"""Every operation tells a client all it needs; nothing of FastAPI's own answers is left in the document."""

from collections.abc import Iterator
from typing import Any

from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.docs.conftest import Documented

Told = dict[str, Any]


def names(one: Documented, place: str) -> set[str]:
    return {parameter["name"] for parameter in one.told["parameters"] if parameter["in"] == place}


def headers(one: Documented, status: str) -> set[str]:
    return set(one.told["responses"][status]["headers"])


def good(one: Documented) -> dict[str, Told]:
    return {status: told for status, told in one.told["responses"].items() if status.startswith("2")}


def missing(documented: list[Documented], lacks: Any) -> list[str]:
    return [f"{one.verb} {one.path}" for one in documented if lacks(one)]


def every_object(told: Any) -> Iterator[Told]:
    if isinstance(told, dict):
        yield told
        for value in told.values():
            yield from every_object(value)
    elif isinstance(told, list):
        for value in told:
            yield from every_object(value)


def test_the_document_is_valid_openapi_3_1(document: Told) -> None:
    faults = [fault.message for fault in OpenAPIV31SpecValidator(document).iter_errors()]

    assert document["openapi"].startswith("3.1.")
    assert faults == []


def test_every_operation_has_a_summary_a_description_and_the_name_of_its_function(
    documented: list[Documented],
) -> None:
    ids = [one.told["operationId"] for one in documented]

    assert missing(documented, lambda one: not one.told.get("summary")) == []
    assert missing(documented, lambda one: len(one.told.get("description", "")) < 10) == []
    assert missing(documented, lambda one: one.told["operationId"] != one.served.endpoint.__name__) == []
    assert len(ids) == len(set(ids))


def test_every_tag_is_described_and_stands_in_the_order_of_the_page(
    document: Told, documented: list[Documented]
) -> None:
    used = {tag for one in documented for tag in one.told["tags"]}

    first, *_, last = (tag["name"] for tag in document["tags"])

    assert (first, last) == ("Villages", "Operation")
    assert {tag["name"] for tag in document["tags"] if tag["description"]} == used
    assert missing(documented, lambda one: len(one.told["tags"]) != 1) == []


def test_every_parameter_is_described_and_a_path_shows_a_value(documented: list[Documented]) -> None:
    def undescribed(one: Documented) -> list[str]:
        return [told["name"] for told in one.told["parameters"] if not told.get("description")]

    def without_example(one: Documented) -> list[str]:
        parameters = [told for told in one.told["parameters"] if told["in"] == "path"]
        return [told["name"] for told in parameters if not told.get("example")]

    assert missing(documented, undescribed) == []
    assert missing(documented, without_example) == []


def test_no_optional_parameter_is_filled_in_by_the_page(documented: list[Documented]) -> None:
    def filled_in(one: Documented) -> list[str]:
        optional = [told for told in one.told["parameters"] if not told.get("required")]
        return [told["name"] for told in optional if "example" in told or "examples" in told]

    assert missing(documented, filled_in) == []


def test_every_operation_speaks_the_callers_language(documented: list[Documented]) -> None:
    assert missing(documented, lambda one: "Accept-Language" not in names(one, "header")) == []


def test_a_representation_with_a_version_has_a_tag_and_can_be_asked_for_again(
    document: Told, documented: list[Documented]
) -> None:
    def tagged(one: Documented) -> bool:
        shown = [
            told["content"].get("application/json", {}) for told in good(one).values() if "content" in told
        ]
        names_of = [media.get("schema", {}).get("$ref", "").rpartition("/")[2] for media in shown]
        return any(
            {"version", "next_cursor"}
            & document["components"]["schemas"].get(name, {}).get("properties", {}).keys()
            for name in names_of
        )

    with_tag = [one for one in documented if tagged(one)]
    reading = [one for one in with_tag if one.verb == "get"]

    assert len(reading) > 5
    assert (
        missing(with_tag, lambda one: any("ETag" not in headers(one, status) for status in good(one))) == []
    )
    assert missing(reading, lambda one: "304" not in one.told["responses"]) == []
    assert missing(reading, lambda one: "If-None-Match" not in names(one, "header")) == []


def test_a_change_can_be_made_conditional(documented: list[Documented]) -> None:
    changing = [one for one in documented if one.verb in ("patch", "put", "delete")]

    assert len(changing) > 5
    assert missing(changing, lambda one: "If-Match" not in names(one, "header")) == []
    assert missing(changing, lambda one: not {"412", "428"} <= one.told["responses"].keys()) == []


def test_a_post_that_stores_can_be_sent_again(documented: list[Documented]) -> None:
    storing = [one for one in documented if one.served.stores]

    assert len(storing) > 3
    assert missing(storing, lambda one: "Idempotency-Key" not in names(one, "header")) == []
    assert (
        missing(storing, lambda one: any("Idempotent-Replayed" not in headers(one, at) for at in good(one)))
        == []
    )
    assert missing(storing, lambda one: "Retry-After" not in headers(one, "409")) == []


def test_what_is_new_tells_its_address_and_a_page_the_next_one(documented: list[Documented]) -> None:
    new = [one for one in documented if "201" in one.told["responses"]]
    lists = [one for one in documented if "cursor" in names(one, "query")]

    assert new
    assert lists
    assert missing(new, lambda one: "Location" not in headers(one, "201")) == []
    assert missing(lists, lambda one: "Link" not in headers(one, "200")) == []


def test_every_answer_is_described_and_has_a_request_id(documented: list[Documented]) -> None:
    def unsaid(one: Documented) -> list[str]:
        responses = one.told["responses"]
        return [status for status in responses if not responses[status]["description"].strip()]

    def untraced(one: Documented) -> list[str]:
        return [status for status in one.told["responses"] if "X-Request-ID" not in headers(one, status)]

    stock = missing(documented, lambda one: "Successful Response" in str(one.told))

    assert missing(documented, unsaid) == []
    assert missing(documented, untraced) == []
    assert stock == []


def test_every_refusal_is_a_problem_shown_as_it_is_sent(documented: list[Documented]) -> None:
    def unlike(one: Documented) -> list[str]:
        wrong = []
        for status, told in one.told["responses"].items():
            if status.startswith("2") or status == "304":
                continue
            media = told["content"].get("application/problem+json", {})
            shown = media.get("example", {})
            if (
                list(told["content"]) != ["application/problem+json"]
                or media["schema"] != {"$ref": "#/components/schemas/Problem"}
                or shown.get("status") != int(status)
                or not shown.get("errors")
            ):
                wrong.append(status)
        return wrong

    assert missing(documented, unlike) == []


def test_every_operation_documents_what_any_request_can_meet(documented: list[Documented]) -> None:
    needed = {"401", "422", "500", "503"}
    with_body = [one for one in documented if "requestBody" in one.told]
    guarded = [one for one in documented if one.served.permission is not None]

    assert missing(documented, lambda one: not needed <= one.told["responses"].keys()) == []
    assert missing(documented, lambda one: "Retry-After" not in headers(one, "503")) == []
    assert missing(documented, lambda one: "WWW-Authenticate" not in headers(one, "401")) == []
    assert missing(with_body, lambda one: not {"400", "413", "415"} <= one.told["responses"].keys()) == []
    assert missing(guarded, lambda one: "403" not in one.told["responses"]) == []
    assert missing(guarded, lambda one: {"bearer": []} not in one.told["security"]) == []


def test_nothing_has_a_body_where_http_allows_none(documented: list[Documented]) -> None:
    def with_body(one: Documented) -> list[str]:
        return [status for status in ("204", "304") if "content" in one.told["responses"].get(status, {})]

    moved = [one for one in documented if "308" in one.told["responses"]]

    assert missing(documented, with_body) == []
    assert moved
    assert missing(moved, lambda one: "Location" not in headers(one, "308")) == []


def test_a_patch_is_sent_as_a_merge_patch_or_as_json(documented: list[Documented]) -> None:
    patches = [one for one in documented if one.verb == "patch"]
    accepted = ["application/merge-patch+json", "application/json"]

    assert patches
    assert missing(patches, lambda one: list(one.told["requestBody"]["content"]) != accepted) == []


def test_what_only_the_register_writes_is_read_only(document: Told) -> None:
    village = document["components"]["schemas"]["Village"]["properties"]
    patch = document["components"]["schemas"]["VillagePatch"]["properties"]

    written = {name for name, told in village.items() if not told.get("readOnly")}

    assert written == {"name", "latitude", "longitude", "population", "households"}
    assert {name for name, told in patch.items() if not told.get("readOnly")} == written
    assert patch["version"]["type"] == "integer"


def test_null_is_a_type_of_its_own_and_only_where_null_is_understood(
    document: Told, documented: list[Documented]
) -> None:
    patch = document["components"]["schemas"]["VillagePatch"]["properties"]
    nullable = [told for told in every_object(document) if "nullable" in told and "properties" not in told]

    def null_in_a_parameter(one: Documented) -> bool:
        return any({"type": "null"} in told["schema"].get("anyOf", []) for told in one.told["parameters"])

    assert nullable == []
    assert missing(documented, null_in_a_parameter) == []
    assert {"type": "null"} in patch["households"]["anyOf"]
    assert patch["name"]["type"] == "string"


def test_an_answer_may_grow_and_a_body_may_not(document: Told) -> None:
    schemas = document["components"]["schemas"]

    assert "additionalProperties" not in schemas["Village"]
    assert schemas["NewVillage"]["additionalProperties"] is False


def test_schemas_bear_the_names_of_the_trade(document: Told) -> None:
    strange = [name for name in document["components"]["schemas"] if not name.isidentifier()]

    assert strange == []
    assert {"Village", "NewVillage", "VillagePatch", "VillagePage", "Problem"} <= document["components"][
        "schemas"
    ].keys()
    assert "HTTPValidationError" not in document["components"]["schemas"]
