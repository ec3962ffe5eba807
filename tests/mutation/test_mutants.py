"""The faults that are planted: which there are, and what is left alone."""

import pytest

from tests.mutation.mutants import mutants


def changes(source: str, *only: str) -> list[str]:
    """What the mutants of a source changed."""
    return [one.change for one in mutants(source, "contoh.py", frozenset(only))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = a < b", ["a < b -> a <= b", "a < b -> a >= b"]),
        ("x = a and b", ["a and b -> a or b"]),
        ("x = not a", ["not a -> a"]),
        ("x = min(a)", ["min -> max"]),
        ("x = 3", ["3 -> 4"]),
        ("x = 'word'", ["'word' -> 'wordx'"]),
        ("def f():\n    return a", ["return a -> return None"]),
        ("def f():\n    g()", ["g() -> pass"]),
        ("x = [a for a in b if a]", ["[a for a in b if a] -> [a for a in b]"]),
    ],
)
def test_each_kind_of_fault_is_planted(source: str, expected: list[str]) -> None:
    assert changes(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        '"""Said to people."""',
        "def f(a: 'word') -> 'word':\n    '''Said to people.'''",
        "x = 'two words'",
        "TEXTS = {'a': 1}",
        "X = Literal['a']",
    ],
)
def test_what_is_only_said_is_left_alone(source: str) -> None:
    assert changes(source) == []


def test_a_mutant_runs_with_its_fault_and_the_next_one_without_it() -> None:
    told = []
    for one in mutants("x = 1\ny = 2", "contoh.py"):
        room: dict[str, int] = {}
        exec(one.code, room)  # noqa: S102  # our own source
        told.append((room["x"], room["y"]))

    assert told == [(2, 2), (1, 3)]


def test_only_what_is_named_is_changed() -> None:
    assert changes("x = 1\ny = 2", "y") == ["2 -> 3"]
