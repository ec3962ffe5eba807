"""Every code that a problem may carry has its text, which says the same in English and Bahasa Indonesia."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import app
from app.constraints import CODES
from app.database.register import Register
from app.http.catalogue import TEXTS, TITLES
from app.http.fields import _CODES as FIELD_CODES
from app.http.problems import Refusal
from app.main import FEATURES

ROOT = Path(app.__file__).parent
SOURCES = sorted(ROOT.rglob("*.py"))


def _refusals() -> set[str]:
    kinds, names = [Refusal], set()
    while kinds:
        kind = kinds.pop()
        names.add(kind.__name__)
        kinds += kind.__subclasses__()
    return names


def codes_raised() -> Iterator[tuple[Path, int, str]]:
    """Every code that stands as a literal where a refusal or a fault is made."""
    place = dict.fromkeys(_refusals() | {"fault"}, 0) | {"Fault": 1, "invalid": 1}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            where = place.get(name)
            if where is None or len(node.args) <= where:
                continue
            code = node.args[where]
            for one in (code.body, code.orelse) if isinstance(code, ast.IfExp) else (code,):
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield path.relative_to(ROOT), node.lineno, one.value


def test_every_code_that_is_raised_has_its_text() -> None:
    raised = list(codes_raised())
    told = [*FIELD_CODES.values(), *(told.partition(" ")[0] for told in CODES.values())]

    assert FEATURES
    assert len({code for _, _, code in raised}) > 40
    assert [found for found in raised if found[2] not in TEXTS] == []
    assert set(told) <= TEXTS.keys()


def test_whatever_is_shown_by_its_key_can_be_missed_in_words() -> None:
    shown = [
        getattr(
            import_module(".".join(("app", *path.relative_to(ROOT).with_suffix("").parts))), node.args[0].id
        )
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "show"
        and isinstance(node.args[0], ast.Name)
    ]

    assert shown
    assert {
        f"{register.type}.not_found" for register in shown if isinstance(register, Register)
    } <= TEXTS.keys()


def test_every_text_says_the_same_facts_in_both_languages() -> None:
    facts = re.compile(r"{(\w*)}")

    assert len(TEXTS) > 60
    for code, text in [*TEXTS.items(), *TITLES.items()]:
        assert text.en, code
        assert text.id, code
        assert text.en != text.id, code
        assert set(facts.findall(text.en)) == set(facts.findall(text.id)), code
