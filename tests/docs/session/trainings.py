"""Trainings, who takes part, and what followed."""

from tests.docs.session.step import SEPATIN, TRAINING, Step

TRAININGS = (
    Step(200, "GET", "/v1/trainings?year=2024"),
    Step(200, "GET", "/v1/trainings?year=2024&format=csv"),
    Step(200, "GET", f"/v1/trainings/{TRAINING}"),
    Step(
        201,
        "POST",
        "/v1/trainings",
        {
            "title": "Pelatihan contoh",
            "focus": "kewirausahaan",
            "village_code": SEPATIN,
            "year": 2024,
            "status": "selesai",
            "funds": [{"source": "dana_desa", "amount_idr": 15_000_000}],
            "quota": 1,
        },
        keep="training",
    ),
    Step(200, "PATCH", f"/v1/trainings/{TRAINING}", {"focus": "kewirausahaan"}),
    Step(
        201, "POST", "/v1/trainings/{training}/enrolments", {"ukm_id": "{ukm}", "role": "ketua"}, keep="place"
    ),
    Step(409, "POST", "/v1/trainings/{training}/enrolments", {"group_id": "{group}"}),
    Step(422, "POST", "/v1/trainings/{training}/enrolments", {"role": "ketua"}),
    Step(200, "GET", "/v1/trainings/{training}/enrolments"),
    Step(200, "GET", "/v1/trainings/{training}/enrolments?format=csv"),
    Step(200, "GET", "/v1/trainings/{training}/enrolments/{place}"),
    Step(200, "PATCH", "/v1/trainings/{training}/enrolments/{place}", {"attended": True}),
    Step(
        201,
        "POST",
        "/v1/trainings/{training}/follow-ups",
        {"held_on": "2024-11-20", "kind": "pemasaran", "note": "Contoh: dikunjungi di warung."},
        keep="visit",
    ),
    Step(200, "GET", "/v1/trainings/{training}/follow-ups"),
    Step(200, "GET", "/v1/trainings/{training}/follow-ups?format=csv"),
    Step(200, "GET", "/v1/trainings/{training}/follow-ups/{visit}"),
    Step(200, "PATCH", "/v1/trainings/{training}/follow-ups/{visit}", {"note": None}),
)
