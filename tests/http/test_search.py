"""`q` finds names without case and accents, all words, any part of a word, alike on both engines."""

import random

import httpx
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.http.fields import Line
from app.http.filters import folded

ANGGANA = "64.02.04"
LINE: TypeAdapter[str] = TypeAdapter(Line)


async def named(client: httpx.AsyncClient, *names: str) -> list[str]:
    """Give the first villages of Anggana these names, and the codes they have."""
    answer = await client.get("/v1/villages", params={"region": ANGGANA})
    codes = [item["code"] for item in answer.json()["items"]][: len(names)]
    for code, name in zip(codes, names, strict=True):
        answer = await client.patch(f"/v1/villages/{code}", json={"name": name})
        assert answer.status_code == 200
    return codes


async def found(client: httpx.AsyncClient, q: str, **params: str) -> list[str]:
    """The names found within Anggana."""
    answer = await client.get("/v1/villages", params={"region": ANGGANA, "q": q, **params})
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["items"]]


@pytest.mark.parametrize(
    "q",
    [
        "BUKIT RAYA",
        "raya bukit",
        "Bükït",
        "kit",
        "kit ay",
        "\uff22\uff35\uff2b\uff29\uff34",
        "bukit\u0301",
        "bukit-raya",
        " bukit  raya ",
    ],
)
async def test_a_name_is_found_whatever_its_case_accents_order_and_marks(
    q: str, office: httpx.AsyncClient
) -> None:
    await named(office, "Búkit Ŕaya", "Bukit Lain", "Raya")

    assert "Búkit Ŕaya" in await found(office, q)


@pytest.mark.parametrize("q", ["bukit jaya", "bukitraya", "rayabukit", "b.u.k.i.t z"])
async def test_every_word_has_to_match(q: str, office: httpx.AsyncClient) -> None:
    await named(office, "Bukit Raya")

    assert await found(office, q) == []


async def test_not_even_the_last_of_many_words_is_forgotten(office: httpx.AsyncClient) -> None:
    many = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"
    await named(office, many)

    assert await found(office, many) == [many]
    assert await found(office, f"{many} belas") == [many]
    assert await found(office, f"{many} duabelas") == []


@pytest.mark.parametrize("q", ["%", "_", "%%", "\\", "*", "?", "'", '"', "--", "(", ".", "^", "$"])
async def test_signs_are_no_wildcards_and_find_nothing_by_themselves(
    q: str, office: httpx.AsyncClient
) -> None:
    await named(office, "50% Raya_Baru")

    assert await found(office, q) == []


async def test_signs_between_letters_set_words_apart(office: httpx.AsyncClient) -> None:
    await named(office, "Bukit Raya")

    assert [await found(office, q) for q in ("bu_kit", "buk%raya")] == [["Bukit Raya"]] * 2
    assert [await found(office, q) for q in ("bu_xit", "b%z", "[x-z]")] == [[]] * 3


async def test_signs_in_a_name_do_not_hide_its_words(office: httpx.AsyncClient) -> None:
    await named(office, "Kota_Bangun 100% (Baru)", "Kota Bangun 1000")

    assert await found(office, "100%") == ["Kota_Bangun 100% (Baru)", "Kota Bangun 1000"]
    assert await found(office, "kota_bangun BARU") == ["Kota_Bangun 100% (Baru)"]


@pytest.mark.parametrize(
    ("name", "q"),
    [
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("\uff21\uff4e\uff47\uff47\uff41\uff4e\uff41", "anggana"),
        ("ﬁlem", "film"),
        ("Ⅻ", "xii"),
    ],
)
async def test_letters_beyond_ascii_fold_as_unicode_says(
    name: str, q: str, office: httpx.AsyncClient
) -> None:
    await named(office, name)

    assert (name in await found(office, q)) is (folded(q) in folded(name))
    assert name in await found(office, name)


NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=20
) | st.from_regex(r"[a-zA-Zéüñ%_ ]{1,15}", fullmatch=True)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(st.lists(NAMES, min_size=8, max_size=8), st.integers(), NAMES)
async def test_both_engines_find_and_order_as_the_law_says(
    office: httpx.AsyncClient, names: list[str], seed: int, other: str
) -> None:
    try:
        names = [LINE.validate_python(name) for name in names]
    except ValidationError:
        assume(False)
    codes = await named(office, *names)
    luck = random.Random(seed)  # noqa: S311  # a play that can be repeated
    one = luck.choice(names)
    parts = [one, one.upper(), one[: len(one) // 2 + 1], " ".join(reversed(one.split())), other]

    for q in parts:
        words = folded(q).split()
        expected = sorted(
            (folded(name).encode(), code, name)
            for name, code in zip(names, codes, strict=True)
            if words and all(word in folded(name) for word in words)
        )
        assert await found(office, q, sort="name") == [name for _, _, name in expected]
        assert await found(office, q, sort="-name") == [name for _, _, name in expected[::-1]]


@given(NAMES)
def test_folding_a_key_again_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name)
