"""The ministry's own figures in its own layouts: every row is entered or named, and none is lost."""

import csv
import gzip
import json
from collections import Counter

import httpx
import pytest

from tests.conftest import OFFICIAL
from tests.exchange.imports.sending import book_of, sent
from tests.exchange.imports.test_idm_files import OF_2023, OF_2024

pytestmark = [pytest.mark.official_data, pytest.mark.timeout(240)]


def lines(name: str) -> list[dict[str, str]]:
    """The rows of one of the ministry's files."""
    with (OFFICIAL / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("year", "header"), [("2023", OF_2023), ("2024", OF_2024)])
async def test_the_yearly_file_of_kukar_is_entered_whole(
    office: httpx.AsyncClient, year: str, header: tuple[str, ...]
) -> None:
    told = [one for one in lines("kukar_idm_official.csv") if one["year"] == year]
    body = book_of(
        header,
        *(
            (
                *(64, "KALIMANTAN TIMUR", 6402, "KUTAI KARTANEGARA", None, one["district"]),
                *(int(one["code"].replace(".", "")), one["village"]),
                *(float(one[name]) for name in ("iks", "ike", "ikl", "idm")),
                *(one["status"], None),
            )
            for one in told
        ),
    )

    job = await sent(office, "idm", body, mode="commit")
    again = await sent(office, "idm", body, mode="commit")

    assert (job["status"], job["errors"]) == ("committed", []), job["errors"][:3]
    assert job["counts"] == {"create": len(told), "update": 0, "unchanged": 0, "refused": 0}
    assert again["counts"]["unchanged"] == len(told) == 193
    for one in told[::40]:
        record = (await office.get(f"/v1/villages/{one['code']}/idm/{year}")).json()
        assert record["published"]["idm"] == float(one["idm"])
        assert record["published"]["status"] == one["status"].lower().replace(" ", "_")


@pytest.mark.engine("sqlite")
async def test_the_fifty_scores_of_kukar_are_entered_whole(office: httpx.AsyncClient) -> None:
    told = lines("kukar_idm_2024_scores.csv")
    scores = [f"Skor {number}" for number in range(1, 51)]
    body = book_of(
        (
            "KODE_DESA",
            "NAMA_DESA",
            *scores,
            "IKS_2024",
            "IKE_2024",
            "IKL_2024",
            "NILAI_IDM_2024",
            "STATUS_IDM_2024",
        ),
        *(
            (
                *(one["code"], one["village"]),
                *(int(digit) for name in ("iks", "ike", "ikl") for digit in one[f"{name}_scores"]),
                *(float(one[f"official_{name}"]) for name in ("iks", "ike", "ikl", "idm")),
                one["official_status"],
            )
            for one in told
        ),
    )

    job = await sent(office, "idm", body, mode="commit")

    assert (job["status"], job["counts"]["create"], job["errors"]) == ("committed", len(told), [])
    record = (await office.get(f"/v1/villages/{told[0]['code']}/idm/2024")).json()
    assert record["idm"] == pytest.approx(float(told[0]["official_idm"]), abs=5e-5)


@pytest.mark.engine("sqlite")
async def test_every_rumusan_document_is_read_or_names_a_village_that_is_not_here(
    office: httpx.AsyncClient,
) -> None:
    with gzip.open(OFFICIAL / "idm_rumusan_samples.jsonl.gz", "rt", encoding="utf-8") as file:
        documents = [json.loads(line) for line in file]
    here = json.loads(json.dumps(documents[0]))
    here["mapData"]["IDENTITAS"][0]["id_desa"] = "6402042001"

    job = await sent(office, "idm", json.dumps(documents).encode(), media="application/json")
    one = await sent(office, "idm", json.dumps(here).encode(), media="application/json", mode="commit")

    codes = Counter(fault["code"] for fault in job["errors"])
    ours = [one for one in documents if one["mapData"]["IDENTITAS"][0]["id_desa"].startswith("6402")]
    assert job["counts"]["create"] == len(ours) > 0
    assert codes == {"village.not_found": len(documents) - len(ours)}
    assert job["counts"]["create"] + job["counts"]["refused"] == len(documents) == 73
    assert (one["status"], one["counts"]["create"]) == ("committed", 1)
