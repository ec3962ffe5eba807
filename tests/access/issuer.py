"""A tiny OpenID Connect issuer on loopback: its discovery document, its keys, and tokens that it signs."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

AUDIENCE = "berdaya-contoh"
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())
ED_KEY = ed25519.Ed25519PrivateKey.generate()
PUBLIC_PEM = RSA_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
SHARED_SECRET = "contoh-rahasia-bersama-32-huruf!"  # noqa: S105  # a key of the test's own issuer

SIGNING: dict[str, tuple[str, Any]] = {
    "r1": ("RS256", RSA_KEY),
    "e1": ("ES256", EC_KEY),
    "d1": ("EdDSA", ED_KEY),
}


def _published(kid: str) -> dict[str, Any]:
    algorithm, key = SIGNING[kid]
    told = jwt.get_algorithm_by_name(algorithm).to_jwk(key.public_key(), as_dict=True)
    return {**told, "kid": kid, "alg": algorithm, "use": "sig"}


class TinyIssuer:
    """What the issuer answers now, and how often it was asked for its keys."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.kids = ["r1", "e1", "d1"]
        self.extra: list[dict[str, Any]] = []
        self.asked = 0
        self.discovery: dict[str, Any] = {"issuer": url, "jwks_uri": f"{url}/keys"}
        self.status = 200

    def answer(self, path: str) -> tuple[int, dict[str, Any]]:
        """The status and the document at a path."""
        if path == "/.well-known/openid-configuration":
            return self.status, self.discovery
        if path == "/keys":
            self.asked += 1
            return self.status, {"keys": [*self.extra, *map(_published, self.kids)]}
        return 404, {}

    def claims(self, **told: Any) -> dict[str, Any]:
        """Good claims of an officer of Anggana, changed as told; None leaves one out."""
        now = int(time.time())
        good = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": "contoh-7",
            "iat": now,
            "exp": now + 300,
            "preferred_username": "contoh.pejabat",
            "berdaya_role": "officer",
            "berdaya_region": "64.02.04",
        }
        return {name: value for name, value in {**good, **told}.items() if value is not None}

    def token(self, kid: str = "r1", *, header: dict[str, Any] | None = None, **told: Any) -> str:
        """A token signed with one of the keys."""
        algorithm, key = SIGNING[kid]
        return jwt.encode(
            self.claims(**told), key, algorithm=algorithm, headers={"kid": kid, **(header or {})}
        )


@contextmanager
def issuing() -> Iterator[TinyIssuer]:
    """An issuer that answers on loopback."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, told = issuer.answer(self.path)
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            if 300 <= status < 400:
                self.send_header("location", f"{issuer.url}/elsewhere")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *told: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    issuer = TinyIssuer(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
