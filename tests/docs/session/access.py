"""Tokens, users, and a user who signs in, changes the password, and signs out."""

from tests.docs.session.step import Step

_TOKEN = {"name": "Contoh Petugas Anggana", "role": "officer", "region": "64.02.04", "days": 365}
_USER = {
    "name": "contoh.anggana",
    "password": "empat kata acak contoh",
    "role": "operator",
    "region": "64.02.04",
}
_SIGNING_IN = {"name": "contoh.anggana", "password": "empat kata acak contoh"}
_CHANGING = {"current": "empat kata acak contoh", "new": "lima kata acak untuk contoh"}
_AGAIN = {"name": "contoh.anggana", "password": "lima kata acak untuk contoh"}

ACCESS = (
    Step(201, "POST", "/v1/tokens", _TOKEN, keep="token"),
    Step(422, "POST", "/v1/tokens", {**_TOKEN, "region": "64.02.99"}),
    Step(200, "GET", "/v1/tokens"),
    Step(200, "GET", "/v1/tokens?format=csv"),
    Step(200, "GET", "/v1/tokens/{token}"),
    Step(204, "DELETE", "/v1/tokens/{token}"),
    Step(404, "DELETE", "/v1/tokens/{token}"),
    Step(201, "POST", "/v1/users", _USER, keep="user"),
    Step(409, "POST", "/v1/users", _USER),
    Step(422, "POST", "/v1/users", {**_USER, "password": "password123"}),
    Step(200, "GET", "/v1/users"),
    Step(200, "GET", "/v1/users?format=csv"),
    Step(200, "GET", "/v1/users/{user}"),
    Step(200, "PATCH", "/v1/users/{user}", {"region": "64.02.04.2001"}),
    Step(200, "POST", "/v1/sessions", _SIGNING_IN, begins="session"),
    Step(422, "PUT", "/v1/users/me/password", {**_CHANGING, "current": "Contoh"}, bearer="session"),
    Step(204, "PUT", "/v1/users/me/password", _CHANGING, bearer="session"),
    Step(404, "PUT", "/v1/users/me/password", _CHANGING),
    Step(200, "POST", "/v1/sessions", _AGAIN, begins="again"),
    Step(204, "DELETE", "/v1/sessions/current", bearer="again"),
    Step(404, "DELETE", "/v1/sessions/current"),
    Step(204, "DELETE", "/v1/users/{user}"),
    Step(200, "GET", "/v1/ukms?region=64.02.04"),
    Step(200, "GET", "/v1/audit?type=ukm&limit=2"),
    Step(200, "GET", "/v1/audit?type=ukm&format=csv"),
)
