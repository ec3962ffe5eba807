"""The IDM by file: the ministry's layouts of 2023 and 2024, the fifty scores in columns, and its rumusan documents."""

import json
from typing import Any

import httpx

from tests.exchange.imports.sending import book_of, csv_of, places, sent

SEPATIN, PERIAN = "64.02.04.2001", "64.02.01.2001"
OF_2023 = (
    *("KODE_PROV", "PROVINSI", "KODE_KAB_KOT", "KABUPATEN_KOTA", "KODE_KEC", "KECAMATAN", "KODE_DESA_DAGRI"),
    *("DESA", "IKS_2023", "IKE_2023", "IKL_2023", "NILAI_IDM_2023", "STATUS_IDM_2023", "UPDATE"),
)
OF_2024 = (
    *("KODE_PROV", "NAMA_PROVINSI", "KODE_KAB", "NAMA_KABUPATEN", "KODE_KEC", "NAMA_KECAMATAN", "KODE_DESA"),
    *("NAMA_DESA", "IKS_2024", "IKE_2024", "IKL_2024", "NILAI_IDM_2024", "STATUS_IDM_2024", "Keterangan"),
)
ROWS = {"iks": "50545555555555555235555555353555555", "ike": "555555555355", "ikl": "454"}


def line(code: Any, *figures: Any) -> tuple[Any, ...]:
    """A row of either layout; the places around the village are made up."""
    return (64, "CONTOH", 6402, "CONTOH", 640204, "CONTOH", code, "CONTOH", *figures)


def rumusan(code: str, year: int) -> dict[str, Any]:
    """A document in the ministry's shape, with what this register reads of it."""
    rows: list[dict[str, Any]] = []
    for name, digits in ROWS.items():
        rows += [{"NO": number, "SKOR": int(digit)} for number, digit in enumerate(digits, start=1)]
        rows.append(
            {
                "NO": None,
                "INDIKATOR": name.upper(),
                "SKOR": {"iks": 0.9143, "ike": 0.9667, "ikl": 0.8667}[name],
            }
        )
    rows += [{"NO": None, "SKOR": 0.9159}, {"NO": None, "SKOR": "Mandiri"}]
    summary = {"SKOR_SAAT_INI": 0.9159, "STATUS": "MANDIRI", "TAHUN": year}
    identity = [{"id_desa": code.replace(".", ""), "nama_desa": "CONTOH"}]
    return {
        "status": 200,
        "error": False,
        "mapData": {"SUMMARIES": summary, "ROW": rows, "IDENTITAS": identity},
    }


async def test_the_layout_of_2023_names_its_year_in_the_headers(office: httpx.AsyncClient) -> None:
    body = book_of(
        OF_2023,
        line(6402042001, 0.8, 0.7, 0.6, 0.7, "BERKEMBANG", 2023),
        line("64.02.01.2001", 0.9, 0.9, 0.9, 0.9, "MANDIRI", 2022),
        sheet="Sheet1",
    )

    job = await sent(office, "idm", body, mode="commit")

    assert job["status"] == "committed", job
    record = (await office.get(f"/v1/villages/{SEPATIN}/idm/2023")).json()
    assert record["published"] == {"iks": 0.8, "ike": 0.7, "ikl": 0.6, "idm": 0.7, "status": "berkembang"}
    assert record["source"] == "Kemendesa PDTT, IDM 2023"


async def test_the_layout_of_2024_may_hold_a_reason_in_place_of_a_score(office: httpx.AsyncClient) -> None:
    body = book_of(
        OF_2024,
        line(6402042001, 0.8, 0.7, 0.6, 0.7, "BERKEMBANG", "Update 2023"),
        line(6402012001, None, None, None, "Tidak ada data", None, "Server PDN"),
        line(6403040001, 0.8, 0.7, 0.6, 0.7, "BERKEMBANG", None),
        sheet="IDM 2024",
    )

    job = await sent(office, "idm", body, mode="commit", partial="true")

    assert job["counts"] == {"create": 1, "update": 0, "unchanged": 0, "refused": 2}
    assert places(job) == {
        (3, "NILAI_IDM_2024", "value.number"),
        (4, "KODE_DESA", "code.bps"),
    }


