"""Every kind by file: new, found again, changed, and held to the rules of its own endpoints."""

import httpx

from tests.conftest import Callers
from tests.exchange.imports.sending import csv_of, places, sent

SEPATIN, PERIAN, KELURAHAN = "64.02.04.2001", "64.02.01.2001", "64.02.06.1003"


async def test_villages_are_found_by_code_and_change_what_the_row_fills(office: httpx.AsyncClient) -> None:
    body = csv_of(
        ("Kode desa", "Nama desa", "Jumlah penduduk", "Jumlah rumah tangga"),
        ("6402042001", "Sepatin", "1.234.567", ""),
        ("64.02.04.2099", "Contoh", "10", "3"),
    )

    job = await sent(office, "villages", body, mode="commit")

    assert job["status"] == "committed", job
    assert job["counts"] == {"create": 1, "update": 1, "unchanged": 0, "refused": 0}
    village = (await office.get(f"/v1/villages/{SEPATIN}")).json()
    assert (village["population"], village["version"]) == (1_234_567, 2)
    assert (await office.get("/v1/villages/64.02.04.2099")).json()["households"] == 3


async def test_who_may_not_register_villages_may_still_change_them(
    callers: Callers, office: httpx.AsyncClient
) -> None:
    operator = await callers.holding("operator", name="operator")
    body = csv_of(("code", "name", "population"), (SEPATIN, "Sepatin", "5"), ("64.02.04.2099", "Contoh", "5"))

    job = await sent(operator, "villages", body)

    assert places(job) == {(3, None, "access.forbidden")}
    assert job["status"] == "refused"


async def test_cooperatives_are_held_to_the_rule_of_their_name(office: httpx.AsyncClient) -> None:
    header = ("Kode desa/kelurahan", "Nama koperasi", "Jenis", "Tanggal berdiri", "Unit usaha")
    wrong = csv_of(
        header,
        ("64.02.04.2002", "Koperasi Contoh", "Desa Merah Putih", "31/12/2024", "sembako (aktif); obat"),
    )
    right = csv_of(
        header,
        ("64.02.04.2002", "Koperasi Contoh", "lainnya", "31/12/2024", "sembako (aktif); obat"),
        ("64.02.04.2003", "Koperasi Contoh Dua", "lainnya", "03/04/2025", ""),
    )

    refused = await sent(office, "cooperatives", wrong)
    ambiguous = await sent(office, "cooperatives", right)
    partly = await sent(office, "cooperatives", right, mode="commit", partial="true")

    assert places(refused) == {(2, "Nama koperasi", "cooperative.name_rule")}
    assert refused["errors"][0]["suggestion"].startswith("Koperasi Desa Merah Putih")
    assert places(ambiguous) == {(3, "Tanggal berdiri", "value.date")}
    assert ambiguous["errors"][0]["suggestion"] == "2025-04-03"
    assert (partly["status"], partly["counts"]["create"]) == ("committed", 1)
    (one,) = (await office.get("/v1/cooperatives?q=koperasi contoh")).json()["items"]
    assert one["established_on"] == "2024-12-31"
    assert one["units"] == [{"unit": "sembako", "status": "aktif"}, {"unit": "obat", "status": None}]


async def test_a_name_that_another_cooperative_bears_is_named_at_its_cell(office: httpx.AsyncClient) -> None:
    header = ("village_code", "name", "kind")
    body = csv_of(header, (SEPATIN, "Koperasi Contoh", "lainnya"), (PERIAN, "Koperasi  Contoh", "lainnya"))

    job = await sent(office, "cooperatives", body, mode="commit")

    assert job["status"] == "refused"
    assert places(job) == {(3, "name", "cooperative.name_taken")}


