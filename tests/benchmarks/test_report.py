"""The report says each figure with three digits that count."""

import pytest

from benchmarks.report import figure, table


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0123, "0.0123"),
        (1.234, "1.23"),
        (45.67, "45.7"),
        (99.96, "100"),
        (123.4, "123"),
        (23456.7, "23,457"),
    ],
)
def test_a_figure_has_three_digits_that_count(value: float, text: str) -> None:
    assert figure(value) == text


def test_the_columns_of_a_table_are_aligned() -> None:
    text = table(("", "name"), [("one", "a"), ("x", "textbook")])

    assert text.splitlines() == [
        "|     | name     |",
        "| --- | -------- |",
        "| one | a        |",
        "| x   | textbook |",
    ]
