"""A route is described for the document when somebody first asks for its description, not when it is declared.

FastAPI builds a validator for each parameter, body and answer that it describes. What serves a request uses none of
them, so a process that is never asked for the document spends neither the time nor the memory.
"""

from collections.abc import Callable
from typing import Any

from fastapi.routing import APIRoute
from starlette.routing import compile_path


class DescribedLater(APIRoute):
    """An `APIRoute` that knows its address at once, and is whole from the first look at anything else of it."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        self.path, self.endpoint = path, endpoint
        self.name: str = endpoint.__name__
        self.methods = set(options["methods"])
        self.path_regex, self.path_format, self.param_convertors = compile_path(path)
        self.responses = options.setdefault("responses", {})
        self._told = options

    def __getattr__(self, name: str) -> Any:
        """Python comes here for what is not there yet."""
        told = self.__dict__.pop("_told", None)
        if told is None:
            raise AttributeError(name)
        super().__init__(self.path, self.endpoint, **told)
        return getattr(self, name)
