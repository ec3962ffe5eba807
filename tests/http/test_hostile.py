"""No input whatever is a fault of ours, and what it deserves does not depend on the engine behind."""

from app.access.tokens import keep, new_token
from app.database import Transaction
from app.main import Berdaya
from tests.conftest import act_of
from tests.http import hostile, wire


async def test_every_hostile_request_gets_the_status_it_deserves_on_either_engine(
    application: Berdaya,
) -> None:
    token = new_token()

    async def grant(tx: Transaction) -> None:
        await keep(tx, token, role="admin", name="hostile", region="", source="hostile")

    await application.place.database.write(act_of("token"), grant)
    authorization = (b"authorization", b"Bearer " + token.encode())

    wrong = []
    for number, request in enumerate(hostile.requests()):
        own = {name for name, _ in request.headers}
        headers = [*request.headers, *([] if b"authorization" in own else [authorization])]
        body = () if request.body is None else (request.body,)
        heard = await wire.send(application, request.method, request.target, headers=headers, body=body)
        if heard.status != request.status:
            wrong.append(
                (number, request.target[:80], (request.body or b"")[:80], own, heard.status, request.status)
            )

    assert wrong == [], "\n".join(map(str, wrong))
    assert number > 250
