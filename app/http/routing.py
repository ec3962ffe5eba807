"""An address is found by walking its segments through a tree: the last route costs what the first does."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from app.http.operation import Operation
from app.http.problems import MethodNotAllowed, NotFound


class _Node:
    __slots__ = ("children", "operations", "parameter")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.parameter: _Node | None = None
        self.operations: dict[str, Operation] = {}

    def grow(self, segment: str) -> "_Node":
        if segment.startswith("{"):
            if self.parameter is None:
                self.parameter = _Node()
            return self.parameter
        return self.children.setdefault(segment, _Node())


class Addresses:
    """All operations by path and method."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._root = _Node()
        self._fixed: dict[str, _Node] = {}
        for operation in operations:
            self._add(operation)

    def _add(self, operation: Operation) -> None:
        node = self._root
        for segment in operation.path.split("/"):
            node = node.grow(segment)
        for method in operation.verbs:
            if method in node.operations:
                raise ValueError(f"{method} {operation.path} is declared twice")
            node.operations[method] = operation
        if "{" not in operation.path:
            self._fixed[operation.path] = node

    def find(self, scope: dict[str, Any] | Any) -> tuple[Operation, dict[str, str]]:
        """The operation for a scope and its path values; raises `NotFound` or `MethodNotAllowed` with `Allow`.

        A segment is decoded after it was cut out, so an encoded slash stays inside its value.
        """
        path: str = scope["path"]
        node = self._fixed.get(path)
        values: list[str] = []
        if node is None:
            raw: bytes = scope.get("raw_path") or path.encode()
            node = self._walk(raw.partition(b"?")[0].decode("latin-1").split("/"), values)
        if node is None or not node.operations:
            raise NotFound("route.not_found")
        method: str = scope["method"]
        operation = node.operations.get("GET" if method == "HEAD" else method)
        if operation is None:
            raise _other_method(node)
        return operation, dict(zip(operation.path_names, values, strict=True))

    def _walk(self, segments: list[str], values: list[str]) -> _Node | None:
        node = self._root
        for segment in segments:
            following = node.children.get(segment)
            if following is None:
                following = node.parameter
                if following is None or not segment:
                    return None
                values.append(unquote(segment, errors="replace") if "%" in segment else segment)
            node = following
        return node


def _other_method(node: _Node) -> MethodNotAllowed:
    allowed = set(node.operations)
    if "GET" in allowed:
        allowed.add("HEAD")
    listed = ", ".join(sorted(allowed))
    return MethodNotAllowed("route.method", headers=((b"allow", listed.encode()),), allowed=listed)
