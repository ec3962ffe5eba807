"""The published editions: complete, in two languages, and impossible to change; what only the IDM has."""

import copy
import dataclasses
import json
import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from app.index import editions
from app.index.editions import EDITIONS, Edition, Indicator, Level, Text, build
from tests.index.village_years import IDM

DATA = json.loads(Path(editions.__file__).with_name("idm-2016.json").read_text("utf-8"))
LEVELS = [(row, level) for row in IDM.indicators for level in row.levels]


def texts(edition: Edition) -> list[Text]:
    """Every text of an edition."""
    levels = [level for row in edition.indicators for level in row.levels]
    sentences = [text for level in levels for text in (level.meaning, level.activity) if text]
    notes = [row.note for row in edition.indicators if row.note]
    sectors = [sector.name for dimension in edition.dimensions for sector in dimension.sub_dimensions]
    rows = [*(row.name for row in edition.indicators), *(variable.name for variable in edition.variables)]
    heads = [*(part.name for part in edition.dimensions), *(status.name for status in edition.statuses)]
    rules = [rule.message for rule in edition.rules]
    return [*sentences, *notes, *sectors, *rows, *heads, *rules, edition.note, edition.regulation.title]


def test_the_editions_are_known_by_their_ids_and_read_once() -> None:
    assert list(EDITIONS) == ["idm-2016", "indeks-desa-2025"]
    assert len(EDITIONS) == 2
    assert EDITIONS["idm-2016"] is EDITIONS["idm-2016"]
    assert EDITIONS.get("../idm-2016") is None


def test_fifty_indicators_stand_in_official_order() -> None:
    expected = [
        f"{dimension}_{number:02}"
        for dimension, rows in (("iks", 35), ("ike", 12), ("ikl", 3))
        for number in range(1, rows + 1)
    ]

    assert [row.id for row in IDM.indicators] == expected
    assert [IDM.position[name] for name in expected] == list(range(50))


def test_the_rubric_has_178_levels_in_its_known_score_sets() -> None:
    sets = Counter("".join(str(level.score) for level in row.levels) for row in IDM.indicators)

    assert len(LEVELS) == 178
    assert sets == {
        "15": 15,
        "12345": 14,
        "035": 5,
        "135": 5,
        "0345": 3,
        "02345": 2,
        "012345": 2,
        "05": 1,
        "2345": 1,
        "0145": 1,
        "1345": 1,
    }


def test_the_parts_are_three_dimensions_six_sectors_and_22_variables() -> None:
    sectors = [sector.id for dimension in IDM.dimensions for sector in dimension.sub_dimensions]

    assert [(d.id, d.divisor, d.weight) for d in IDM.dimensions] == [
        ("iks", 175, 12),
        ("ike", 60, 35),
        ("ikl", 15, 140),
    ]
    assert sectors == ["kesehatan", "pendidikan", "modal_sosial", "permukiman", "ekonomi", "ekologi"]
    assert len(IDM.variables) == 22
    assert {row.variable for row in IDM.indicators} == {variable.id for variable in IDM.variables}


def test_the_thresholds_are_whole_points_and_the_targets_as_printed() -> None:
    assert IDM.total == 6300
    assert IDM.cut_offs == (3091, 3773, 4455, 5137)
    assert [status.target_score for status in IDM.statuses] == [
        "0.4908",
        "0.5990",
        "0.7073",
        "0.8156",
        "0.8156",
    ]
    assert [a.target == b.id for a, b in pairwise(IDM.statuses)] == [True] * 4
    assert IDM.statuses[-1].target == "mandiri"


def test_the_edition_names_its_regulation_and_its_years() -> None:
    assert IDM.regulation.number == "Permendesa PDTT 2/2016"
    assert [year for year in range(2010, 2030) if IDM.applies_to(year)] == list(range(2016, 2025))
    assert IDM.verified_years == (2021, 2024)


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda edition: edition.id)
def test_every_text_exists_in_two_languages_and_is_well_set(edition: Edition) -> None:
    for text in texts(edition):
        for sentence in (text["en"], text["id"]):
            assert sentence == sentence.strip()
            assert not sentence[0].islower()
            assert not re.search(r"  | [.,;]|[<>=≤≥]", sentence)
    assert [text for text in texts(edition) if text["en"] == text["id"]] == []


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda edition: edition.id)
def test_every_level_is_a_sentence_and_no_two_of_a_row_mean_the_same(edition: Edition) -> None:
    for row in edition.indicators:
        for language in ("en", "id"):
            meanings = [level.meaning[language] for level in row.levels]
            activities = [level.activity[language] for level in row.levels if level.activity]

            assert len(set(meanings)) == len(meanings)
            assert all(sentence.endswith(".") for sentence in (*meanings, *activities))


