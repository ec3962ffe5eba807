"""PATCH is JSON Merge Patch (RFC 7396): absent keeps, null clears, read-only fields may only be sent as they are."""

from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SEPATIN = "/v1/villages/64.02.04.2001"
TIMES = ("version", "updated_at")

COUNT = st.none() | st.integers(0, 2**31 - 1)
PATCHES = st.fixed_dictionaries(
    {},
    optional={
        "name": st.none() | st.from_regex(r"[A-Za-z]{1,12}( [A-Za-z]{1,12})?", fullmatch=True),
        "latitude": st.none() | st.floats(-90, 90),
        "longitude": st.none() | st.floats(-180, 180),
        "population": COUNT,
        "households": COUNT,
    },
)


def merge(target: Any, patch: Any) -> Any:
    """RFC 7396 §2, with null kept as the value of a field that every village has."""
    return {**target, **patch}


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(PATCHES)
async def test_a_village_becomes_what_the_merge_of_the_patch_says(
    office: httpx.AsyncClient, patch: dict[str, Any]
) -> None:
    before = (await office.get(SEPATIN)).json()
    expected = merge(before, patch)
    sound = expected["name"] is not None and (expected["latitude"] is None) == (expected["longitude"] is None)

    answer = await office.patch(SEPATIN, json=patch)

    after = (await office.get(SEPATIN)).json()
    assert answer.status_code == (200 if sound else 422)
    if not sound:
        assert after == before
        return
    assert after == answer.json()
    assert {name: value for name, value in after.items() if name not in TIMES} == {
        name: value for name, value in expected.items() if name not in TIMES
    }
    assert after["version"] == before["version"] + (expected != before)


async def test_what_was_read_can_be_edited_and_sent_back(office: httpx.AsyncClient) -> None:
    read = (await office.get(SEPATIN)).json()

    answer = await office.patch(SEPATIN, json={**read, "households": 412})

    assert answer.status_code == 200
    assert answer.json() == {
        **read,
        "households": 412,
        "version": 2,
        "updated_at": answer.json()["updated_at"],
    }


@pytest.mark.parametrize("patch", [{}, {"name": "Sepatin"}, {"name": " Sepatin "}, {"population": None}])
async def test_a_patch_that_changes_nothing_is_no_new_version(
    patch: dict[str, Any], office: httpx.AsyncClient
) -> None:
    before = await office.get(SEPATIN)

    answer = await office.patch(SEPATIN, json=patch)

    assert answer.status_code == 200
    assert answer.headers["etag"] == '"1"'
    assert answer.content == before.content


async def test_a_read_only_field_may_be_sent_as_it_is_and_not_otherwise(office: httpx.AsyncClient) -> None:
    read = (await office.get(SEPATIN)).json()
    writable = {"name", "latitude", "longitude", "population", "households"}
    others: dict[str, list[Any]] = {
        "version": [2, 1.5, True, "1", None],
        "code": ["64.02.04.2002", "6402042001", None],
        "former_codes": [["64.02.04.2009"], None, {}],
        "idm_score": [0, False, ""],
        "created_at": [None, read["created_at"].lower()],
    }

    for name in read.keys() - writable:
        same = await office.patch(SEPATIN, json={name: read[name]})
        assert (same.status_code, same.json()["version"]) == (200, 1), name
    for name, values in others.items():
        for value in values:
            refused = await office.patch(SEPATIN, json={name: value, "households": 9})
            assert refused.status_code == 422, (name, value)
            assert [(e["pointer"], e["code"]) for e in refused.json()["errors"]] == [
                (f"/{name}", "read_only")
            ]
    assert (await office.get(SEPATIN)).json() == read


async def test_read_only_and_invalid_fields_are_named_together(office: httpx.AsyncClient) -> None:
    answer = await office.patch(SEPATIN, json={"kind": "kelurahan", "name": None, "latitude": None})

    assert {(error["pointer"], error["code"]) for error in answer.json()["errors"]} >= {
        ("/kind", "read_only"),
        ("/name", "field.null"),
    }


async def test_a_merge_patch_may_say_that_it_is_one(office: httpx.AsyncClient) -> None:
    answer = await office.patch(
        SEPATIN, content='{"households":5}', headers={"content-type": "application/merge-patch+json"}
    )

    assert answer.json()["households"] == 5
