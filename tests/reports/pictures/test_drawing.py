"""The drawing alone: any data give a sheet on which nothing lies over anything and every number is right."""

from collections import Counter
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cooperatives.milestones import STAGES
from app.http.catalogue import Language
from app.reports.legality import PAPERS
from app.reports.pictures.flows import Aside, status_flows
from app.reports.pictures.funnel import legality_funnel
from app.reports.pictures.letters import fitted, width_of
from app.reports.pictures.marks import MARKS
from app.reports.pictures.paper import LANDSCAPE, Paper
from app.reports.pictures.placing import Wanted, meet, placed
from app.reports.pictures.projecting import KM_A_DEGREE, Frame, projection, round_length
from app.reports.pictures.sentences import MONTHS, SENTENCES
from app.reports.pictures.spots import MOST_MARKS, Village
from app.reports.pictures.village_map import village_map
from app.reports.pictures.words import HIGHEST_FIRST, STATUSES, Tongue
from tests.reports.pictures.reading import Picture

LANGUAGES: tuple[Language, ...] = ("en", "id")
HOSTILE = '</title><script>alert("&amp;")</script> \N{CAT FACE} ' + "W" * 160
PAIRS = st.tuples(st.sampled_from(HIGHEST_FIRST), st.sampled_from(HIGHEST_FIRST))


def village(number: int, longitude: float, latitude: float, **known: str | None) -> Village:
    name = known.get("name") or f"Contoh {number}"
    return Village(
        f"64.02.{1 + number % 20:02}.{2001 + number}", name, "desa", latitude, longitude, known.get("status")
    )


@given(st.dictionaries(PAIRS, st.integers(1, 20_000), min_size=1), st.sampled_from(LANGUAGES))
def test_any_flows_are_drawn_without_one_text_over_another(
    flows: dict[tuple[str, str], int], language: Language
) -> None:
    tongue = Tongue(language)

    picture = Picture(
        status_flows(
            flows, years=(2023, 2024), aside=Aside(99_999, 88_888, 7), region="Contoh", tongue=tongue
        )
    )

    assert list(picture.faults()) == []
    assert not [words for words in picture.words if "…" in words]
    whole = tongue.number(sum(flows.values()))
    assert picture.row(tongue.say("total"))[-1] == whole
    for start in HIGHEST_FIRST:
        counts = [flows.get((start, end), 0) for end in HIGHEST_FIRST]
        rows = [one for one in picture.texts if one.words == tongue.status(start)]
        row = [one.words for one in picture.texts if one.base == rows[-1].base][1:]
        assert row == [tongue.number(count) for count in (*counts, sum(counts))]


