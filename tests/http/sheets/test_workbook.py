"""What a workbook keeps of what it is given: every text as it is and never a formula, numbers, days, nothing and 0."""

from datetime import datetime

import httpx

from tests.conftest import Callers
from tests.http.sheets.reading import XLSX, cells, first_sheet, table, workbook
from tests.personal import OWNER, PHONE

SEPATIN, TANI_BARU = "64.02.04.2001", "64.02.04.2003"
FORMULA = ("=", "+", "-", "@")
HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://contoh.test","x")',
    "+62",
    "-1",
    "@SUM(A1)",
    "_x0041_ _x000D_",
    "__x0041__",
    "0012",
    "1e5",
    "6402042001",
    "2025-01-01",
    "true",
    "A & <b> \"c\" 'd'",
    "🏡 Kampung",
    "قرية",
    "é́",
    "x" * 200,
)


async def ukm(client: httpx.AsyncClient, **fields: object) -> None:
    told = {"name": "Usaha Contoh", "owner_kind": "kelompok", "village_code": SEPATIN, **fields}
    made = await client.post("/v1/ukms", json=told)
    assert made.status_code == 201, made.text


async def column(client: httpx.AsyncClient, name: str, path: str = "/v1/ukms") -> list[object]:
    """The cells of a column, by its header in Bahasa Indonesia."""
    book = await client.get(path, params={"format": "xlsx"}, headers={"accept-language": "id"})
    header, *rows = table(book.content)
    return [row[header.index(name)] for row in rows]


async def test_every_text_is_kept_as_it_is_and_none_is_a_formula(office: httpx.AsyncClient) -> None:
    for name in HOSTILE:
        made = await office.post(
            "/v1/groups", json={"name": name, "kind": "kelompok_usaha", "village_code": SEPATIN}
        )
        assert made.status_code == 201, made.text

    book = await office.get("/v1/groups?format=xlsx&sort=name")

    names = [item["name"] for item in (await office.get("/v1/groups?limit=100&sort=name")).json()["items"]]
    assert [row[1] for row in table(book.content)[1:]] == names
    assert len(names) == len(HOSTILE)
    for row in cells(book.content)[1:]:
        assert row[1].data_type == "s"
        assert row[1].quotePrefix == str(row[1].value).startswith(FORMULA)


async def test_codes_and_long_numbers_are_text_and_numbers_are_numbers(office: httpx.AsyncClient) -> None:
    await ukm(office, nib="0012345678901", capital_idr=9_007_199_254_740_991)
    await ukm(office, nib="1112345678901", capital_idr=999_999_999_999_999)

    nibs, capitals = await column(office, "NIB"), await column(office, "Modal (Rp)")
    codes = await column(office, "Kode desa/kelurahan")

    assert sorted(map(str, nibs)) == ["0012345678901", "1112345678901"]
    assert all(isinstance(nib, str) for nib in nibs)
    assert set(capitals) == {"9007199254740991", 999_999_999_999_999}
    assert codes == [SEPATIN, SEPATIN]


async def test_nothing_is_an_empty_cell_and_zero_is_zero(office: httpx.AsyncClient) -> None:
    await office.patch(f"/v1/villages/{SEPATIN}", json={"population": 0, "households": None})

    people = await column(office, "Jumlah penduduk", "/v1/villages")
    homes = await column(office, "Jumlah rumah tangga", "/v1/villages")

    place = (await column(office, "Kode desa/kelurahan", "/v1/villages")).index(SEPATIN)
    assert (people[place], homes[place]) == (0, None)


async def test_a_day_is_a_date_and_one_before_the_calendar_of_excel_is_text(
    office: httpx.AsyncClient,
) -> None:
    for day in ("0001-01-01", "1900-02-28", "1900-03-01", "2020-02-29"):
        await ukm(office, name=f"Contoh {day}", founded_on=day)
    await ukm(office, name="Contoh tanpa tanggal")

    days = await column(office, "Tanggal berdiri")

    assert days == [
        "0001-01-01",
        "1900-02-28",
        *map(datetime.fromisoformat, ("1900-03-01", "2020-02-29")),
        None,
    ]


async def test_an_instant_is_on_the_clock_that_its_header_names(office: httpx.AsyncClient) -> None:
    await ukm(office)
    (told,) = (await office.get("/v1/ukms")).json()["items"]

    (at,) = await column(office, "Diubah (Asia/Makassar)")

    assert isinstance(at, datetime)
    hours = at - datetime.fromisoformat(told["updated_at"]).replace(tzinfo=None, microsecond=0)
    assert hours.total_seconds() == 8 * 3600


async def test_a_list_is_one_cell_that_can_be_read(office: httpx.AsyncClient) -> None:
    products = [{"name": "Kerupuk", "unit": "bungkus", "monthly_capacity": 1200.5}, {"name": "Amplang"}]
    await ukm(office, products=products, channels=["pasar", "warung"])

    assert await column(office, "Produk") == ["Kerupuk (bungkus, 1200.5); Amplang"]
    assert await column(office, "Saluran penjualan") == ["pasar; warung"]


