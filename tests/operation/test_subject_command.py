"""`berdaya subject`: nothing personal in arguments or on screens that did not ask for it."""

import json
import stat
from pathlib import Path

import httpx

from app.main import Berdaya
from tests.operation.running import berdaya
from tests.personal import OWNER, PHONE
from tests.ukms.registering import NOBODY, SEPATIN, address, registered

TOLD = {"owner_kind": "perorangan", "owner_name": OWNER, "phone": PHONE}


async def test_a_person_is_found_exported_and_erased(
    office: httpx.AsyncClient, application: Berdaya, database_url: str, tmp_path: Path
) -> None:
    ukm = await registered(office, **TOLD)
    file, log = tmp_path / "subject.json", tmp_path / "erasures.jsonl"

    found = berdaya("subject", "find", url=database_url, typed=f"{OWNER}\n")
    exported = berdaya("subject", "export", "--ukm", ukm["id"], "--out", str(file), url=database_url)
    erased = berdaya("subject", "erase", "--ukm", ukm["id"], "--reason", "Permintaan", url=database_url)
    log.write_text(berdaya("subject", "erasures", url=database_url).stdout)
    again = berdaya("subject", "reapply", str(log), url=database_url)

    assert found.stdout == f"ukm\t{ukm['id']}\t{SEPATIN}\n"
    assert (exported.returncode, exported.stdout) == (0, "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text())["record"]["owner_name"] == OWNER
    assert erased.returncode == 0, erased.stderr
    assert (await office.get(address(ukm))).json()["owner_name"] is None
    assert json.loads(log.read_text())["resource_id"] == ukm["id"]
    assert again.stderr == "0 of 1 erasures were applied again.\n"
    streams = (found, exported, erased, again)
    assert not [
        one for one in streams if PHONE in one.stdout + one.stderr or OWNER in one.stdout + one.stderr
    ]


def test_what_is_not_told_or_not_there_is_refused(database_url: str) -> None:
    id = NOBODY.rpartition("/")[2]
    nothing = berdaya("subject", "find", url=database_url, typed="\n")
    neither = berdaya("subject", "export", url=database_url)
    unknown = berdaya("subject", "erase", "--ukm", id, "--reason", "Uji", url=database_url)
    person = berdaya("subject", "erase", "--ukm", id, "--reason", "6402990101009999", url=database_url)

    assert [one.returncode for one in (nothing, neither, unknown, person)] == [2, 2, 1, 2]
    assert "no ukm has this id" in unknown.stderr
    assert "--cooperative" in neither.stderr
