"""How often a caller may ask: a burst and then a steady rate, the same count for all workers of a host."""

import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.http.fair_use import Limits, Policy, judge, policy_of
from app.http.slots import SIZE, Own, Slots
from app.main import create_app
from app.settings import Settings
from tests.conftest import Callers

SEPATIN = "/v1/villages/64.02.04.2001"

policies = st.builds(
    Policy,
    name=st.just("test"),
    most=st.integers(min_value=1, max_value=10_000),
    seconds=st.sampled_from([1, 60, 3600]),
)
pauses = st.lists(st.floats(min_value=0, max_value=100), min_size=1, max_size=60)


@asynccontextmanager
async def limited(settings: Settings, rate: str) -> AsyncIterator[Callers]:
    """Callers of an application that limits them."""
    application = create_app(settings.model_copy(update={"rate_limit": rate}))
    async with application.router.lifespan_context(application):
        callers = Callers(application)
        yield callers
        await callers.leave()


@given(policies, st.floats(min_value=0, max_value=1e6))
def test_a_whole_burst_passes_at_once_and_no_more(policy: Policy, now: float) -> None:
    served_by, remaining = 0.0, []

    for _ in range(policy.most):
        served_by, verdict = judge(served_by, policy, now)
        remaining.append((verdict.passes, verdict.remaining))
    unchanged, refused = judge(served_by, policy, now)

    assert remaining == [(True, policy.most - n) for n in range(1, policy.most + 1)]
    assert (refused.passes, refused.remaining, unchanged) == (False, 0, served_by)


@given(policies, pauses)
def test_whoever_waits_as_long_as_told_passes(policy: Policy, between: list[float]) -> None:
    now = served_by = 0.0

    for pause in between:
        now += pause
        served_by, verdict = judge(served_by, policy, now)
        if not verdict.passes:
            assert verdict.wait >= 1
            served_by, verdict = judge(served_by, policy, now + verdict.wait)
            assert verdict.passes


@given(policies, pauses)
def test_no_more_pass_in_any_time_than_a_burst_and_the_rate(policy: Policy, between: list[float]) -> None:
    now = served_by = 0.0
    passed = 0

    for pause in between:
        now += pause
        served_by, verdict = judge(served_by, policy, now)
        passed += verdict.passes

    assert passed <= policy.most + now * policy.most / policy.seconds + 1


@pytest.mark.parametrize("text", ["", "0/minute", "600", "600/day", "-1/second", "1.5/second", " 6/hour"])
def test_a_policy_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="600/minute"):
        policy_of("test", text)


async def test_a_caller_who_asks_too_often_is_told_when_to_come_back(settings: Settings) -> None:
    async with limited(settings, "3/hour") as callers:
        visitor, viewer = callers.anybody(), await callers.holding("viewer")

        answers = [await visitor.get(SEPATIN) for _ in range(4)]
        beside = [await viewer.get(SEPATIN), await viewer.get("/v1/villages/64.02.04.2998")]
        always = await visitor.get("/health/live")

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["ratelimit"].partition(";t=")[0] for answer in answers] == [
        f'"caller";r={left}' for left in (2, 1, 0, 0)
    ]
    assert answers[3].headers["ratelimit-policy"] == '"caller";q=3;w=3600'
    assert 1190 <= int(answers[3].headers["retry-after"]) <= 1200
    assert answers[3].json()["code"] == "fair_use.exceeded"
    assert [answer.status_code for answer in (*beside, always)] == [200, 404, 200]
    assert "ratelimit" not in always.headers


async def test_nobody_is_limited_unless_it_is_set(callers: Callers) -> None:
    visitor = callers.anybody()

    answer = await visitor.get(SEPATIN)

    assert "ratelimit" not in answer.headers


def test_processes_that_share_a_file_share_the_count(tmp_path: Path) -> None:
    file = tmp_path / "limits"
    file.write_bytes(bytes(SIZE))
    spending = (
        "import sys; from pathlib import Path; from app.http.fair_use import Limits, Policy;"
        "from app.http.slots import Slots; limits = Limits(Slots(Path(sys.argv[1])));"
        "print(sum(limits.spend(Policy('p', 1000, 3600), 'x', now=1e6).passes for _ in range(400)))"
    )

    running = [
        subprocess.Popen(  # noqa: S603  # this interpreter with words of our own
            [sys.executable, "-c", spending, str(file)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    passed = sum(int(process.communicate()[0]) for process in running)

    assert passed == 1000


@pytest.mark.parametrize("shared", [False, True])
def test_a_full_table_forgets_what_has_long_passed_first(tmp_path: Path, *, shared: bool) -> None:
    file = tmp_path / "limits"
    file.write_bytes(bytes(SIZE))
    limits = Limits(Slots(file) if shared else Own())
    policy = Policy("p", 2, 60)
    limits.spend(policy, "regular", now=1_000_000.0)
    limits.spend(policy, "regular", now=1_000_000.0)

    for number in range(40_000):
        limits.spend(policy, f"passer-by {number}", now=900_000.0)
    verdict = limits.spend(policy, "regular", now=1_000_000.0)
    limits.close()

    assert not verdict.passes