async def test_what_is_longer_than_a_cell_is_cut_and_says_so(office: httpx.AsyncClient) -> None:
    await ukm(office, products=[{"name": f"🏡 Produk {number}".ljust(200, "x")} for number in range(200)])

    (cell,) = await column(office, "Produk")
    text = (await office.get("/v1/ukms?format=csv")).text

    assert isinstance(cell, str)
    assert cell.endswith("x…")
    assert 32_766 <= len(cell.encode("utf-16-le")) // 2 <= 32_767
    assert "Produk 199" in text


async def test_what_is_personal_is_shown_to_who_may_see_it_alone(
    office: httpx.AsyncClient, visitor: httpx.AsyncClient, callers: Callers
) -> None:
    await ukm(office, owner_name=OWNER, phone=PHONE)
    elsewhere = await callers.holding("operator", region="64.02.06")

    shown = [
        [(await column(client, name))[0] for name in ("Nama pemilik", "Telepon", "Bidang yang disembunyikan")]
        for client in (office, visitor, elsewhere)
    ]

    assert shown == [[OWNER, PHONE, None], *[[None, None, "owner_name; phone"]] * 2]


async def test_the_header_stays_in_sight_and_can_be_filtered(visitor: httpx.AsyncClient) -> None:
    book = await visitor.get("/v1/villages", params={"format": "xlsx", "region": "64.02.04"})

    sheet = first_sheet(book.content)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:R9")
    assert sheet["A1"].font.b
    assert sheet.column_dimensions["B"].width == 30


async def test_the_last_sheet_says_what_the_rows_are(visitor: httpx.AsyncClient) -> None:
    params = {"format": "xlsx", "region": "64.02.04", "kind": "desa", "sort": "-name"}

    books = [
        workbook((await visitor.get("/v1/villages", params=params, headers={"accept-language": one})).content)
        for one in ("id", "en")
    ]

    assert [book.sheetnames for book in books] == [["Data", "Keterangan"], ["Data", "About"]]
    told = {row[0]: row[1] for row in books[0].worksheets[1].iter_rows(values_only=True)}
    assert told["Sumber"] == "Berdaya, /v1/villages"
    assert told["Saringan"] == "Wilayah: 64.02.04; Jenis: desa; Urutan: -name"
    assert (told["Jumlah baris"], told["Zona waktu"]) == (8, "Asia/Makassar")
    assert told["Nilai IDM"] == "idm_score"


async def test_an_empty_set_is_a_workbook_with_a_header(visitor: httpx.AsyncClient) -> None:
    book = await visitor.get("/v1/villages?format=xlsx&region=99")

    header, *rows = table(book.content)
    assert header[0] == "Village code"
    assert rows == []
    assert workbook(book.content).worksheets[1]["B5"].value == 0


async def test_a_report_says_in_its_workbook_what_its_figures_rest_on(office: httpx.AsyncClient) -> None:
    await office.put(
        f"/v1/villages/{TANI_BARU}/idm/2023", json={"published": {"idm": 0.6}, "source": "contoh"}
    )

    book = await office.get("/v1/reports/training-impact?from=2023&to=2024&format=xlsx")

    told = {row[0]: row[1] for row in workbook(book.content).worksheets[1].iter_rows(values_only=True)}
    assert str(told["Note"]).startswith("This compares, it proves no cause")
    assert told["Chosen"] == "From year: 2023; To year: 2024"


async def test_a_workbook_is_an_attachment_that_is_not_kept_and_not_packed_again(
    visitor: httpx.AsyncClient,
) -> None:
    asked = {"accept": XLSX, "accept-language": "id", "accept-encoding": "gzip"}

    answer = await visitor.get("/v1/villages?region=6402042001", headers=asked)
    head = await visitor.head("/v1/villages?region=6402042001", headers=asked)

    for one in (answer, head):
        assert one.status_code == 200
        assert one.headers["content-type"] == XLSX
        assert one.headers["content-disposition"].startswith(
            'attachment; filename="villages-64.02.04.2001-20'
        )
        assert one.headers["content-disposition"].endswith('.xlsx"')
        assert one.headers["cache-control"] == "no-store"
        assert one.headers["content-language"] == "id"
        assert {"Accept", "Accept-Language"} <= set(one.headers["vary"].split(", "))
        assert not {"content-encoding", "etag"} & one.headers.keys()
    assert answer.content.startswith(b"PK")


async def test_the_name_of_a_sheet_says_whose_it_is(office: httpx.AsyncClient) -> None:
    await ukm(office)
    (told,) = (await office.get("/v1/ukms")).json()["items"]

    answer = await office.get(f"/v1/ukms/{told['id']}/years?format=csv")

    assert f'filename="ukms-{told["id"]}-years-20' in answer.headers["content-disposition"]
