"""UKM by file: planned, written whole or in parts, found again by id or by name."""

import httpx

from tests.exchange.imports.sending import book_of, csv_of, places, sent

SEPATIN = "64.02.04.2001"
HEADER = ("Kode desa/kelurahan", "Nama UKM", "Jenis pemilik", "Modal (Rp)")


async def test_a_plan_says_what_a_commit_does_and_changes_nothing(office: httpx.AsyncClient) -> None:
    body = csv_of(
        HEADER, (SEPATIN, "UKM Contoh 1", "kelompok", "75000000"), (SEPATIN, "UKM Contoh 2", "perorangan", "")
    )

    plan = await sent(office, "ukms", body)
    before = (await office.get("/v1/ukms?count=exact&q=contoh")).json()["total"]
    commit = await sent(office, "ukms", body, mode="commit")
    after = (await office.get("/v1/ukms?count=exact&q=contoh")).json()["total"]
    again = await sent(office, "ukms", body, mode="commit")

    assert (plan["status"], commit["status"], again["status"]) == ("planned", "committed", "unchanged"), (
        commit
    )
    assert plan["counts"] == commit["counts"] == {"create": 2, "update": 0, "unchanged": 0, "refused": 0}
    assert again["counts"]["unchanged"] == 2
    assert (before, after) == (0, 2)


async def test_every_bad_cell_is_named_at_once_and_nothing_is_written(office: httpx.AsyncClient) -> None:
    body = csv_of(
        HEADER,
        ("64.02.1", "UKM Contoh 1", "kelompok", "banyak"),
        (SEPATIN, "", "sendiri", "-5"),
        (SEPATIN, "UKM Contoh 2", "kelompok", "10"),
        (SEPATIN, "ukm contoh 2", "kelompok", "10"),
    )

    job = await sent(office, "ukms", body, mode="commit")

    assert job["status"] == "refused"
    assert places(job) == {
        (2, "Kode desa/kelurahan", "code.malformed"),
        (2, "Modal (Rp)", "value.integer"),
        (3, "Nama UKM", "field.required"),
        (3, "Jenis pemilik", "value.choice"),
        (3, "Modal (Rp)", "value.too_small"),
        (5, None, "import.row_repeated"),
    }
    assert job["counts"] == {"create": 0, "update": 0, "unchanged": 0, "refused": 3}
    assert (await office.get("/v1/ukms?count=exact&q=contoh")).json()["total"] == 0


async def test_codes_are_repaired_where_only_one_can_be_meant(office: httpx.AsyncClient) -> None:
    body = book_of(
        ("village_code", "village_name", "name", "owner_kind"),
        (6402042001, None, "UKM Contoh 1", "kelompok"),
        ("64.02.04.2001 ", None, "UKM Contoh 2", "kelompok"),
        (None, "Sepatin", "UKM Contoh 3", "Kelompok"),
        (None, "Bukit Raya", "UKM Contoh 4", "kelompok"),
        ("6403040001", None, "UKM Contoh 5", "kelompok"),
    )

    job = await sent(office, "ukms", body, mode="commit", partial="true")

    assert job["status"] == "committed"
    assert job["counts"] == {"create": 3, "update": 0, "unchanged": 0, "refused": 2}
    assert [one["to"] for one in job["repairs"]] == [SEPATIN] * 3
    assert places(job) == {(5, "village_name", "village.ambiguous"), (6, "village_code", "code.bps")}
    assert " / " in next(one["suggestion"] for one in job["errors"] if one["row"] == 5)
