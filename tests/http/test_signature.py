"""Deliveries of the published sender are taken, and nothing that differs from them by a single bit."""

from base64 import b64encode
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook

from app.http.signature import ID, SIGNATURE, TIMESTAMP, Delivery, Secret, Unsigned, key_of, sign, verify

NOW = 1_750_000_000
KEY, OTHER_KEY = bytes(range(32)), bytes(range(32, 64))
SECRET, OTHER = Secret("new", KEY), Secret("old", OTHER_KEY)
BODY = b'{"events": [{"event_id": "e1", "milestone": "musdesus"}]}'


def whsec(key: bytes) -> str:
    """A secret as senders are given it."""
    return "whsec_" + b64encode(key).decode()


def delivery(body: bytes = BODY, *, key: bytes = KEY, at: int = NOW, id: str = "msg_1") -> dict[bytes, bytes]:
    """The headers of the published package."""
    signature = Webhook(whsec(key)).sign(id, datetime.fromtimestamp(at, UTC), body.decode())
    return {ID: id.encode(), TIMESTAMP: str(at).encode(), SIGNATURE: signature.encode()}


def reason(
    headers: dict[bytes, bytes], *, body: bytes = BODY, secrets: tuple[Secret, ...] = (SECRET,)
) -> str:
    """Why a delivery is refused."""
    with pytest.raises(Unsigned) as refused:
        verify(body=body, headers=headers, secrets=secrets, now=NOW)
    return refused.value.reason


GOOD = delivery()
SIGNED = GOOD[SIGNATURE]


@given(
    st.text(max_size=80),
    st.binary(min_size=24, max_size=64),
    st.from_regex(r"[!-\-/-~]{1,256}", fullmatch=True),
)
def test_a_delivery_of_the_published_sender_is_taken(text: str, key: bytes, id: str) -> None:
    body = text.encode()
    headers = delivery(body, key=key, id=id)

    taken = verify(body=body, headers=headers, secrets=[Secret("s", key)], now=NOW)

    assert taken == Delivery(id, NOW, "s")


def test_what_we_sign_is_taken_by_the_published_receiver() -> None:
    now = int(datetime.now(UTC).timestamp())

    headers = sign(body=BODY, id="msg_1", timestamp=now, keys=[OTHER_KEY, KEY])

    assert Webhook(whsec(KEY)).verify(BODY, headers) == {
        "events": [{"event_id": "e1", "milestone": "musdesus"}]
    }
    assert Webhook(whsec(OTHER_KEY)).verify(BODY, headers)


def test_the_signature_is_the_one_of_the_specification() -> None:
    headers = sign(body=BODY, id="msg_1", timestamp=NOW, keys=[KEY])

    assert headers == {name.decode(): value.decode() for name, value in GOOD.items()}


def test_every_single_bit_counts() -> None:
    flipped = 0
    for at in range(len(BODY) * 8):
        reason(GOOD, body=_flip(BODY, at))
        flipped += 1
    for name, value in GOOD.items():
        for at in range(len(value) * 8):
            reason({**GOOD, name: _flip(value, at)})
            flipped += 1

    assert flipped == 8 * (len(BODY) + sum(map(len, GOOD.values())))


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({SIGNATURE: SIGNED.replace(b",", b"")}, "signature"),
        ({SIGNATURE: SIGNED.replace(b",", b",,")}, "signature"),
        ({SIGNATURE: b"v1,%%%not base64%%%"}, "signature"),
        ({SIGNATURE: b"v1,abc=d"}, "signature"),
        ({SIGNATURE: b"junk " + SIGNED}, "signature"),
        ({SIGNATURE: SIGNED + b" "}, "signature"),
        ({SIGNATURE: b"\xff\xfe" + SIGNED}, "signature"),
        ({SIGNATURE: b""}, "signature"),
        ({SIGNATURE: SIGNED.replace(b"v1", b"v2")}, "unmatched"),
        ({SIGNATURE: SIGNED.replace(b"v1", b"v1a")}, "unmatched"),
        ({SIGNATURE: b"v1,AAAA"}, "unmatched"),
        ({SIGNATURE: SIGNED[:-1]}, "unmatched"),
        ({SIGNATURE: SIGNED + b", " + SIGNED}, "signature"),
        ({SIGNATURE: SIGNED.lower()}, "unmatched"),
        ({TIMESTAMP: b""}, "timestamp"),
        ({TIMESTAMP: b"1.75e9"}, "timestamp"),
        ({TIMESTAMP: b"1750000000.75"}, "timestamp"),
        ({TIMESTAMP: b" 1750000000"}, "timestamp"),
        ({TIMESTAMP: b"1750000000\n"}, "timestamp"),
        ({TIMESTAMP: b"+1750000000"}, "timestamp"),
        ({TIMESTAMP: b"-1750000000"}, "timestamp"),
        ({TIMESTAMP: b"01750000000"}, "timestamp"),
        ({TIMESTAMP: b"1_750_000_000"}, "timestamp"),
        ({TIMESTAMP: b"0x684ee180"}, "timestamp"),
        ({TIMESTAMP: b"nan"}, "timestamp"),
        ({TIMESTAMP: b"inf"}, "timestamp"),
        ({TIMESTAMP: "\u0661\u0667\u0665".encode()}, "timestamp"),
        ({TIMESTAMP: b"9" * 5000}, "timestamp"),
        ({TIMESTAMP: b"9" * 12}, "clock"),
        ({ID: b""}, "id"),
        ({ID: b"msg.1"}, "id"),
        ({ID: b"msg 1"}, "id"),
        ({ID: b"msg_1\n"}, "id"),
        ({ID: b"msg_1\x00"}, "id"),
        ({ID: b"\xff"}, "id"),
        ({ID: b"x" * 257}, "id"),
        ({ID: b"msg_1, msg_1"}, "id"),
        ({ID: b"msg_2"}, "unmatched"),
    ],
)
def test_a_hostile_header_is_refused_and_never_an_error(headers: dict[bytes, bytes], why: str) -> None:
    assert reason({**GOOD, **headers}) == why


