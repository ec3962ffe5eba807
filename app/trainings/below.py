"""What lies below a training exists under that training's address alone."""

from app.database import Database, Transaction
from app.database.register import Register, State
from app.http.answers import Answer, representation
from app.http.ask import Ask
from app.http.problems import NotFound


async def below(source: Database | Transaction, register: Register, training_id: str, id: str) -> State:
    """The thing with an id if it is this training's; 404 `<type>.not_found` otherwise."""
    thing = await register.find(source, id)
    if thing is None or thing["training_id"] != training_id:
        raise NotFound(f"{register.type}.not_found", pointer=f"/path/{register.type}_id")
    return thing


async def shown_below(ask: Ask, register: Register, training_id: str, id: str) -> Answer:
    """The answer that shows it."""
    thing = await below(ask.database, register, training_id, id)
    return representation(register, thing, ask.caller.personal_reach)
