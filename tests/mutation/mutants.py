"""The faults that are planted: each is one small change of one expression or statement of a module.

Law: nothing that is only said to people or to the type checker is changed: docstrings, annotations, decorators,
`Literal` types, `__all__`, the tables called `TEXTS`, and every text with a blank in it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType
from typing import Any

SWAPPED: dict[type[ast.AST], tuple[Any, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.FloorDiv,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.LShift: (ast.RShift,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "bisect_left": "bisect_right"}
NAMES |= {"bisect_right": "bisect_left", "sorted": "list", "reversed": "list"}
_TURNED = (ast.Compare, ast.UnaryOp)
"""Conditions that are turned round by a fault of their own."""
_SPOKEN = ("annotation", "returns", "decorator_list")
_TABLES = frozenset({"TEXTS", "__all__"})


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one fault: where it is, what it was changed to, and the code to run."""

    line: int
    change: str
    code: CodeType


def mutants(
    source: str, path: str, only: frozenset[str] = frozenset(), without: frozenset[str] = frozenset()
) -> Iterator[Mutant]:
    """Every module that differs from this one by one fault, in the order of its lines.

    `only`: the faults lie within the functions and constants of these names, never in those of `without`.
    """
    tree = ast.parse(source)
    chosen = [one for one in tree.body if (not only or _name(one) in only) and _name(one) not in without]
    found = (site for one in chosen if not _is_spoken(one) for site in _sites(one))
    sites = sorted(found, key=lambda site: (site[2].lineno, site[2].col_offset))
    for holder, place, node in sites:
        for changed in _changes(node):
            _put(holder, place, ast.fix_missing_locations(ast.copy_location(changed, node)))
            yield Mutant(node.lineno, f"{_said(node)} -> {_said(changed)}", compile(tree, path, "exec"))
            _put(holder, place, node)


def _sites(node: ast.AST) -> Iterator[tuple[Any, Any, Any]]:
    for name, value in ast.iter_fields(node):
        if name in _SPOKEN or _is_spoken(value):
            continue
        holder, children = (
            (value, list(enumerate(value))) if isinstance(value, list) else (node, [(name, value)])
        )
        for place, child in children:
            if isinstance(child, ast.AST) and not _is_spoken(child):
                if hasattr(child, "lineno"):
                    yield holder, place, child
                yield from _sites(child)


def _name(node: ast.stmt) -> str:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
    return ""


def _is_spoken(node: object) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Subscript(value=ast.Name(id="Literal")):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name in _TABLES
    return False


def _put(holder: Any, place: Any, node: ast.AST) -> None:
    if isinstance(holder, list):
        holder[place] = node
    else:
        setattr(holder, place, node)


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    yield from _of_operator(node)
    yield from _of_value(node)
    yield from _of_statement(node)


def _of_operator(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left=left, ops=ops, comparators=others):
            for at, op in enumerate(ops):
                for swapped in SWAPPED[type(op)]:
                    yield ast.Compare(left, [*ops[:at], swapped(), *ops[at + 1 :]], others)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(SWAPPED[type(op)][0](), values)
        case ast.BinOp(left=left, op=op, right=right):
            yield ast.BinOp(left, SWAPPED[type(op)][0](), right)
        case ast.AugAssign(target=target, op=op, value=value):
            yield ast.AugAssign(target, SWAPPED[type(op)][0](), value)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand


def _of_value(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(value=value):
            yield from map(ast.Constant, _other(value))
        case ast.Name(id=name, ctx=ast.Load()) if name in NAMES:
            yield ast.Name(NAMES[name], ast.Load())
        case ast.IfExp(test=test, body=body, orelse=orelse) if not isinstance(test, _TURNED):
            yield ast.IfExp(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            yield from _unfiltered(node)


def _of_statement(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Call()) | ast.Raise():
            yield ast.Pass()
        case ast.If(test=test, body=body, orelse=orelse) if not isinstance(test, _TURNED):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()


def _other(value: object) -> Iterator[Any]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, bytes):
        yield value + b"x"
    elif isinstance(value, str) and " " not in value:
        yield value + "x"


def _unfiltered(node: Any) -> Iterator[ast.AST]:
    for number, one in enumerate(node.generators):
        if one.ifs:
            bare = ast.comprehension(one.target, one.iter, [], one.is_async)
            made = {**dict(ast.iter_fields(node)), "generators": list(node.generators)}
            made["generators"][number] = bare
            yield type(node)(**made)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _said(node: ast.AST) -> str:
    return " ".join(ast.unparse(ast.fix_missing_locations(node)).split())[:70]