@pytest.mark.parametrize(("absent", "why"), [(ID, "id"), (TIMESTAMP, "timestamp"), (SIGNATURE, "signature")])
def test_each_header_is_needed(absent: bytes, why: str) -> None:
    assert reason({name: value for name, value in GOOD.items() if name != absent}) == why


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"not json", BODY + b" ", BODY[:-1]])
def test_another_body_is_refused(body: bytes) -> None:
    assert reason(GOOD, body=body) == "unmatched"


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"not json"])
def test_any_bytes_can_be_signed(body: bytes) -> None:
    headers = {
        name.encode(): value.encode()
        for name, value in sign(body=body, id="m", timestamp=NOW, keys=[KEY]).items()
    }

    assert verify(body=body, headers=headers, secrets=[SECRET], now=NOW).id == "m"


@given(
    st.dictionaries(st.sampled_from((ID, TIMESTAMP, SIGNATURE)), st.binary(max_size=60)),
    st.binary(max_size=20),
)
def test_whatever_is_sent_unsigned_is_refused(headers: dict[bytes, bytes], body: bytes) -> None:
    assert reason(headers, body=body)
    assert reason({**GOOD, **headers}, body=body + b"x")


@pytest.mark.parametrize(
    ("skew", "taken"), [(-301, False), (-300, True), (-299, True), (299, True), (300, True), (301, False)]
)
def test_a_timestamp_may_be_off_by_five_minutes(skew: int, taken: bool) -> None:  # noqa: FBT001  # a column
    headers = delivery(at=NOW + skew)

    if taken:
        assert verify(body=BODY, headers=headers, secrets=[SECRET], now=NOW).timestamp == NOW + skew
    else:
        assert reason(headers) == "clock"


def test_a_body_cannot_lend_its_head_to_the_id() -> None:
    body = f"{NOW}.rest".encode()
    headers = sign(body=body, id="msg", timestamp=NOW, keys=[KEY])
    cut = {
        ID: f"msg.{NOW}".encode(),
        TIMESTAMP: str(NOW).encode(),
        SIGNATURE: headers["webhook-signature"].encode(),
    }

    assert reason(cut, body=b"rest") == "id"


def test_secrets_overlap_until_the_old_one_ends() -> None:
    ending = Secret("old", OTHER_KEY, until=NOW + 1)
    old, new = delivery(key=OTHER_KEY), delivery()

    assert verify(body=BODY, headers=old, secrets=[SECRET, ending], now=NOW) == Delivery("msg_1", NOW, "old")
    assert verify(body=BODY, headers=new, secrets=[ending, SECRET], now=NOW) == Delivery("msg_1", NOW, "new")
    assert reason(old, secrets=(SECRET, Secret("old", OTHER_KEY, until=NOW))) == "unmatched"
    assert reason(old) == reason(new, secrets=()) == "unmatched"


@pytest.mark.parametrize("beside", [b"v1a,c2lnbmVk", b"v9,c2lnbmVk", b"v1,c2lnbmVk"])
def test_one_fitting_signature_among_several_is_enough(beside: bytes) -> None:
    before, after = {**GOOD, SIGNATURE: beside + b" " + SIGNED}, {**GOOD, SIGNATURE: SIGNED + b" " + beside}

    taken = [
        verify(body=BODY, headers=headers, secrets=[OTHER, SECRET], now=NOW) for headers in (before, after)
    ]

    assert taken == [Delivery("msg_1", NOW, "new")] * 2


def test_a_text_that_decodes_to_the_same_signature_is_not_the_signature() -> None:
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = alphabet.index(SIGNED[-2])
    twin = SIGNED[:-2] + alphabet[last ^ 1 : (last ^ 1) + 1] + b"="

    assert Webhook(whsec(KEY)).sign("msg_1", datetime.fromtimestamp(NOW, UTC), BODY.decode()).encode() != twin
    assert reason({**GOOD, SIGNATURE: twin}) == "unmatched"


@pytest.mark.parametrize("text", [whsec(KEY), whsec(KEY).rstrip("="), whsec(KEY).removeprefix("whsec_")])
def test_a_secret_is_read_with_or_without_its_prefix_and_padding(text: str) -> None:
    assert key_of(text) == KEY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "whsec_",
        whsec(b"x" * 23),
        whsec(b"x" * 65),
        "whsec_%%%%" + whsec(KEY).removeprefix("whsec_"),
        "whsec_é",
        "whsec_A",
    ],
)
def test_a_weak_or_broken_secret_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        key_of(text)


@pytest.mark.parametrize("length", [24, 64])
def test_a_secret_has_24_to_64_bytes(length: int) -> None:
    assert key_of(whsec(b"x" * length)) == b"x" * length


@pytest.mark.parametrize(
    ("id", "timestamp"), [("", NOW), ("a.b", NOW), ("a b", NOW), ("é", NOW), ("a", 0), ("a", -1)]
)
def test_what_would_be_refused_is_not_signed(id: str, timestamp: int) -> None:
    with pytest.raises(ValueError, match="visible ASCII"):
        sign(body=BODY, id=id, timestamp=timestamp, keys=[KEY])


def _flip(data: bytes, at: int) -> bytes:
    byte, bit = divmod(at, 8)
    return data[:byte] + bytes([data[byte] ^ 1 << bit]) + data[byte + 1 :]
