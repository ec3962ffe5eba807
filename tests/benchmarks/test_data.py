"""The synthetic villages are as many as the nation's, nobody's, and come back from a file as they were."""

from pathlib import Path

import pytest

from benchmarks import data
from benchmarks.scenarios import SCENARIOS, draw


@pytest.fixture(scope="module")
def nation() -> data.Nation:
    return data.synthetic()


def test_there_are_84_000_synthetic_villages_each_below_a_district_that_is_there(nation: data.Nation) -> None:
    codes = {region.code for region in nation.regions}

    villages = nation.villages

    assert len({village.code for village in villages}) == 84_000
    assert all(village.code[:8] in codes and village.code[:5] in codes for village in villages)
    assert all("Synthetic" in region.name for region in nation.regions)
    assert {village.code[:2] for village in villages} == set(data.PROVINCES)


def test_every_regency_of_the_synthetic_nation_fills_a_page(nation: data.Nation) -> None:
    assert len(nation.full_regencies) == len(data.PROVINCES) * data.REGENCIES


def test_a_region_table_is_read_as_it_was_written(tmp_path: Path, nation: data.Nation) -> None:
    part = data.Nation(nation.regions[:50])

    data.write(part, tmp_path / "regions.csv")

    assert data.read(tmp_path / "regions.csv") == part


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_seed_always_draws_the_same_requests(scenario: str, nation: data.Nation) -> None:
    drawn = draw(scenario, nation, seed=3, number=50)

    assert drawn == draw(scenario, nation, seed=3, number=50)
    assert drawn != draw(scenario, nation, seed=4, number=50)


def test_only_a_change_carries_the_token(nation: data.Nation) -> None:
    sent = {scenario: draw(scenario, nation, seed=1, number=1)[0].bytes("secret") for scenario in SCENARIOS}

    assert {scenario for scenario, request in sent.items() if b"Bearer secret" in request} == {"patch"}
