"""The runbook: an alarm for each section, a section for each alarm, and every metric in them exists."""

import re
from pathlib import Path
from typing import Any

import httpx
import yaml
from prometheus_client import CollectorRegistry, generate_latest

from app.database import Database
from app.database.standby import Standby
from app.http.replica_measures import measure

DOCS = Path(__file__).resolve().parents[2] / "docs"
RUNBOOK = (DOCS / "operation.md").read_text(encoding="utf-8")
SECTIONS = {section.partition("\n")[0]: section.partition("\n")[2] for section in RUNBOOK.split("\n## ")[1:]}


def alarms() -> list[dict[str, Any]]:
    """The rules, as Prometheus reads them."""
    groups = yaml.safe_load((DOCS / "alarms.yml").read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def metrics_in(text: str) -> set[str]:
    """The names of our metrics, without the endings that a histogram adds."""
    return {re.sub("_(bucket|count|sum)$", "", name) for name in re.findall(r"\bberdaya_[a-z_]+[a-z]", text)}


def test_every_alarm_has_its_section_and_every_section_its_alarm() -> None:
    assert [rule["alert"] for rule in alarms()] == [*SECTIONS]


def test_every_section_says_what_it_means_where_to_look_and_what_to_do_and_is_short() -> None:
    for name, section in SECTIONS.items():
        assert re.findall(r"^\*\*(\w+(?: not)?)\*\*", section, re.MULTILINE) == [
            "Means",
            "Look",
            "Do",
            "Do not",
        ], name
        assert len(section.splitlines()) <= 25, name


def of_a_replica(database: Database) -> set[str]:
    """The metrics that are told where there is a replica."""
    registry = CollectorRegistry()
    measure(Standby(database, database), registry)
    return metrics_in(generate_latest(registry).decode())


async def test_every_metric_of_an_alarm_or_the_runbook_is_told(
    visitor: httpx.AsyncClient, database: Database
) -> None:
    await visitor.get("/v1/villages")
    told = metrics_in((await visitor.get("/metrics")).text) | of_a_replica(database)

    assert metrics_in(RUNBOOK) <= told
    assert metrics_in((DOCS / "alarms.yml").read_text(encoding="utf-8")) <= told


async def test_every_metric_that_is_told_stands_in_the_runbook(
    visitor: httpx.AsyncClient, database: Database
) -> None:
    told = metrics_in((await visitor.get("/metrics")).text) | of_a_replica(database)

    assert {name for name in told if not name.endswith("_created")} <= metrics_in(RUNBOOK)
