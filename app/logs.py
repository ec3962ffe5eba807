"""Structured logs to standard error: a JSON object a line, or lines for a person; no value of a request is in them."""

import logging
import sys
from typing import Any

import orjson
import structlog
from structlog.tracebacks import ExceptionDictTransformer

from app import clock
from app.settings import Settings


def configure(settings: Settings) -> None:
    """Set up logging for a process, ours and the libraries'."""
    level = getattr(logging, settings.log_level.upper())
    shared: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        _stamped,
    ]
    traces = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))
    lines = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    as_json = settings.log_format == "json"
    factory: Any = (
        structlog.BytesLoggerFactory(sys.stderr.buffer)
        if as_json
        else structlog.PrintLoggerFactory(sys.stderr)
    )
    structlog.configure(
        processors=[*shared, traces, structlog.processors.JSONRenderer(_bytes)]
        if as_json
        else [*shared, lines],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=factory,
        cache_logger_on_first_use=True,
    )
    ending = [traces, structlog.processors.JSONRenderer()] if as_json else [lines]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[_without_internals, *ending], foreign_pre_chain=shared
        )
    )
    logging.basicConfig(handlers=[handler], level=max(level, logging.WARNING), force=True)


def _stamped(logger: object, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    event["timestamp"] = clock.now()
    return event


def _bytes(event: structlog.typing.EventDict, **options: Any) -> bytes:
    return orjson.dumps(event, default=str)


def _without_internals(
    logger: object, name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    event.pop("_record", None)
    event.pop("_from_structlog", None)
    return event
