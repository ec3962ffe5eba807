"""Readers who keep every report and ask again: a 304 is right only if the same would come."""

from dataclasses import dataclass, field

import httpx

PERIOD = "from=2023&to=2024"
INDEX = (
    "/v1/reports/idm-status?year=2024",
    "/v1/reports/idm-status?region=64.02.04&group_by=regency",
    f"/v1/reports/idm-transitions?{PERIOD}",
    "/v1/reports/inequality?year=2024",
    "/v1/reports/idm-status.svg?region=64.02.04",
    f"/v1/reports/idm-transitions.svg?{PERIOD}",
)
TRAININGS = (f"/v1/reports/training-impact?{PERIOD}",)
LEGALITY = (
    "/v1/reports/legality?as_of=2026-06-30",
    "/v1/reports/legality.svg?region=64.02.04",
    "/v1/reports/legality.svg?as_of=2025-06-30",
)
EVERY = (*INDEX, *TRAININGS, *LEGALITY)
ONE_A_KIND = (INDEX[1], INDEX[4], TRAININGS[0], LEGALITY[0])


@dataclass
class Readers:
    """One reader a report; `kept` is the tag and the body that each has."""

    client: httpx.AsyncClient
    addresses: tuple[str, ...] = EVERY
    kept: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    async def ask(self) -> set[str]:
        """Ask for every report again; gives those that changed, and fails for a 304 that should have been another."""
        changed = set()
        for address in self.addresses:
            tag, body = self.kept.get(address, ("", b""))
            answer = await self.client.get(address, headers={"if-none-match": tag} if tag else {})
            if answer.status_code == 304:
                assert answer.headers["etag"] == tag
                whole = await self.client.get(address)
                assert whole.content == body, f"{address} changed, and its reader was not told"
            else:
                assert answer.status_code == 200, answer.text
                assert answer.content != body, f"{address} is as it was, and was sent again"
                changed.add(address)
                self.kept[address] = answer.headers["etag"], answer.content
        return changed
