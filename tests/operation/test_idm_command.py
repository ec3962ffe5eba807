"""`berdaya idm`: a table is entered as far as it fits, the rest comes back with reasons, and results can be proved."""

import csv
import gzip
import io
import re
import sqlite3
from pathlib import Path

from tests.operation.running import berdaya, served

HEADER = "code,iks,ike,ikl,idm,status,scores\n"
SHOWN = "50545555555555555235555555353555555555555555355454"
PERIAN = f"64.02.01.2001,0.9143,0.9667,0.8667,0.9159,mandiri,{SHOWN}\n"
BY_ITS_OLD_CODE = "64.02.08.2001,,,,0.5,tertinggal,\n"
NOWHERE = "99.99.99.2999,,,,0.5,tertinggal,\n"
FAULTY = "64.02.04.2001,,,,half,MAJU,12\n"


def test_a_table_is_entered_and_entered_again_without_a_change(database_url: str, tmp_path: Path) -> None:
    table = tmp_path / "idm.csv.gz"
    table.write_bytes(gzip.compress((HEADER + PERIAN + BY_ITS_OLD_CODE).encode()))

    first, second = (berdaya("idm", "load", str(table), "--year", "2024", url=database_url) for _ in range(2))

    assert (first.returncode, first.stdout) == (0, "")
    assert "2 created, 0 updated, 0 unchanged, 0 refused." in first.stderr
    assert (second.returncode, second.stdout) == (0, "")
    assert "0 created, 0 updated, 2 unchanged, 0 refused." in second.stderr
    with served(database_url) as (client, _):
        village = client.get("/v1/villages/64.02.01.2001").json()
        record = client.get("/v1/villages/64.02.01.2001/idm/2024").json()
    assert (village["idm_year"], village["idm_score"]) == (2024, 0.9159)
    assert (record["source"], record["audit"]["consistent"]) == ("idm.csv.gz", True)


def test_what_does_not_fit_is_printed_with_its_reasons_and_the_rest_entered(
    database_url: str, tmp_path: Path
) -> None:
    table, rejects = tmp_path / "idm.csv", tmp_path / "rejects.csv"
    table.write_text(HEADER + NOWHERE + PERIAN + FAULTY)

    printed = berdaya("idm", "load", str(table), "--year", "2024", "--source", "A table", url=database_url)
    kept = berdaya(
        "idm",
        "load",
        str(table),
        "--year",
        "2024",
        "--source",
        "A table",
        "--rejects",
        str(rejects),
        url=database_url,
    )

    assert (printed.returncode, kept.returncode) == (1, 1)
    assert "1 created, 0 updated, 0 unchanged, 2 refused." in printed.stderr
    assert "0 created, 0 updated, 1 unchanged, 2 refused." in kept.stderr
    assert (kept.stdout, rejects.read_text()) == ("", printed.stdout)
    assert [
        (one["line"], one["code"], one["problem"]) for one in csv.DictReader(io.StringIO(printed.stdout))
    ] == [
        ("2", "99.99.99.2999", "code: village.not_found"),
        ("4", "64.02.04.2001", "idm: value.number; status: value.choice; scores: idm.rows"),
    ]


def test_a_table_with_other_columns_or_no_file_is_one_line_on_stderr(
    database_url: str, tmp_path: Path
) -> None:
    table = tmp_path / "other.csv"
    table.write_text("code,population\n64.02.01.2001,7\n")

    refused = berdaya("idm", "load", str(table), "--year", "2024", url=database_url)
    missing = berdaya("idm", "load", str(tmp_path / "none.csv"), "--year", "2024", url=database_url)

    assert (refused.returncode, missing.returncode) == (1, 1)
    assert "the columns are code, year, iks" in refused.stderr
    assert re.fullmatch(r"berdaya: .*none\.csv.*\n", missing.stderr)


def test_results_are_proved_equal_to_their_digits_and_mended_where_they_are_not(
    database_url: str, tmp_path: Path
) -> None:
    table = tmp_path / "idm.csv"
    table.write_text(HEADER + PERIAN)
    berdaya("idm", "load", str(table), "--year", "2024", url=database_url)

    equal = berdaya("idm", "rebuild", url=database_url)
    if database_url.startswith("sqlite"):
        with sqlite3.connect(database_url.removeprefix("sqlite:///")) as file:
            file.execute("UPDATE idm_records SET points = 1, idm = 0.1")
        file.close()
        mended = berdaya("idm", "rebuild", url=database_url)
        assert mended.stdout.startswith("1 village-years, 1 differed from their digits;")

    assert equal.stdout == (
        "1 village-years, 0 differed from their digits; 0 villages showed another one than their latest; "
        "1 summaries, 0 differed from their records.\n"
    )
