"""The letter and what a known fault implies: figures, no guesses, and never more than the sum can tell."""

import re

import pytest

from app.index.audit import Difference, audit
from app.index.audits.implied import Implied, implied
from app.index.audits.letter import Case, Contradiction, correction_request
from tests.index.village_years import IDM, VILLAGE_YEARS

LETTER_OF_JONGKANG = """\
Perihal: Permohonan perbaikan data Indeks Desa Membangun (IDM) Tahun 2024, Desa Jongkang

Yth. Kementerian Desa dan Pembangunan Daerah Tertinggal
u.p. Pengelola Data Indeks Desa Membangun (IDM)

Dengan hormat,

Mohon diperiksa kembali data Indeks Desa Membangun (IDM) yang diterbitkan untuk desa berikut.

Desa: Jongkang
Kode desa: 64.02.02.2015
Kecamatan: Contoh
Tahun: 2024

Angka yang diterbitkan tidak sesuai dengan skor indikatornya menurut Peraturan Menteri Desa, Pembangunan \
Daerah Tertinggal, dan Transmigrasi Nomor 2 Tahun 2016 tentang Indeks Desa Membangun:
1. IKE: diterbitkan 0,7667; menurut skor indikator 0,7333; selisih +0,0334.
2. IDM: diterbitkan 0,7730; menurut skor indikator 0,7619; selisih +0,0111.

Penyebab perbedaan ini belum kami ketahui.

Sehubungan dengan itu, kami mohon Kementerian Desa dan Pembangunan Daerah Tertinggal memeriksa skor indikator \
dan angka yang diterbitkan, memperbaiki yang keliru, dan menyampaikan hasilnya kepada kami.

Atas perhatian dan kerja samanya, kami ucapkan terima kasih.

Hormat kami,"""


def implied_of(village: str) -> Implied | None:
    record = VILLAGE_YEARS[village]
    verdict = audit(IDM, year=record.year, scores=record.scores, published=record.published)
    return implied(IDM, verdict.explanation, record.scores, record.published)


def case_of(village: str) -> Case:
    record = VILLAGE_YEARS[village]
    verdict = audit(IDM, year=record.year, scores=record.scores, published=record.published)
    return Case(
        edition=IDM,
        village=village,
        code=record.code,
        district="Contoh",
        year=record.year,
        differences=verdict.differences,
        implied=implied(IDM, verdict.explanation, record.scores, record.published),
    )


def letter_of(village: str) -> str:
    letter = correction_request(case_of(village))
    assert letter is not None
    return letter


def apart(**figures: float) -> str:
    printed, computed = figures["printed"], figures["computed"]
    letter = correction_request(
        Case(
            edition=IDM,
            village="Contoh",
            code="64.02.04.2099",
            district="Contoh",
            year=2024,
            differences=[Difference("idm", printed, computed)],
        )
    )
    return next(line for line in (letter or "").splitlines() if line.startswith("1. "))


@pytest.mark.parametrize(("village", "shown"), [("Barat Daya", (5, 5)), ("Gunung Singit", (1, 1))])
def test_the_true_pair_adds_up_to_six_whichever_way_it_was_shown(
    village: str, shown: tuple[int, int]
) -> None:
    pair = implied_of(village)

    assert pair is not None
    assert (pair.indicators, pair.shown, pair.sum) == (("iks_30", "iks_31"), shown, 6)
    assert pair.readings == ((1, 5), (5, 1))


def test_both_texts_say_that_it_is_evidence_and_not_proof() -> None:
    pair = implied_of("Barat Daya")

    assert pair is not None
    assert "cannot tell which" in pair.text.en
    assert "evidence, not proof" in pair.text.en
    assert "tidak dapat menunjukkan yang mana" in pair.text.id
    assert "petunjuk, bukan bukti" in pair.text.id
    assert all("{" not in text for text in (pair.text.en, pair.text.id))


@pytest.mark.parametrize("village", ["Jongkang", "Bila Talang", "Tukung Ritan", "Perian"])
def test_without_an_explanation_nothing_is_implied(village: str) -> None:
    assert implied_of(village) is None


def test_the_letter_of_an_explained_year_names_the_pair_and_not_the_wrong_row() -> None:
    letter = letter_of("Gunung Singit")

    assert "Gunung Singit" in letter
    assert "11.04.02.2005" in letter
    assert "1. IKS: diterbitkan 0,7543; menurut skor indikator 0,7314; selisih +0,0229." in letter
    assert "2. IDM: diterbitkan 0,6014; menurut skor indikator 0,5938; selisih +0,0076." in letter
    assert "3. Status: diterbitkan Berkembang; menurut skor indikator Tertinggal." in letter
    assert "sama-sama menampilkan skor 1" in letter
    assert "jumlah kedua skor itu 6, yaitu salah satunya 1 dan yang lain 5" in letter
    assert "tidak dapat diketahui skor mana yang keliru" in letter
    assert "memeriksa skor indikator nomor 30 dan 31 pada data asal" in letter


def test_the_letter_of_another_year_asks_for_a_check_and_names_no_cause() -> None:
    letter = letter_of("Jongkang")

    assert letter == LETTER_OF_JONGKANG
    assert "internet" not in letter.lower()


def test_a_label_that_contradicts_its_value_is_told_with_both() -> None:
    contradiction = Contradiction(index=0.741, status="berkembang", statuses_of_index=("maju",))

    letter = correction_request(
        Case(
            edition=IDM,
            village="Contoh",
            code="64.02.04.2099",
            district="Contoh",
            year=2024,
            contradiction=contradiction,
        )
    )

    assert letter is not None
    assert (
        "Status yang diterbitkan, Berkembang, tidak sesuai dengan nilai indeks yang diterbitkan, 0,7410"
        in letter
    )
    assert "termasuk status Maju" in letter
    assert "memeriksa nilai dan status yang diterbitkan" in letter
    assert "skor indikator" not in letter


def test_there_is_no_letter_where_nothing_asks_for_a_correction() -> None:
    assert correction_request(case_of("Perian")) is None


def test_what_differs_is_seen_to_differ() -> None:
    assert apart(printed=0.7667, computed=0.7333333) == (
        "1. IDM: diterbitkan 0,7667; menurut skor indikator 0,7333; selisih +0,0334."
    )
    assert apart(printed=0.91434, computed=0.91426) == (
        "1. IDM: diterbitkan 0,914340; menurut skor indikator 0,914260; selisih +0,000080."
    )


@pytest.mark.parametrize("village", ["Barat Daya", "Gunung Singit", "Bila Talang"])
def test_a_letter_has_no_blank_left_to_fill_in(village: str) -> None:
    letter = letter_of(village)

    assert not re.search(r"[{}\[\]]|None|\.\.|, dan dan", letter)
