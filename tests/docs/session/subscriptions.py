"""A receiver that is told of changes; its name is one that nobody has."""

from tests.docs.session.step import Step

_ALL = "/v1/webhook-subscriptions"
_ONE = f"{_ALL}/{{subscription}}"
_NEW = {
    "url": "https://penerima.contoh.example/berdaya",
    "types": ["village", "cooperative"],
    "region": "64.02.04",
    "description": "Contoh",
}

SUBSCRIPTIONS = (
    Step(201, "POST", _ALL, _NEW, keep="subscription"),
    Step(422, "POST", _ALL, {**_NEW, "url": "https://127.0.0.1/"}),
    Step(200, "GET", _ALL),
    Step(200, "GET", f"{_ALL}?format=csv"),
    Step(200, "GET", _ONE),
    Step(201, "POST", f"{_ONE}/secret", {"overlap_hours": 24}),
    Step(201, "POST", f"{_ONE}/test", keep="delivery"),
    Step(200, "GET", f"{_ONE}/deliveries"),
    Step(200, "POST", f"{_ONE}/deliveries/{{delivery}}/replay"),
    Step(200, "POST", f"{_ONE}/replay", {}),
    Step(200, "PATCH", _ONE, {"enabled": False}),
    Step(409, "POST", f"{_ONE}/test"),
    Step(204, "DELETE", _ONE),
    Step(404, "GET", _ONE),
)
