"""Nothing is sent into a private network, however the address is spelled and whatever a name resolves to."""

import httpx
import pytest

from app.changes.webhooks.addresses import Refused, Rules, check, target
from app.changes.webhooks.schedule import DELAYS, LONGEST_WAIT, delay, wait
from app.changes.webhooks.sending import Sender

HOSTILE = (
    "https://127.0.0.1/",
    "https://localhost/",
    "https://localhost./",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1%25eth0]/",
    "https://[fd00::1]/",
    "https://[ff02::1]/",
    "https://0x7f.1/",
    "https://0x7f000001/",
    "https://2130706433/",
    "https://0177.0.0.1/",
    "https://127.1/",
    "https://127.0.0.1./",
    "https://0.0.0.0/",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://metadata.google.internal/",
    "https://224.0.0.1/",
    "https://user:word@contoh.example/",
    "https://contoh.example@127.0.0.1/",
    "https://contoh.example\\@127.0.0.1/",
    "https://\uff11\uff12\uff17.0.0.1/",
    "https://contöh.example/",
    "https://contoh.example:22/",
    "https://contoh.example:99999/",
    "https://contoh.example/#127",
    "http://contoh.example/",
    "ftp://contoh.example/",
    "file:///etc/passwd",
    "https:///nothing",
    "",
)


@pytest.mark.parametrize("url", HOSTILE)
async def test_a_hostile_address_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        target(url, Rules())


@pytest.mark.parametrize(
    "found",
    [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:10.0.0.1"], ["169.254.169.254"], []],
)
async def test_a_name_that_resolves_into_a_private_network_is_never_connected_to(found: list[str]) -> None:
    async def rebound(host: str, port: int) -> list[str]:
        return found

    sender = Sender(Rules(), resolve=rebound)
    async with sender.client() as client:
        result = await sender.send(client, "https://contoh.example/", b"{}", {}, now=0)

    assert result.error == "address"


async def test_the_connection_goes_to_the_address_that_was_judged_under_the_name_it_has() -> None:
    asked: list[str] = []
    sent: list[httpx.Request] = []

    async def once(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["8.8.8.8"]

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(204)

    sender = Sender(Rules(), resolve=once)
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        await sender.send(client, "https://contoh.example:8443/a?b=c", b"{}", {}, now=0)

    [request] = sent
    assert asked == ["contoh.example"]
    assert str(request.url) == "https://8.8.8.8:8443/a?b=c"
    assert request.headers["host"] == "contoh.example:8443"
    assert request.extensions["sni_hostname"] == "contoh.example"


def test_public_addresses_are_let_through() -> None:
    assert check(["8.8.8.8", "2606:4700:4700::1111", "64:ff9b::808:808"], Rules())
    assert target("https://contoh.example/a?b", Rules()).path == "/a?b"


def test_ten_attempts_end_within_76_hours_and_chance_only_makes_them_earlier() -> None:
    latest = [delay(attempt, chance=0) for attempt in range(len(DELAYS))]
    earliest = [delay(attempt, chance=0.999) for attempt in range(len(DELAYS))]

    assert latest == list(DELAYS)
    assert sum(DELAYS) <= 76 * 3600
    assert all(0.9 * most <= (least or 0) <= most for least, most in zip(earliest, DELAYS, strict=True))
    assert delay(len(DELAYS), chance=0) is None
    assert (wait(None), wait(-5), wait(1e12)) == (30, 1, LONGEST_WAIT)
