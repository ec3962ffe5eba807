"""A table of village-years is read line by line, every fault is named, and what was refused can be loaded again."""

import csv
import gzip
import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.index.bulk import Refused, VillageYear
from app.index.lines import read, write_refused
from tests.index.told import PERIAN, published, record, rows

HEADER = "code,iks,ike,ikl,idm,status,scores"
DIGITS = "".join(str(score) for scores in rows("Perian").values() for score in scores)


def _read(path: Path, text: str, year: int | None = 2024) -> list[VillageYear | Refused]:
    path.write_text(text, encoding="utf-8")
    return list(read(path, year=year, source="a table"))


def _faults(line: VillageYear | Refused) -> list[tuple[str, str]]:
    assert isinstance(line, Refused)
    return [(fault.pointer, fault.code) for fault in line.faults]


def test_a_line_is_the_record_a_client_would_send(tmp_path: Path) -> None:
    figures = ",".join(str(value) for value in published("Perian").values())

    (line,) = _read(tmp_path / "one.csv", f"{HEADER}\n6402012001,{figures},{DIGITS}\n")

    assert isinstance(line, VillageYear)
    assert (line.code, line.year) == (PERIAN, 2024)
    told = line.told.model_dump(exclude_none=True)
    assert told == {**record("Perian"), "source": "a table"}


def test_a_gzipped_table_and_a_year_of_its_own_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "years.csv.gz"
    path.write_bytes(gzip.compress(f"year,idm,code\n2021,0.5,{PERIAN}\n,0.75,{PERIAN}\n".encode()))

    lines = list(read(path, year=2022, source="a table"))

    assert [line.year for line in lines if isinstance(line, VillageYear)] == [2021, 2022]


def test_every_fault_of_a_line_is_named_where_it_stands(tmp_path: Path) -> None:
    lines = _read(
        tmp_path / "faults.csv",
        f"year,{HEADER}\n"
        "2025,64.02.01,0.5,0.5,0.5,1.5,MAJU,123\n"
        f"2024,{PERIAN},nan,1e-1,\u0661,-0,maju,\n"
        f"2024,{PERIAN},,,,,,\n"
        f"2024,{PERIAN},,,,,,{'9' + DIGITS[1:]}\n"
        f"2024,{PERIAN},0.5\n"
        f",{PERIAN},,,,0.5,,\n",
        year=None,
    )

    assert [_faults(line) for line in lines] == [
        [
            ("/code", "code.malformed"),
            ("/year", "idm.year"),
            ("/published/idm", "value.too_large"),
            ("/published/status", "value.choice"),
            ("/scores", "idm.rows"),
        ],
        [(f"/published/{name}", "value.number") for name in ("iks", "ike", "ikl", "idm")],
        [("/published", "idm.nothing_known")],
        [("/iks/0", "idm.score_outside_rubric")],
        [("", "idm.line_cells")],
        [("/year", "value.integer")],
    ]
    assert [line.origin.number for line in lines] == [2, 3, 4, 5, 6, 7]


def test_a_table_of_refused_lines_can_be_put_right_and_loaded_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "first.csv"
    refused = _read(path, f"{HEADER}\n{PERIAN},2,,,,maju,{'9' + DIGITS[1:]}\n")
    out = io.StringIO()
    write_refused(out, [line for line in refused if isinstance(line, Refused)])
    (told,) = csv.DictReader(io.StringIO(out.getvalue()))

    (again,) = _read(
        path, out.getvalue().replace(f",2,,,,maju,9{DIGITS[1:]}", f",0.9143,,,,mandiri,{DIGITS}")
    )

    assert (told["line"], told["problem"]) == (
        "2",
        "iks: value.too_large; iks_01: idm.score_outside_rubric",
    )
    assert told["explanation"].startswith("This must be at most 1")
    assert isinstance(again, VillageYear)
    assert again.told.scores == rows("Perian")


@pytest.mark.parametrize(
    "text",
    ["", "village,idm\n1,2\n", "code,idm,idm\n1,2,3\n", "code,population\n1,2\n", 'code,idm\n"1"x,2\n'],
)
def test_a_table_with_other_columns_or_broken_quotes_is_refused_as_a_whole(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match=r"column|table"):
        _read(tmp_path / "other.csv", text)


def test_a_file_that_broke_off_or_is_no_text_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv.gz"
    broken.write_bytes(gzip.compress(f"{HEADER}\n{PERIAN},,,,0.5,,\n".encode() * 50)[:-12])
    latin = tmp_path / "latin.csv"
    latin.write_bytes(b"code,idm\n\xe9,2\n")

    for path in (broken, latin):
        with pytest.raises(ValueError, match="no table in UTF-8"):
            list(read(path, year=2024, source="a table"))


@given(st.text(max_size=200))
def test_whatever_the_text_every_line_is_a_record_or_refused_or_the_table_is(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(f"code,idm,scores\n{text}".encode("utf-8", "surrogatepass"))

    with suppress(ValueError):
        lines = list(read(path, year=2024, source="a table"))
        assert all(isinstance(line, VillageYear | Refused) for line in lines)
