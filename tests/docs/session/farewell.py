"""What was made up is taken out again."""

from tests.docs.session.step import MOVED, SEPATIN, Step

FAREWELL = (
    Step(409, "DELETE", "/v1/trainings/{training}"),
    Step(409, "DELETE", "/v1/ukms/{ukm}"),
    Step(409, "DELETE", f"/v1/villages/{SEPATIN}"),
    Step(204, "DELETE", "/v1/trainings/{training}/enrolments/{place}"),
    Step(204, "DELETE", "/v1/trainings/{training}/follow-ups/{visit}"),
    Step(204, "DELETE", "/v1/trainings/{training}"),
    Step(204, "DELETE", "/v1/ukms/{ukm}/years/2024"),
    Step(204, "DELETE", "/v1/ukms/{ukm}"),
    Step(204, "DELETE", "/v1/groups/{group}"),
    Step(204, "DELETE", "/v1/cooperatives/{cooperative}"),
    Step(404, "DELETE", "/v1/cooperatives/{cooperative}"),
    Step(204, "DELETE", f"/v1/villages/{MOVED}/idm/2024"),
    Step(204, "DELETE", f"/v1/villages/{MOVED}"),
)
