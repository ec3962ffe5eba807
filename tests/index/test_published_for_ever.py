"""A published edition never changes: neither its data nor what follows from it, byte for byte."""

import hashlib
from pathlib import Path

import orjson
import pytest

from app.index import editions
from app.index.editions import PUBLISHED, Language
from app.index.formula import calculate, describe
from app.index.methods.presenting import explained
from tests.index.indeks_desa import INDEKS_DESA, VILLAGES
from tests.index.village_years import IDM, VILLAGE_YEARS

FILES = {
    "idm-2016": "265aa8edf85c1ebe5a2e3dca22f02bf06c3813507f22f55d54a7c07db365b6d5",
    "indeks-desa-2025": "e65c16005acd78e7f1ee049ce747e0cb847b6e99f39c89febf9246918a95dd82",
}
ANSWERS: dict[tuple[str, Language], str] = {
    ("idm-2016", "en"): "c40b00940831db67136752e6851eab377421bde6c70936858b8f808fabb5a208",
    ("idm-2016", "id"): "ef5c0e653dd58cad107cbf86eafbc7961ec7a30f8f56715eae5ed01c72f0255e",
    ("indeks-desa-2025", "en"): "12c1dbc37e0213bcee4bbe3b1e0238dc5b7edac7f96b3757ff6e665779e1a8bc",
    ("indeks-desa-2025", "id"): "310f05f759576918a32641d0685206a8a5ae0d329e53e991351f359f747af02a",
}
A_NEW_EDITION = (
    "{name} is published and does not change. Publish the change as a new edition: a file of its own in"
    " app/index/editions, its name in PUBLISHED, its digest here."
)


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def test_each_published_edition_has_its_digest_here() -> None:
    assert set(PUBLISHED) == set(FILES) == {name for name, _ in ANSWERS}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_data_of_a_published_edition_never_changes(name: str) -> None:
    data = Path(editions.__file__).with_name(f"{name}.json").read_bytes()

    assert digest(data) == FILES[name], A_NEW_EDITION.format(name=name)


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_same_scores_by_indeks_desa_give_the_same_bytes_for_ever(language: Language) -> None:
    answers = [explained(INDEKS_DESA, calculate(INDEKS_DESA, one.scores), language) for one in VILLAGES]

    assert digest(orjson.dumps(answers)) == ANSWERS["indeks-desa-2025", language]


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_same_scores_by_the_idm_give_the_same_bytes_for_ever(language: Language) -> None:
    results = [calculate(IDM, one.scores) for one in VILLAGE_YEARS.values()]
    answers = [(describe(IDM, result, language), explained(IDM, result, language)) for result in results]

    assert digest(orjson.dumps(answers)) == ANSWERS["idm-2016", language]
