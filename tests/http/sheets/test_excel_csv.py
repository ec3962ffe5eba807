"""`dialect=excel` is CSV as an Indonesian Excel opens it; without it CSV has the names and values of the JSON form."""

import csv
import io

import httpx
import pytest

from tests.http.sheets.reading import XLSX

ANGGANA = {"region": "64.02.04", "format": "csv"}


def lines(text: str, delimiter: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


async def test_it_has_a_mark_semicolons_decimal_commas_and_headers_to_read(
    visitor: httpx.AsyncClient,
) -> None:
    excel = await visitor.get(
        "/v1/villages", params={**ANGGANA, "dialect": "excel"}, headers={"accept-language": "id"}
    )
    plain = await visitor.get("/v1/villages", params=ANGGANA, headers={"accept-language": "id"})

    assert excel.content.startswith(b"\xef\xbb\xbf")
    assert not plain.content.startswith(b"\xef\xbb\xbf")
    shown, told = lines(excel.content.decode("utf-8-sig"), ";"), lines(plain.text, ",")
    assert len(shown) == len(told) == 8
    for one, other in zip(shown, told, strict=True):
        assert one["Kode desa/kelurahan"] == other["code"]
        assert one["Lintang"] == other["latitude"].replace(".", ",")
        assert one["Versi"] == other["version"]
        assert one["Diubah (Asia/Makassar)"][4::3][:2] == "--"


async def test_its_headers_are_in_the_language_of_the_caller(visitor: httpx.AsyncClient) -> None:
    answers = [
        await visitor.get(
            "/v1/villages", params={**ANGGANA, "dialect": "excel"}, headers={"accept-language": one}
        )
        for one in ("id", "en")
    ]

    assert [answer.headers["content-language"] for answer in answers] == ["id", "en"]
    assert [answer.content.decode("utf-8-sig").splitlines()[0][:22] for answer in answers] == [
        '"Kode desa/kelurahan";',
        '"Village code";"Villag',
    ]
    assert all("Accept-Language" in answer.headers["vary"] for answer in answers)


async def test_truth_is_a_word_of_the_language(office: httpx.AsyncClient) -> None:
    body = {"name": "Koperasi Contoh", "kind": "lainnya", "village_code": "64.02.04.2001"}
    assert (await office.post("/v1/cooperatives", json=body)).status_code == 201

    told = [
        lines(
            (
                await office.get(
                    "/v1/cooperatives",
                    params={"format": "csv", "dialect": "excel"},
                    headers={"accept-language": one},
                )
            ).content.decode("utf-8-sig"),
            ";",
        )[0][header]
        for one, header in (("id", "Siap pinjaman"), ("en", "Ready for a loan"))
    ]
    plain = (await office.get("/v1/cooperatives?format=csv")).text

    assert told == ["tidak", "no"]
    assert lines(plain, ",")[0]["loan_ready"] == "false"


@pytest.mark.parametrize("query", ["dialect=excel", "format=json&dialect=excel", "format=xlsx&dialect=excel"])
async def test_only_csv_has_a_dialect(visitor: httpx.AsyncClient, query: str) -> None:
    for path in ("/v1/villages", "/v1/reports/legality"):
        answer = await visitor.get(f"{path}?{query}")

        assert answer.status_code == 422
        assert answer.json()["errors"][0] == {
            "pointer": "/query/dialect",
            "code": "dialect.csv_only",
            "message": "A dialect is one of CSV.",
        }


async def test_what_accept_chooses_may_have_a_dialect_too(visitor: httpx.AsyncClient) -> None:
    as_csv = await visitor.get("/v1/villages?dialect=excel", headers={"accept": "text/csv"})
    as_book = await visitor.get("/v1/villages?dialect=excel", headers={"accept": XLSX})

    assert (as_csv.status_code, as_book.status_code) == (200, 422)
