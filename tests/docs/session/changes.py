"""The feed of changes, and how a copy begins."""

from tests.docs.session.step import SEPATIN, Step

CHANGES = (
    Step(200, "GET", "/v1/changes?region=64.02.04&types=village&limit=2"),
    Step(422, "GET", "/v1/changes?types=desa"),
    Step(200, "GET", f"/v1/changes/snapshot?region={SEPATIN}&types=village,cooperative&limit=2"),
    Step(422, "GET", "/v1/changes/snapshot?cursor=desa"),
)
