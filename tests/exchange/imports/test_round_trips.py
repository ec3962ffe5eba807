"""What goes out comes in again: an export or a template that is sent back changes what was changed alone."""

from typing import Any

import httpx
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.exchange.imports.editing import edited, headers, rows
from tests.exchange.imports.sending import places, sent

SEPATIN = "64.02.04.2001"
ID = {"accept-language": "id"}
UKM = {
    "name": "UKM Contoh",
    "village_code": SEPATIN,
    "owner_kind": "kelompok",
    "owner_name": "Contoh",
    "phone": "+6281200000000",
    "members": 8,
    "founded_on": "2020-02-29",
    "nib": "0123456789012",
    "products": [
        {"name": "Kerupuk", "unit": "kg", "monthly_capacity": 2.5},
        {"name": "Amplang", "packaging": "toples"},
    ],
    "certificates": [{"kind": "halal", "number": "ID-1", "issued_on": "2024-01-31"}],
    "channels": ["warung", "pasar"],
    "capital_idr": 75_000_000,
}


@pytest.fixture
async def ukm(office: httpx.AsyncClient) -> dict[str, object]:
    """A UKM of which everything is known."""
    answer = await office.post("/v1/ukms", json=UKM)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


@pytest.mark.parametrize("form", ["format=xlsx", "format=csv", "format=csv&dialect=excel"])
async def test_an_export_that_nobody_changed_changes_nothing(
    office: httpx.AsyncClient, ukm: dict[str, object], form: str
) -> None:
    export = await office.get(f"/v1/ukms?{form}", headers=ID)

    job = await sent(office, "ukms", export.content, mode="commit")

    assert (job["status"], job["errors"], job["counts"]["refused"]) == ("unchanged", [], 0)
    assert job["counts"]["unchanged"] == 1


async def test_an_edited_export_changes_what_was_edited(
    office: httpx.AsyncClient, ukm: dict[str, object]
) -> None:
    export = await office.get("/v1/ukms?format=xlsx&q=contoh", headers=ID)

    def change(sheet: Worksheet) -> None:
        at = headers(sheet)
        sheet.cell(2, at["Modal (Rp)"]).value = 80_000_000
        sheet.cell(2, at["Jumlah anggota"]).value = None
        sheet.cell(2, at["Skala usaha"]).value = None

    job = await sent(office, "ukms", edited(export.content, change), mode="commit")
    now = (await office.get(f"/v1/ukms/{ukm['id']}")).json()

    assert (job["status"], job["counts"]["update"]) == ("committed", 1), job
    differing = {name for name in now if now[name] != ukm[name]}
    assert differing == {"capital_idr", "members", "version", "updated_at"}
    assert (now["capital_idr"], now["members"]) == (80_000_000, None)


async def test_a_stale_version_is_refused_and_what_only_the_register_says_cannot_be_changed(
    office: httpx.AsyncClient, ukm: dict[str, object]
) -> None:
    export = await office.get("/v1/ukms?format=xlsx&q=contoh", headers=ID)
    await office.patch(f"/v1/ukms/{ukm['id']}", json={"members": 9})

    def change(sheet: Worksheet) -> None:
        sheet.cell(2, headers(sheet)["Skala usaha"]).value = "besar"

    stale = await sent(office, "ukms", export.content, mode="commit")
    changed = await sent(office, "ukms", edited(export.content, change), mode="commit")

    assert places(stale) == {(2, "Versi", "import.stale")}
    assert {code for _, _, code in places(changed)} >= {"read_only"}
    assert (await office.get(f"/v1/ukms/{ukm['id']}")).json()["members"] == 9


async def test_the_same_file_again_is_unchanged_although_its_versions_are_old(
    office: httpx.AsyncClient, ukm: dict[str, object]
) -> None:
    export = await office.get("/v1/ukms?format=xlsx&q=contoh", headers=ID)

    def change(sheet: Worksheet) -> None:
        sheet.cell(2, headers(sheet)["Jumlah anggota"]).value = 12

    body = edited(export.content, change)
    first = await sent(office, "ukms", body, mode="commit")
    again = await sent(office, "ukms", body, mode="commit")

    assert (first["status"], again["status"]) == ("committed", "unchanged")


async def test_what_an_export_hides_is_not_cleared_when_it_comes_back(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient, ukm: dict[str, object]
) -> None:
    export = await visitor.get("/v1/ukms?format=xlsx&q=contoh", headers=ID)

    job = await sent(office, "ukms", export.content, mode="commit")

    assert job["status"] == "unchanged", job
    assert (await office.get(f"/v1/ukms/{ukm['id']}")).json()["owner_name"] == "Contoh"


@pytest.mark.parametrize("kind", ["villages", "cooperatives", "ukms", "trainings", "idm"])
async def test_a_template_as_it_comes_changes_nothing(
    office: httpx.AsyncClient, ukm: dict[str, object], kind: str
) -> None:
    figures = {"published": {"idm": 0.7, "status": "berkembang"}, "source": "Contoh"}
    assert (await office.put(f"/v1/villages/{SEPATIN}/idm/2024", json=figures)).status_code == 201
    training: dict[str, Any] = {
        "title": "Pelatihan Contoh",
        "village_code": SEPATIN,
        "focus": "lainnya",
        "year": 2024,
    }
    training |= {"funds": [{"source": "csr", "amount_idr": 5_000_000}, {"source": "apbd_kabupaten"}]}
    assert (await office.post("/v1/trainings", json=training)).status_code == 201
    cooperative: dict[str, Any] = {"name": "Koperasi Contoh", "village_code": SEPATIN, "kind": "lainnya"}
    cooperative |= {
        "units": [{"unit": "sembako", "status": "aktif"}],
        "member_village_codes": ["64.02.04.2002"],
    }
    assert (await office.post("/v1/cooperatives", json=cooperative)).status_code == 201

    form = await office.get(f"/v1/imports/{kind}/template.xlsx?region=64.02.04", headers=ID)
    assert form.status_code == 200, form.text
    job = await sent(office, kind, form.content, mode="commit")

    assert (job["status"], job["errors"]) == ("unchanged", []), job
    assert job["counts"]["unchanged"] == len(rows(form.content)) - 1 > 0


async def test_a_template_without_a_region_is_empty(office: httpx.AsyncClient) -> None:
    form = await office.get("/v1/imports/legality-events/template.xlsx")

    assert form.status_code == 200
    assert len(rows(form.content)) == 1


async def test_the_workbook_comes_back_with_its_bad_cells_marked(office: httpx.AsyncClient) -> None:
    form = await office.get("/v1/imports/ukms/template.xlsx", headers=ID)

    def fill(sheet: Worksheet) -> None:
        at = headers(sheet)
        told = {"Kode desa/kelurahan": "64.02.1", "Nama UKM": "UKM Contoh", "Jenis pemilik": "klompok"}
        for header, value in told.items():
            sheet.cell(2, at[header]).value = value

    job = await sent(office, "ukms", edited(form.content, fill))
    marked = await office.get(f"/v1/imports/{job['id']}/annotated", headers=ID)
    again = await sent(office, "ukms", marked.content)

    assert places(job) == {
        (2, "Kode desa/kelurahan *", "code.malformed"),
        (2, "Jenis pemilik *", "value.choice"),
    }
    assert marked.status_code == 200
    assert marked.headers["content-disposition"].endswith('.xlsx"')
    assert places(again) == places(job)
    choice = next(one for one in job["errors"] if one["code"] == "value.choice")
    assert choice["suggestion"] == "kelompok"
