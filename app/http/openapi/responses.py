"""Every answer an operation can give: the good ones with headers and an example, 304, and each refusal."""

from http import HTTPStatus
from typing import Any

from app.http.openapi import recorded
from app.http.openapi.examples import PUT_TOGETHER, csv_example, example_of, resolved, shown
from app.http.openapi.headers import COUNTS, referred
from app.http.openapi.refusals import refused
from app.http.openapi.shapes import is_page, is_tagged, shape_of
from app.http.operation import Operation

Told = dict[str, Any]

_UNTOLD = {"Successful Response", *(status.phrase for status in HTTPStatus)}


def tell_responses(told: Told, operation: Operation, schemas: Told) -> None:
    """Finish the responses of an operation, in the order of their status."""
    responses = told["responses"]
    for status, response in responses.items():
        if int(status) not in operation.refusals:
            _good(int(status), response, operation, schemas)
    for refusal in operation.refusals:
        responses[str(refusal)] = refused(refusal, told, operation, schemas)
    if is_tagged(operation) and "GET" in operation.verbs:
        responses["304"] = {"$ref": "#/components/responses/Unchanged"}
    told["responses"] = dict(sorted(responses.items()))


def _good(status: int, response: Told, operation: Operation, schemas: Told) -> None:
    response["headers"] = {**response.get("headers", {}), **referred(*_headers(status, operation))}
    if response["description"] in _UNTOLD:
        response["description"] = _said(status, operation)
    if status == HTTPStatus.NO_CONTENT:
        return
    content = response["content"]
    if content.get("application/json", {}).get("schema") == {}:
        del content["application/json"]
    _show(status, content, operation, schemas)


def _headers(status: int, operation: Operation) -> list[str]:
    wanted = {
        "X-Request-ID": True,
        **dict.fromkeys(COUNTS, operation.counted),
        "ETag": is_tagged(operation) and status != HTTPStatus.NO_CONTENT,
        "Location": status in (HTTPStatus.CREATED, HTTPStatus.ACCEPTED),
        "Link": is_page(operation),
        "Idempotent-Replayed": operation.replays,
        "Berdaya-Read-After": operation.writes,
    }
    return [name for name, it_is in wanted.items() if it_is]


def _said(status: int, operation: Operation) -> str:
    if status == HTTPStatus.NO_CONTENT:
        return "Done; the answer is empty"
    shape = shape_of(operation)
    about = (
        ((shape.__doc__ if shape else None) or operation.summary or "").strip().partition("\n")[0].rstrip(".")
    )
    return f"{about}; `Location` is its address" if status == HTTPStatus.CREATED else about


def _show(status: int, content: Told, operation: Operation, schemas: Told) -> None:
    for name, media in content.items():
        if "example" in media or "examples" in media:
            continue
        answered = recorded.answer(operation.name, status, name)
        media["examples"] = (
            shown(recorded.ANSWERED, answered)
            if answered is not None
            else shown(PUT_TOGETHER, _made(name, content, schemas))
        )


def _made(name: str, content: Told, schemas: Told) -> Any:
    schema = content["application/json"]["schema"]
    if name == "application/json":
        return example_of(schema, schemas)
    # What is no list of items is put together as one line.
    listed = resolved(schema, schemas)["properties"].get("items", {})
    return _OTHER[name](example_of(listed.get("items", schema), schemas))


def _features(item: Told) -> Told:
    feature = {"type": "Feature", "id": item["code"], "geometry": None, "properties": item}
    return {"type": "FeatureCollection", "features": [feature]}


_OTHER = {"text/csv": csv_example, "application/geo+json": _features}
