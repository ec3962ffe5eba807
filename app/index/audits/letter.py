"""The letter that asks the ministry to correct a year: always in Bahasa Indonesia, with figures and no guesses.

It tells what was printed, what the rows give, by how much they differ, and what is asked. A cause is told only
where the audit knows one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.index.audit import Difference
from app.index.audits.implied import Implied
from app.index.editions import Edition

_FIGURES = {"iks": "IKS", "ike": "IKE", "ikl": "IKL", "idm": "IDM"}
_MINISTRY = "Kementerian Desa dan Pembangunan Daerah Tertinggal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A printed status that is not the one of the printed index."""

    index: float
    status: str
    statuses_of_index: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a letter is about."""

    edition: Edition
    village: str
    code: str
    district: str
    year: int
    differences: Sequence[Difference] = ()
    implied: Implied | None = None
    contradiction: Contradiction | None = None


def correction_request(case: Case) -> str | None:
    """The letter as plain text, a blank line between its parts; None where there is nothing to correct."""
    if not case.differences and case.contradiction is None:
        return None
    subject = case.edition.name["id"]
    return "\n\n".join(
        [
            f"Perihal: Permohonan perbaikan data {subject} Tahun {case.year}, Desa {case.village}",
            f"Yth. {_MINISTRY}\nu.p. Pengelola Data {subject}",
            "Dengan hormat,",
            f"Mohon diperiksa kembali data {subject} yang diterbitkan untuk desa berikut.",
            _village(case),
            *_differences(case),
            *_contradiction(case),
            _asked(case),
            "Atas perhatian dan kerja samanya, kami ucapkan terima kasih.",
            "Hormat kami,",
        ]
    )


def _village(case: Case) -> str:
    return "\n".join(
        [
            f"Desa: {case.village}",
            f"Kode desa: {case.code}",
            f"Kecamatan: {case.district}",
            f"Tahun: {case.year}",
        ]
    )


def _differences(case: Case) -> Iterable[str]:
    if not case.differences:
        return
    lines = [f"{at}. {_difference(case, found)}" for at, found in enumerate(case.differences, start=1)]
    rule = case.edition.regulation.title["id"]
    yield "\n".join([f"Angka yang diterbitkan tidak sesuai dengan skor indikatornya menurut {rule}:", *lines])
    yield _pair(case.edition, case.implied) if case.implied else "Penyebab perbedaan ini belum kami ketahui."


def _difference(case: Case, found: Difference) -> str:
    printed, computed = found.published, found.computed
    if isinstance(printed, str) or isinstance(computed, str):
        shown = [_status(case.edition, str(status)) for status in (printed, computed)]
        return f"Status: diterbitkan {shown[0]}; menurut skor indikator {shown[1]}."
    # What differs must be seen to differ: the tolerance is 0.00005, so six decimals always show it.
    places = 4 if f"{printed:.4f}" != f"{computed:.4f}" else 6
    apart = round(printed, places) - round(computed, places)
    return (
        f"{_FIGURES.get(found.figure, found.figure)}: diterbitkan {_number(printed, places)}; menurut skor"
        f" indikator {_number(computed, places)}; selisih {_number(apart, places, sign='+')}."
    )


def _pair(edition: Edition, implied: Implied) -> str:
    at = [edition.position[name] for name in implied.indicators]
    rows = [f"nomor {place + 1} ({edition.indicators[place].name['id']})" for place in at]
    one, other = sorted(implied.readings[0])
    return (
        f"Indikator {rows[0]} dan {rows[1]} sama-sama menampilkan skor {implied.shown[0]}. IKS yang"
        f" diterbitkan hanya sesuai apabila jumlah kedua skor itu {implied.sum}, yaitu salah satunya {one} dan"
        f" yang lain {other}. Dari jumlah itu tidak dapat diketahui skor mana yang keliru."
    )


def _contradiction(case: Case) -> Iterable[str]:
    found = case.contradiction
    if found is not None:
        meant = " atau ".join(_status(case.edition, status) for status in found.statuses_of_index)
        yield (
            f"Status yang diterbitkan, {_status(case.edition, found.status)}, tidak sesuai dengan nilai indeks"
            f" yang diterbitkan, {_number(found.index, 4)}, yang menurut {case.edition.regulation.title['id']}"
            f" termasuk status {meant}."
        )


def _asked(case: Case) -> str:
    if case.implied:
        rows = " dan ".join(str(case.edition.position[name] + 1) for name in case.implied.indicators)
        what = f"skor indikator nomor {rows} pada data asal"
    elif case.differences:
        what = "skor indikator dan angka yang diterbitkan"
    else:
        what = "nilai dan status yang diterbitkan"
    return (
        f"Sehubungan dengan itu, kami mohon {_MINISTRY} memeriksa {what}, memperbaiki yang keliru, dan"
        " menyampaikan hasilnya kepada kami."
    )


def _number(value: float, places: int, *, sign: str = "") -> str:
    return f"{value:{sign}.{places}f}".replace(".", ",")


def _status(edition: Edition, word: str) -> str:
    return next(status.name["id"] for status in edition.statuses if status.id == word)
