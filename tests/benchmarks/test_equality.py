"""Two answers are compared field by field, apart from what belongs to the server that gave them."""

from typing import Any

import pytest

from benchmarks.equality import Side, UnequalAnswersError, answers, differences

PAGE = {"items": [{"code": "97.01.01.2001", "version": 1}], "next_cursor": "a", "total": 350}


@pytest.mark.parametrize(
    ("other", "pointers"),
    [
        (PAGE, []),
        (PAGE | {"next_cursor": "b"}, []),
        (PAGE | {"next_cursor": None}, ["/next_cursor"]),
        (PAGE | {"total": 351}, ["/total"]),
        (PAGE | {"items": []}, ["/items"]),
        (PAGE | {"items": [{"code": "97.01.01.2002", "version": 2}]}, ["/items/0/code", "/items/0/version"]),
        (PAGE | {"items": [{"code": "97.01.01.2001"}]}, ["/items/0/version"]),
        (PAGE | {"more": None}, ["/more"]),
    ],
)
def test_differences_are_named_by_their_pointers(other: dict[str, Any], pointers: list[str]) -> None:
    found = list(differences(PAGE, other))

    assert found == pointers


def test_identity_and_clock_may_differ() -> None:
    found = list(differences({"id": 1, "updated_at": "a", "created_at": "b"}, {"id": 2, "updated_at": "c"}))

    assert found == []


def test_comparing_without_a_question_is_refused() -> None:
    with pytest.raises(UnequalAnswersError):
        answers(Side(0, ""), [])