async def test_a_kelurahan_has_no_training_paid_by_the_village_fund(office: httpx.AsyncClient) -> None:
    kelurahan = (await office.get("/v1/villages?kind=kelurahan&limit=1")).json()["items"][0]["code"]
    header = ("Kode desa/kelurahan", "Judul pelatihan", "Fokus", "Tahun", "Mulai", "Sumber dana", "Kuota")
    body = csv_of(
        header,
        (kelurahan, "Pelatihan Contoh", "salah", "2024", "2024-05-01", "dana_desa (1000000, 2024)", "30"),
        (
            SEPATIN,
            "Pelatihan Contoh",
            "kewirausahaan",
            "2024",
            "2024-05-01",
            "dana_desa (1000000, 2024)",
            "30",
        ),
    )

    plan = await sent(office, "trainings", body)
    commit = await sent(office, "trainings", body, mode="commit", partial="true")

    assert places(plan) == {
        (2, "Fokus", "value.choice"),
        (2, "Sumber dana", "training.dana_desa_kelurahan"),
    }
    assert commit["counts"] == {"create": 1, "update": 0, "unchanged": 0, "refused": 1}
    (one,) = (await office.get("/v1/trainings?q=pelatihan contoh")).json()["items"]
    assert one["funds"] == [{"source": "dana_desa", "amount_idr": 1_000_000, "fiscal_year": 2024}]


async def test_legality_events_are_told_once_and_stay(office: httpx.AsyncClient) -> None:
    body = csv_of(
        ("event_id", "village_code", "Tahapan", "Hasil", "Tanggal", "Nomor", "Alasan"),
        ("contoh-1", SEPATIN, "musdesus", "tercapai", "2025-05-20", "", ""),
        ("contoh-2", SEPATIN, "SK AHU", "terbit", "2025-06-30", "AHU-0000001.AH.01.29.TAHUN 2025", ""),
        ("contoh-3", SEPATIN, "npwp", "terbit", "2025-06-30", "12", ""),
        ("contoh-4", SEPATIN, "akta", "returned", "2030-06-30", "", ""),
    )

    plan = await sent(office, "legality-events", body)
    first = await sent(office, "legality-events", body, mode="commit", partial="true")
    again = await sent(office, "legality-events", body, mode="commit", partial="true")
    undone = await office.post(f"/v1/imports/{first['id']}/undo")

    assert places(plan) >= {(4, "Nomor", "npwp.malformed"), (5, "Alasan", "field.required")}, plan
    assert first["counts"] == {"create": 2, "update": 0, "unchanged": 0, "refused": 2}, first
    assert again["counts"] == {"create": 0, "update": 0, "unchanged": 2, "refused": 2}
    assert again["status"] == "refused"
    assert undone.status_code == 409
    assert undone.json()["code"] == "import.ledger_stays"


async def test_what_lies_beyond_reach_is_not_found(callers: Callers, office: httpx.AsyncClient) -> None:
    operator = await callers.holding("operator", region="64.02.04", name="anggana")
    ukm = {"name": "UKM Contoh", "village_code": PERIAN, "owner_kind": "kelompok"}
    other = (await office.post("/v1/ukms", json=ukm)).json()
    body = csv_of(
        ("id", "village_code", "name", "owner_kind"),
        ("", PERIAN, "UKM Contoh", "kelompok"),
        (other["id"], SEPATIN, "UKM Contoh", "kelompok"),
        ("", SEPATIN, "UKM Contoh", "kelompok"),
    )

    job = await sent(operator, "ukms", body)

    assert places(job) == {(2, "village_code", "village.not_found"), (3, "id", "ukm.not_found")}


async def test_an_import_asks_for_the_permission_of_its_kind(callers: Callers) -> None:
    integrator = await callers.holding("integrator", name="sender")
    viewer = await callers.holding("viewer", name="viewer")

    ukms = await integrator.post("/v1/imports/ukms", content=b"a;b", headers={"content-type": "text/csv"})
    none = await viewer.post("/v1/imports/ukms", content=b"a;b", headers={"content-type": "text/csv"})

    assert (ukms.status_code, none.status_code) == (403, 403)
    assert ukms.json()["errors"][0]["message"].endswith("ukms:write.")
