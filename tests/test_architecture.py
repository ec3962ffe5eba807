"""The shape of the code is a law, not a hope: imports run one way, names say what they are, every word is known."""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import app
from app.access.policy import PERMISSIONS
from app.http.operation import Operation
from app.main import create_app
from app.settings import Settings

ROOT = Path(app.__file__).parent
SOURCES = sorted(ROOT.rglob("*.py"))
PLACES = {name: (row, column) for row, names in enumerate(app.LAYERS) for column, name in enumerate(names)}

PURE = (
    "clock.py",
    "exchange/imports/confined/guard.py",
    "exchange/imports/confined/markup.py",
    "index/formula.py",
    "index/audit.py",
    "index/rules.py",
    "index/advice/explanation.py",
    "index/advice/moving.py",
    "index/advice/ranking.py",
    "index/audits/findings.py",
    "index/audits/implied.py",
    "index/audits/letter.py",
    "index/evidence/evidence.py",
    "index/evidence/verdicts.py",
    "index/plans/describing.py",
    "index/plans/planning.py",
    "index/plans/raising.py",
    "index/plans/ranking.py",
    "index/plans/solving.py",
    "index/plans/wording.py",
    "ukms/scale.py",
    "cooperatives/naming.py",
)
NAMELESS = {
    "core",
    "common",
    "utils",
    "util",
    "helpers",
    "helper",
    "base",
    "manager",
    "factory",
    "repository",
    "misc",
}
OPEN = {
    "POST /v1/idm/calculations",
    "POST /v1/index-editions/{edition}/calculations",
    "GET /v1/index-editions",
    "GET /v1/index-editions/{edition}",
    "POST /v1/sessions",
    "POST /v1/sessions/oauth",
}
"""The only operations under /v1 that ask for nothing."""
STATELESS = {
    "POST /v1/villages/{code}/idm/{year}/simulations",
    "POST /v1/villages/{code}/idm/{year}/plans",
    "POST /v1/index-editions/{edition}/plans",
}
"""The only operations with a body that answer whoever may read: they store nothing."""
SIGNED = {"POST /v1/webhooks/legality/{source}"}
"""The only ones that ask for a signature instead of a token."""


def room_of(path: Path) -> str:
    """The feature or top module a file belongs to; empty for the package itself."""
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py").replace("__init__", "")


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """The rooms of ours that a file imports, with the line."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: an import says the whole way"
            names = (
                [f"{node.module}.{one.name}" for one in node.names] if node.module == "app" else [node.module]
            )
        elif isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        else:
            continue
        for name in names:
            if name and name.startswith("app."):
                yield node.lineno, name.split(".")[1]


def test_imports_run_from_left_to_right_and_never_back() -> None:
    arrows = [
        (path.relative_to(ROOT), line, room_of(path), room)
        for path in SOURCES
        for line, room in imports_of(path)
        if room != room_of(path)
    ]

    back = [
        f"{path}:{line} {here} imports {there}"
        for path, line, here, there in arrows
        if here and not _may(here, there)
    ]
    assert len(arrows) > 100
    assert back == []


def _may(here: str, there: str) -> bool:
    if here not in PLACES or there not in PLACES:
        return False
    (row, column), (other_row, other_column) = PLACES[here], PLACES[there]
    return other_row < row or (other_row == row and other_column < column)


def test_every_room_has_its_place_in_the_layers() -> None:
    rooms = {room_of(path) for path in SOURCES} - {""}

    assert len(rooms) > 10
    assert rooms <= PLACES.keys()
    assert Counter(name for names in app.LAYERS for name in names).most_common(1)[0][1] == 1


def test_what_is_pure_imports_the_standard_library_and_what_is_pure_beside_it() -> None:
    for name in PURE:
        path = ROOT / name
        tree = ast.parse(path.read_text())
        modules = {
            module.partition(".")[0]
            for node in ast.walk(tree)
            for module in (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [one.name for one in node.names]
                if isinstance(node, ast.Import)
                else []
            )
        }
        assert modules - {"app"} <= sys.stdlib_module_names, name
        assert {room for _, room in imports_of(path)} <= {room_of(path)}, name


def test_nothing_is_called_by_a_name_that_says_nothing() -> None:
    words = {
        word for path in SOURCES for part in path.relative_to(ROOT).parts for word in part[:-3].split("_")
    }
    folders = {part for path in SOURCES for part in path.relative_to(ROOT).parts[:-1]}
    classes = {
        node.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
    }

    assert len(classes) > 50
    assert not NAMELESS & (words | folders)
    assert not [name for name in classes if name.lower().endswith(tuple(NAMELESS - {"base", "core", "misc"}))]


def test_every_module_opens_with_one_sentence() -> None:
    assert len(SOURCES) > 60
    for path in SOURCES:
        told = ast.get_docstring(ast.parse(path.read_text()))
        assert told, path
        assert told.partition("\n\n")[0].endswith((".", ":", "?")), path


def test_a_check_that_is_put_aside_says_why() -> None:
    aside = re.compile(r"#\s*(noqa|type:\s*ignore)(?P<codes>[:\[][^#]*)?(?P<why>#.*)?$")
    found = [
        (path.relative_to(ROOT), number, said)
        for path in SOURCES
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if (said := aside.search(line))
    ]

    assert found
    assert [(path, number) for path, number, said in found if not said["codes"] or not said["why"]] == []


@pytest.fixture(scope="module")
def operations() -> list[Operation]:
    """Every operation of the application, which is never opened."""
    return create_app(Settings(database_url="sqlite:///never-opened.db")).operations


def test_every_operation_under_v1_asks_for_a_permission_that_some_role_has(
    operations: list[Operation],
) -> None:
    served = [operation for operation in operations if operation.path.startswith("/v1/")]

    asks_nothing = {
        f"{verb} {operation.path}"
        for operation in served
        for verb in operation.verbs
        if operation.permission is None and operation.admits is None
    }
    signed = {f"{verb} {one.path}" for one in served for verb in one.verbs if one.admits is not None}
    assert len(served) > 20
    assert asks_nothing == OPEN
    assert signed == SIGNED
    assert {operation.permission for operation in served} - {None} <= PERMISSIONS


def test_no_operation_that_writes_is_open_to_whoever_may_read(operations: list[Operation]) -> None:
    writing = [operation for operation in operations if operation.verbs - {"GET"}]

    assert writing
    assert {
        f"{verb} {one.path}" for one in writing for verb in one.verbs if str(one.permission).endswith(":read")
    } <= OPEN | STATELESS


def test_every_operation_is_described_and_has_a_name_of_its_own(operations: list[Operation]) -> None:
    shown = [operation for operation in operations if operation.include_in_schema]

    assert len(shown) > 20
    for operation in shown:
        assert operation.summary, operation.path
        assert operation.description, operation.path
        assert operation.tags, operation.path
        assert "\n\n\n" not in operation.description
    ids = Counter(operation.operation_id for operation in operations)
    assert [name for name, times in ids.items() if times > 1] == []


def test_every_operation_documents_what_it_answers(operations: list[Operation]) -> None:
    for operation in operations:
        if not operation.include_in_schema or operation.status_code == 204:
            continue
        answered = operation.responses.get(operation.status_code or 200, {})
        assert operation.response_model or answered, operation.path