async def test_published_figures_leave_the_scores_of_the_year_as_they_are(office: httpx.AsyncClient) -> None:
    scores = {name: [int(digit) for digit in digits] for name, digits in ROWS.items()}
    await office.put(f"/v1/villages/{SEPATIN}/idm/2024", json={**scores, "source": "Contoh"})
    body = book_of(OF_2024, line(6402042001, 0.9143, 0.9667, 0.8667, 0.9159, "MANDIRI", None))

    job = await sent(office, "idm", body, mode="commit")
    again = await sent(office, "idm", body, mode="commit")

    assert job["counts"]["update"] == 1, job
    assert again["status"] == "unchanged"
    record = (await office.get(f"/v1/villages/{SEPATIN}/idm/2024")).json()
    assert record["published"]["idm"] == 0.9159
    assert record["ike"] == 0.9667 or record["idm"]
    assert (
        record["scores"]["iks"] == scores["iks"] if isinstance(record["scores"], dict) else record["scores"]
    )


async def test_fifty_scores_stand_in_columns_under_any_of_their_names(office: httpx.AsyncClient) -> None:
    digits = [int(digit) for name in ROWS for digit in ROWS[name]]
    own = [f"{name}_{place + 1:02}" for name in ROWS for place in range(len(ROWS[name]))]
    by_order = [f"Skor Contoh {number}" for number in range(50)]

    named = book_of(("KODE_DESA", "Tahun", "Sumber", *own), (6402042001, 2024, "Contoh", *digits))
    ordered = book_of(("KODE_DESA", "Tahun", "Sumber", *by_order), (6402042001, 2024, "Contoh", *digits))
    wrong = book_of(("KODE_DESA", "Tahun", "Sumber", *own), (6402042001, 2024, "Contoh", 9, *digits[1:]))

    first = await sent(office, "idm", named, mode="commit")
    again = await sent(office, "idm", ordered, mode="commit")
    refused = await sent(office, "idm", wrong)

    assert (first["status"], again["status"]) == ("committed", "unchanged"), (first, again)
    assert places(refused) == {(2, "iks_01", "idm.score_outside_rubric")}


async def test_a_rumusan_document_is_read_as_it_comes(office: httpx.AsyncClient) -> None:
    body = json.dumps([rumusan(SEPATIN, 2024), rumusan(PERIAN, 2024)]).encode()
    lines = b"\n".join(json.dumps(rumusan(code, 2023)).encode() for code in (SEPATIN, PERIAN))

    job = await sent(office, "idm", body, media="application/json", mode="commit")
    more = await sent(office, "idm", lines, media="application/json", mode="commit")
    none = await sent(office, "idm", b'{"mapData": {}}', media="application/json")

    assert job["counts"]["create"] == more["counts"]["create"] == 2, (job, more)
    record = (await office.get(f"/v1/villages/{SEPATIN}/idm/2024")).json()
    assert record["published"]["status"] == "mandiri"
    assert record["idm"] is not None
    assert none["status"] == "refused"


async def test_a_kelurahan_and_a_row_twice_are_refused(office: httpx.AsyncClient) -> None:
    kelurahan = (await office.get("/v1/villages?kind=kelurahan&limit=1")).json()["items"][0]["code"]
    header = ("Kode desa", "Tahun", "Nilai IDM", "Sumber")
    body = csv_of(
        header,
        (kelurahan, 2024, "0,7", "Contoh"),
        (SEPATIN, 2024, "0,7", "Contoh"),
        (SEPATIN, 2024, "0,8", "Contoh"),
        (PERIAN, 2025, "0,8", "Contoh"),
    )

    job = await sent(office, "idm", body)

    assert places(job) == {
        (2, "Kode desa", "idm.kelurahan"),
        (4, None, "import.row_repeated"),
        (5, "Tahun", "idm.year"),
    }, job
