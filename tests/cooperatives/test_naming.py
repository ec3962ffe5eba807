"""The naming rule of the Koperasi Merah Putih, alone and on all of Kukar's villages."""

from collections import Counter

import pytest

from app.cooperatives.naming import KINDS, is_merah_putih, merah_putih_name
from app.http.filters import folded
from app.regions.codes import kind_of
from app.seed import kukar_data


@pytest.mark.parametrize(
    ("village_kind", "expected"),
    [
        ("desa", "Koperasi Desa Merah Putih Contoh"),
        ("desa_adat", "Koperasi Desa Merah Putih Contoh"),
        ("kelurahan", "Koperasi Kelurahan Merah Putih Contoh"),
    ],
)
def test_a_name_says_which_kind_of_village_it_is_of(village_kind: str, expected: str) -> None:
    name = merah_putih_name(
        village_kind=village_kind, village_name="Contoh", district_name="Lain", repeated=False
    )

    assert name == expected


def test_a_village_name_that_repeats_takes_the_district_behind_it() -> None:
    name = merah_putih_name(
        village_kind="desa", village_name="Bukit Raya", district_name="Samboja", repeated=True
    )

    assert name == "Koperasi Desa Merah Putih Bukit Raya Kecamatan Samboja"


def test_every_kind_of_village_has_its_kind_of_cooperative() -> None:
    assert all(is_merah_putih(kind) for kind in KINDS.values())
    assert not is_merah_putih("lainnya")


def test_in_kukar_8_names_repeat_over_17_villages_and_the_rule_makes_237_different_ones() -> None:
    lines = list(kukar_data.lines("regions.csv"))
    districts = {line["code"]: line["name"] for line in lines if line["level"] == "district"}
    villages = [line for line in lines if line["level"] == "village"]
    times = Counter(folded(village["name"]) for village in villages)

    names = {
        merah_putih_name(
            village_kind=kind_of(village["code"]),
            village_name=village["name"],
            district_name=districts[village["code"][:8]],
            repeated=times[folded(village["name"])] > 1,
        )
        for village in villages
    }

    assert sorted(count for count in times.values() if count > 1) == [2, 2, 2, 2, 2, 2, 2, 3]
    assert len({folded(name) for name in names}) == 237
    assert sum("Kecamatan" in name for name in names) == 17
