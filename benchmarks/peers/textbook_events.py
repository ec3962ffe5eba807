"""The textbook peer's own way to take legality events: one POST, one session, one row, one commit."""

from fastapi import APIRouter, Depends
from pydantic import BaseModel
from sqlalchemy.orm import Mapped, mapped_column

from benchmarks.peers.textbook import Base, Session, app, get_token

__all__ = ["Base", "app"]


class Event(Base):
    """A row an event, without ledger, stage or record of the change."""

    __tablename__ = "textbook_events"

    event_id: Mapped[str] = mapped_column(primary_key=True)
    cooperative_id: Mapped[str] = mapped_column(index=True)
    milestone: Mapped[str]
    outcome: Mapped[str]
    occurred_on: Mapped[str]


class Cooperative(BaseModel):
    """Whom an event is about."""

    id: str


class EventIn(BaseModel):
    """An event as it is sent."""

    cooperative: Cooperative
    event_id: str
    milestone: str
    outcome: str
    occurred_on: str


events = APIRouter(prefix="/v1/legality-events", dependencies=[Depends(get_token)])


@events.post("", status_code=201)
async def take(event: EventIn, session: Session) -> EventIn:
    """Store one event."""
    told = event.model_dump(exclude={"cooperative"})
    session.add(Event(**told, cooperative_id=event.cooperative.id))
    await session.commit()
    return event


app.include_router(events)