@given(st.integers(0, 30_000), st.randoms(use_true_random=False), st.sampled_from(LANGUAGES))
def test_any_counts_make_a_funnel_that_only_narrows(whole: int, random: Random, language: Language) -> None:
    stages = Counter(random.choices(STAGES, k=whole)) if whole < 1000 else Counter({"berbadan_hukum": whole})
    share = {"numerator": whole // 3, "denominator": whole}
    counts = {
        "cooperatives": whole,
        "stages": {stage: {"numerator": stages[stage], "denominator": whole} for stage in STAGES},
        "papers": dict.fromkeys(PAPERS, share),
        "loan_ready": share,
    }
    tongue = Tongue(language)

    picture = Picture(legality_funnel(counts, day=tongue.day("2025-06-30"), region="Contoh", tongue=tongue))

    assert list(picture.faults()) == []
    assert not [words for words in picture.words if "…" in words]
    assert bool(whole) != (tongue.say("funnel_empty") in picture.words)
    if whole:
        reached = [stages[stage] for stage in ("terbentuk", "pemesanan_nama", "akta_terbit", "diajukan")]
        formed = sum(reached) + stages["berbadan_hukum"]
        of = tongue.say("of", part=tongue.number(formed), whole=tongue.number(whole))
        assert picture.row(tongue.say("terbentuk"))[0] == of


@given(
    st.lists(
        st.tuples(st.floats(-180, 180), st.floats(-90, 90), st.sampled_from([*STATUSES, None])), max_size=60
    ),
    st.sampled_from(LANGUAGES),
)
def test_any_places_on_earth_make_a_map_with_a_mark_each(
    places: list[tuple[float, float, str | None]], language: Language
) -> None:
    villages = [village(number, *where, status=status) for number, (*where, status) in enumerate(places)]
    names = {f"64.02.{number:02}": f"Kecamatan Contoh {number}" for number in range(1, 21)}

    picture = Picture(village_map(villages, year=2024, region="Contoh", names=names, tongue=Tongue(language)))

    assert list(picture.faults()) == []
    assert picture.marks().total() == len(places)
    assert picture.marks() == Counter(one.mark for one in villages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_name_is_text_and_is_cut_to_its_room(language: Language) -> None:
    villages = [village(1, 116.0, -0.5, name=HOSTILE, status="maju")]

    picture = Picture(
        village_map(villages, year=2024, region=HOSTILE, names={"64.02.02": HOSTILE}, tongue=Tongue(language))
    )

    assert list(picture.faults()) == []
    assert HOSTILE in picture.title
    assert [words for words in picture.words if words.startswith("</title><script>") and words.endswith("…")]
    (hint,) = [
        one.text for one in picture.root.iter() if one.tag.endswith("title") and "64.02" in str(one.text)
    ]
    assert hint is not None
    assert hint.startswith(HOSTILE)


def test_what_xml_cannot_hold_is_left_out() -> None:
    paper = Paper("contoh", LANDSCAPE, language="id")
    paper.tell("a\x00b\ud800c\uffffd", "e")

    assert Picture(paper.svg()).title == "abcd"


def test_very_many_villages_become_marks_of_squares_and_every_one_is_counted() -> None:
    random = Random(64)  # noqa: S311  # places
    villages = [
        village(number, random.uniform(95, 141), random.uniform(-11, 6), status=random.choice(HIGHEST_FIRST))
        for number in range(12_000)
    ]
    tongue = Tongue("en")

    text = village_map(villages, year=2024, region="Contoh", names={}, tongue=tongue)

    picture = Picture(text)
    counts = Counter(one.mark for one in villages)
    assert len(villages) > MOST_MARKS
    assert 500 < picture.marks().total() < len(villages) / 4
    assert picture.row("All") == ["12,000"]
    assert [picture.row(tongue.status(one))[0] for one in STATUSES] == [
        tongue.number(counts[one]) for one in STATUSES
    ]
    assert any(words.startswith("One mark a square of") for words in picture.words)
    assert len(text) < 300_000


def test_a_degree_is_as_long_eastwards_as_the_latitude_makes_it_and_north_is_up() -> None:
    frame = Frame(0, 0, 600, 600)

    equator = projection([(115.0, -1.0), (117.0, 1.0)], frame, edge=0)
    north = projection([(10.0, 59.0), (12.0, 61.0)], frame, edge=0)

    (west, south), (east, top) = equator.at(115.0, -1.0), equator.at(117.0, 1.0)
    assert (west, south, east, top) == pytest.approx((0, 600, 600, 0))
    assert equator.units_a_km == pytest.approx(300 / KM_A_DEGREE)
    assert north.at(11.0, 60.0)[0] - north.at(10.0, 60.0)[0] == pytest.approx(150)
    assert north.at(11.0, 60.0)[1] - north.at(11.0, 61.0)[1] == pytest.approx(300)


@given(st.floats(0.001, 1e5))
def test_a_scale_bar_is_round_and_nearly_as_long_as_it_may_be(most: float) -> None:
    length = round_length(most)

    assert most / 2.5 <= length * (1 + 1e-9)
    assert length <= most * (1 + 1e-9)
    assert f"{length:e}"[0] in "125"


@given(
    st.lists(st.tuples(st.text("ABCabc ", min_size=1, max_size=30), st.floats(0, 300), st.floats(0, 300))),
    st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300))),
)
def test_no_name_is_placed_over_another_or_outside_the_frame(
    names: list[tuple[str, float, float]], marks: list[tuple[float, float]]
) -> None:
    frame = Frame(0, 0, 300, 300)

    done = placed([Wanted(*name) for name in names], marks, frame, size=10, reach=5)

    for place, one in enumerate(done):
        assert one.box.left >= 0
        assert one.box.left + one.box.width <= 300
        assert not any(meet(one.box, other.box) for other in done[:place])


@given(text=st.text(), width=st.floats(20, 500), size=st.floats(6, 24), bold=st.booleans())
def test_a_text_is_cut_only_where_it_must_be(*, text: str, width: float, size: float, bold: bool) -> None:
    shown = fitted(text, width, size, bold=bold)

    if width_of(text, size, bold=bold) <= width:
        assert shown == text
    else:
        assert shown.endswith("…")
        assert text.startswith(shown[:-1])
        assert len(shown) == 1 or width_of(shown, size, bold=bold) <= width


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_per_cent_are_rounded_half_up_to_a_decimal(part: int, more: int) -> None:
    whole = part + more

    told = Tongue("id").share(part, whole)

    exact, shown = part * 1000, int(told[:-1].replace(",", ""))
    assert (2 * shown - 1) * whole <= 2 * exact < (2 * shown + 1) * whole


def test_numbers_days_and_hours_are_written_as_each_language_writes_them() -> None:
    english, indonesian = Tongue("en"), Tongue("id")

    assert (english.number(84_000), indonesian.number(84_000)) == ("84,000", "84.000")
    assert (english.number(0.5), indonesian.number(0.5)) == ("0.5", "0,5")
    assert (english.share(1, 0), indonesian.share(87, 193)) == ("–", "45,1%")
    assert (english.day("2025-05-28"), indonesian.day("2025-08-17")) == ("28 May 2025", "17 Agustus 2025")


def test_every_sentence_is_there_in_both_languages_with_the_same_facts() -> None:
    def facts(text: str) -> set[str]:
        return {part.partition("}")[0] for part in text.split("{")[1:]}

    for name, text in SENTENCES.items():
        assert text.en, name
        assert facts(text.en) == facts(text.id), name
    assert len(MONTHS) == 12


def test_each_status_has_a_form_of_its_own_and_a_grey_that_rises_with_it() -> None:
    greys = []
    for status in STATUSES:
        red, green, blue = bytes.fromhex(MARKS[status].fill[1:])
        greys.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)

    assert len({mark.form for mark in MARKS.values()}) == len(MARKS)
    assert greys == sorted(greys)
    assert min(after - before for before, after in pairwise(greys)) > 25
