"""For whom an import acts: who sent the file, what that caller may do and where, kept with the job until it is done."""

from dataclasses import asdict, dataclass

import orjson

from app import clock
from app.database import Act
from app.http.ask import Ask
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Sender:
    """The caller as a job keeps it."""

    id: str
    name: str
    role: str
    reach: str
    source: str
    permissions: tuple[str, ...]
    personal_reach: str | None
    address: str | None

    @property
    def text(self) -> str:
        """As the job's row has it."""
        return orjson.dumps(asdict(self)).decode()

    def act(self, job: str, action: str, settings: Settings) -> Act:
        """What a worker does for this caller; `request_id` names the import in every audit row."""
        at = clock.now()
        return Act(
            at=at,
            today=clock.day_of(at, settings.zone),
            actor=self.id,
            actor_name=self.name,
            role=self.role,
            action=action,
            request_id=f"import-{job}",
            address=self.address,
            reach=self.reach,
        )


def sender_of(ask: Ask) -> Sender:
    """The caller of a request."""
    caller = ask.caller
    return Sender(
        id=caller.id,
        name=caller.name,
        role=caller.role,
        reach=caller.region,
        source=caller.source,
        permissions=tuple(sorted(caller.permissions)),
        personal_reach=caller.personal_reach,
        address=ask.client.host if ask.client else None,
    )


def sender_in(text: str) -> Sender:
    """The caller that a job keeps."""
    told = orjson.loads(text)
    return Sender(**{**told, "permissions": tuple(told["permissions"])})
