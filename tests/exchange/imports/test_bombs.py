"""No file ends the server or fills its memory: each of the corpus is refused with the reason that is true of it."""

from pathlib import Path

import pytest

from app.exchange.imports.reading import read
from app.http.catalogue import TEXTS
from app.http.problems import Refusal
from tests.exchange.imports.bombs import CORPUS, Bomb
from tests.exchange.imports.measuring import measured

MOST_GROWTH = 100 << 10
"""KiB by which a bomb may make the child grow."""


@pytest.mark.parametrize("bomb", CORPUS.values(), ids=CORPUS)
async def test_a_bomb_is_refused_with_its_reason(bomb: Bomb) -> None:
    body = bomb.make()

    with pytest.raises(Refusal) as refused:
        await read(body, media=bomb.media, known_headers={"nama", "kode"})

    assert refused.value.faults[0].code == bomb.code
    assert refused.value.status in {413, 415, 422}
    assert "{" not in TEXTS[bomb.code].say("id", refused.value.facts | dict(refused.value.faults[0].facts))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of a process")
@pytest.mark.parametrize(
    "name",
    [
        "inflating",
        "padded",
        "a million strings",
        "a million styles",
        "one endless attribute",
        "repeated text",
    ],
)
def test_a_bomb_takes_little_memory(name: str) -> None:
    bomb = CORPUS[name]

    idle, told = measured(b"", bomb.media), measured(bomb.make(), bomb.media)

    assert told.peak - idle.peak < MOST_GROWTH
