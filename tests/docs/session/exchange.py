"""An outbox with an operation that came too late, and a sheet that is planned, written, marked and taken back again."""

from typing import Any

from tests.docs.session.step import SEPATIN, Step

_GROUP = "019b8c3a-7f40-7000-8000-0000000000a0"
_NEW = {"name": "Kelompok Contoh", "kind": "kelompok_usaha", "village_code": SEPATIN, "members_female": 9}


def _operation(number: int, action: str, **more: Any) -> dict[str, Any]:
    id = f"019b8c3a-7f40-7000-8000-0000000000a{number}"
    return {"id": id, "action": action, "type": "group", "resource_id": _GROUP, **more}


OUTBOX = (
    Step(
        200,
        "POST",
        "/v1/operations",
        {
            "operations": [
                _operation(1, "create", data=_NEW),
                _operation(2, "update", data={"members_female": 12}, expected_version=7),
            ]
        },
    ),
    Step(200, "POST", "/v1/operations", {"operations": [_operation(3, "delete", expected_version=1)]}),
)

_SHEET = "Kode desa/kelurahan;Nama UKM;Jenis pemilik;Modal (Rp)\r\n6402042001;UKM Contoh Impor;kelompok;75000000\r\n"
_BAD = _SHEET.replace("kelompok", "klompok")

IMPORTS = (
    Step(200, "GET", "/v1/imports/ukms/template.xlsx?region=64.02.04"),
    Step(200, "POST", "/v1/imports/ukms?mode=plan", file=_BAD, keep="bad"),
    Step(200, "GET", "/v1/imports/{bad}/annotated"),
    Step(200, "POST", "/v1/imports/ukms?mode=commit", file=_SHEET, keep="import"),
    Step(200, "GET", "/v1/imports/{bad}"),
    Step(200, "GET", "/v1/imports"),
    Step(200, "POST", "/v1/imports/{import}/undo"),
    Step(409, "POST", "/v1/imports/{import}/undo"),
)
