"""Conditional requests (RFC 9110 §13): a tag is the version and its variant: `"7"`, `"7-clear"`, `"7-id-gzip"`."""

import re
from dataclasses import dataclass

from app.http.problems import PreconditionFailed, PreconditionRequired

_TAG = re.compile(r'(W/)?"([^"]*)"')
_VERSION = re.compile(r"(\d{1,10})(?:-|$)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What If-Match asks for: any existing representation, or one of these versions.

    `missing` stands for a header that did not come, where this installation demands it of whoever changes a thing.
    """

    any: bool
    versions: frozenset[int]
    missing: bool = False

    def check(self, version: int | None) -> None:
        """Raise `PreconditionFailed` unless the version is one that was expected; None: there is nothing yet."""
        if self.missing:
            if version is not None:
                raise PreconditionRequired("request.precondition_required", pointer="/header/If-Match")
        elif version is None or not (self.any or version in self.versions):
            raise PreconditionFailed("request.precondition", pointer="/header/If-Match")


def expectation(if_match: bytes | None) -> Expectation | None:
    """The expectation in an If-Match header; a weak tag matches nothing, as the comparison is the strong one."""
    if if_match is None:
        return None
    text = if_match.decode("latin-1").strip()
    if text == "*":
        return Expectation(any=True, versions=frozenset())
    heads = (_VERSION.match(tag) for weak, tag in _TAG.findall(text) if not weak)
    return Expectation(any=False, versions=frozenset(int(head[1]) for head in heads if head))


def unchanged(if_none_match: bytes | None, etag: str) -> bool:
    """Whether If-None-Match names this representation, in any content coding."""
    if if_none_match is None:
        return False
    text = if_none_match.decode("latin-1")
    if text.strip() == "*":
        return True
    return any(tag.removesuffix("-gzip") == etag for _, tag in _TAG.findall(text))
