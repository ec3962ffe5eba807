"""What can be read off an operation's shape: a representation has a version and so a tag, a page leads to the next."""

from pydantic import BaseModel

from app.http.operation import Operation


def shape_of(operation: Operation) -> type[BaseModel] | None:
    """The model of the operation's good answer, None where it has no JSON."""
    shape = operation.response_model or operation.responses.get(200, {}).get("model")
    return shape if isinstance(shape, type) and issubclass(shape, BaseModel) else None


def is_page(operation: Operation) -> bool:
    """Whether the answer is a page of a list."""
    return _has(operation, "next_cursor")


def is_tagged(operation: Operation) -> bool:
    """Whether the answer carries an ETag."""
    return operation.tagged or _has(operation, "version") or _has(operation, "next_cursor")


def _has(operation: Operation, field: str) -> bool:
    shape = shape_of(operation)
    return shape is not None and field in shape.model_fields
