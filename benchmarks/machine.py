"""What the ratios were measured on: processor, cores, kernel and the versions that took part."""

import os
import platform
from importlib import metadata
from pathlib import Path

STACK = ("fastapi", "starlette", "uvicorn", "uvloop", "httptools", "pydantic", "sqlalchemy")
DRIVERS = ("asyncpg", "aiosqlite", "pysqlite3")


def processor() -> str:
    """The processor's own name for itself, or the architecture where /proc/cpuinfo gives none."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def versions(names: tuple[str, ...]) -> str:
    """Name and version of those that are installed."""
    installed = {item.name.lower(): item.version for item in metadata.distributions()}
    return ", ".join(f"{name} {installed[name]}" for name in names if name in installed)


def busy() -> str:
    """The load of the last minute, and a word of caution where others were working."""
    load, cores = os.getloadavg()[0], len(os.sched_getaffinity(0))
    caution = "; the machine was busy, so rates and waits say little and CPU ratios are the ones to trust"
    return f"{load:.1f} on {cores} cores{caution if load > cores / 2 else ''}"


def describe() -> dict[str, str]:
    """Facts for the head of the report, in order."""
    return {
        "machine": f"{processor()}, {len(os.sched_getaffinity(0))} cores, Linux {platform.release()}",
        "load before": busy(),
        "Python": platform.python_version(),
        "stack": versions(STACK),
        "drivers": versions(DRIVERS),
    }