def test_an_activity_is_missing_only_where_the_rubric_names_none() -> None:
    silent = {(row.id, level.score) for row, level in LEVELS if level.activity is None and level.score < 5}

    assert silent == {
        *(("iks_01", 4), ("iks_06", 2), ("iks_06", 3), ("iks_06", 4), ("iks_16", 0), ("ike_02", 4)),
    }
    assert all(level.activity is None for _, level in LEVELS if level.score == 5)


def test_every_actor_is_named_and_every_named_actor_acts() -> None:
    acting = {word for row in IDM.indicators for words in row.executors.values() for word in words or ()}

    assert acting == set(IDM.actors)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", word) for word in acting)
    assert {tuple(row.executors) for row in IDM.indicators} == {editions.EXECUTORS}
    assert all(any(row.executors.values()) for row in IDM.indicators)


def test_the_village_fund_can_pay_for_these_rows() -> None:
    paid = [row.id for row in IDM.indicators if "dana_desa" in (row.executors["desa"] or ())]

    assert paid == [
        *("iks_07", "iks_11", "iks_14", "iks_17", "iks_19", "iks_23", "iks_28", "iks_33", "iks_34", "iks_35"),
        *("ike_01", "ike_04", "ike_05", "ike_11", "ike_12", "ikl_03"),
    ]


@pytest.mark.parametrize(
    "part",
    [
        IDM,
        IDM.indicators[0],
        IDM.indicators[0].levels[0],
        IDM.indicators[0].name,
        *IDM.dimensions,
        *IDM.statuses,
    ],
    ids=lambda part: type(part).__name__,
)
def test_no_part_of_an_edition_can_be_changed(part: Any) -> None:
    field = dataclasses.fields(part)[0].name

    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(part, field, None)


def test_the_mappings_of_an_edition_are_read_only() -> None:
    row: Indicator = IDM.indicators[0]
    level: Level = row.levels[0]

    for mapping, key, value in (
        (IDM.actors, "csr", level.meaning),
        (row.executors, "desa", ()),
        (row.at, 1, level),
    ):
        with pytest.raises(TypeError):
            mapping[key] = value  # type: ignore[index]  # the attempt is what is tested


def without_a_divisor(data: dict[str, Any]) -> None:
    data["dimensions"][0]["divisor"] = 170


def with_falling_cut_offs(data: dict[str, Any]) -> None:
    data["statuses"][0]["at_most"] = 4000


def with_an_unknown_target(data: dict[str, Any]) -> None:
    data["statuses"][0]["target"] = "sejahtera"


def with_a_repeated_indicator(data: dict[str, Any]) -> None:
    data["indicators"][1]["id"] = "iks_01"


def with_a_repeated_level(data: dict[str, Any]) -> None:
    data["indicators"][0]["levels"][1]["score"] = 1


def with_an_unknown_actor(data: dict[str, Any]) -> None:
    data["indicators"][0]["executors"]["pusat"] = ["nobody"]


def with_scattered_rows(data: dict[str, Any]) -> None:
    data["indicators"][0]["variable"] = "kualitas_lingkungan"


def _with_a_rule(data: dict[str, Any], **changes: Any) -> None:
    when = {"indicators": ["iks_15"], "scores": [1], "count": 1}
    then = {"indicators": ["iks_16"], "scores": [0]}
    rule = {"id": "contoh", "when": when, "then": then, "message": {"en": "Example.", "id": "Contoh."}}
    data["rules"].append({**rule, **changes})


def with_a_repeated_rule(data: dict[str, Any]) -> None:
    _with_a_rule(data)
    _with_a_rule(data)


def with_a_rule_on_an_unknown_row(data: dict[str, Any]) -> None:
    _with_a_rule(data, then={"indicators": ["iks_36"], "scores": [0]})


def with_a_rule_on_an_unknown_score(data: dict[str, Any]) -> None:
    _with_a_rule(data, then={"indicators": ["iks_16"], "scores": [1]})


def with_a_rule_that_never_applies(data: dict[str, Any]) -> None:
    _with_a_rule(data, when={"indicators": ["iks_15"], "scores": [1], "count": 2})


def test_a_rule_that_fits_the_rows_is_read() -> None:
    data = copy.deepcopy(DATA)
    _with_a_rule(data)

    rules = build(data).rules

    assert [(rule.id, rule.then.indicators, rule.message["id"]) for rule in rules] == [
        ("contoh", ("iks_16",), "Contoh.")
    ]


@pytest.mark.parametrize(
    "spoil",
    [
        *(without_a_divisor, with_falling_cut_offs, with_an_unknown_target, with_a_repeated_indicator),
        *(with_a_repeated_level, with_an_unknown_actor, with_scattered_rows, with_a_repeated_rule),
        *(with_a_rule_on_an_unknown_row, with_a_rule_on_an_unknown_score, with_a_rule_that_never_applies),
    ],
)
def test_data_that_contradicts_itself_is_no_edition(spoil: Callable[[dict[str, Any]], None]) -> None:
    data = copy.deepcopy(DATA)
    spoil(data)

    with pytest.raises(ValueError, match=r"idm-2016|side by side"):
        build(data)
