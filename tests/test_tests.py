"""What never runs asserts nothing: a test says something outside its conditions, before its loops and before it
states that of things which may not be there none is wrong."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutants import MUTANTS, ROOT, Mutant

FILES = sorted(Path(__file__).parent.rglob("test_*.py"))
# Not empty when what it is made of, or called on, is not.
MADE = "dict enumerate items pairwise range sorted split splitlines strip table values zip"


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def sure(node: ast.AST | None, known: set[str]) -> bool:
    """Whether a loop over this runs: a literal, a constant, a class, a parameter, what a helper has looked at."""
    match node:
        case ast.Name(name):
            return name in known or name[0].isupper()
        case ast.Call() if name_of(node) in MADE.split():
            return any(sure(part, known) for part in (getattr(node.func, "value", None), *node.args[:1]))
        case ast.Call():
            return name_of(node) in known
        case ast.Subscript(value) | ast.Attribute(ast.Call() as value):
            return sure(value, known)
        case ast.Constant(value):
            return bool(value)
        case ast.ListComp(_, parts) | ast.GeneratorExp(_, parts):
            return all(sure(part.iter, known) and not part.ifs for part in parts)
    return bool(getattr(node, "elts", None) or getattr(node, "keys", None))


def says(node: ast.AST, known: set[str]) -> bool:
    """Whether something is asserted here however little there is to loop over."""
    match node:
        case ast.For():
            return sure(node.iter, known) and said_among(node.body, known)
        case ast.If():
            return said_among(node.body, known) and said_among(node.orelse, known)
        case ast.Assert(ast.Compare(left, [ast.Eq()], [right])) if is_empty(right):
            return sure_to_look(left, known)
        case ast.Assert(ast.UnaryOp(ast.Not(), ast.ListComp() as left)):
            return sure_to_look(left, known)
        case ast.Assert(
            ast.Call(ast.Name("all"), [each]) | ast.UnaryOp(_, ast.Call(ast.Name("any"), [each]))
        ):
            return sure(each, known)
    asked = isinstance(node, ast.Call) and name_of(node) in {"expect", "raises", *known}
    return (
        asked or isinstance(node, ast.Assert) or any(says(part, known) for part in ast.iter_child_nodes(node))
    )


def said_among(statements: list[ast.stmt], known: set[str]) -> bool:
    return any(says(part, known) for part in statements)


def is_empty(node: ast.expr) -> bool:
    return ast.unparse(node) in {"[]", "{}", "set()"}


def sure_to_look(node: ast.expr, known: set[str]) -> bool:
    """Whether that nothing came of this says more than that nothing was there: filtered, or asked of each."""
    match node:
        case ast.ListComp(_, parts) | ast.SetComp(_, parts) | ast.DictComp(_, _, parts):
            filtered = any(part.ifs for part in parts)
            return all(sure(part.iter, known) for part in (parts if filtered else parts[:-1]))
    return True


def silent(text: str) -> list[str]:
    """The tests that assert, but only in loops that may not run."""
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    asserting = [one for one in functions if any(isinstance(part, ast.Assert) for part in ast.walk(one))]
    helpers = {one.name for one in asserting if not one.name.startswith("test_")}
    tests = [_spelt_out(one) for one in asserting if one.name not in helpers]
    return [one.name for one in tests if not says(one, _known(one, helpers))]


def _spelt_out(test: ast.FunctionDef) -> ast.FunctionDef:
    """With the comprehensions that its comparisons name in place of the names."""
    named = {
        target.id: line.value
        for line in ast.walk(test)
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.ListComp | ast.SetComp | ast.DictComp)
        for target in line.targets
        if isinstance(target, ast.Name)
    }
    for line in ast.walk(test):
        if isinstance(line, ast.Compare) and isinstance(line.left, ast.Name):
            line.left = named.get(line.left.id, line.left)
    return test


def _known(test: ast.FunctionDef, helpers: set[str]) -> set[str]:
    known = {*helpers, *(argument.arg for argument in test.args.args)}
    for line in ast.walk(test):
        if isinstance(line, ast.Assign) and sure(line.value, known):
            known |= {
                part.id for target in line.targets for part in ast.walk(target) if isinstance(part, ast.Name)
            }
    return known


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_test_asserts_only_in_a_loop_that_may_not_run(file: Path) -> None:
    assert silent(file.read_text(encoding="utf-8")) == []


def test_a_loop_over_what_was_found_needs_a_word_before_it() -> None:
    loop = "def test_it():\n    found = files()\n    {}\n    for one in found:\n        assert one"
    assert (silent(loop.format("pass")), silent(loop.format("assert found"))) == (["test_it"], [])


SILENT = {
    "no condition need hold": "for one in ['a']:\n        if one in found: assert one",
    "only one branch says": "if found:\n        assert found\n    else:\n        pass",
    "filtered": "assert [one for one in found if not one] == []",
    "filtered, not": "assert not [one for one in found if not one]",
    "filtered by name": "left = [one for one in found if not one]\n    assert left == []",
    "asked of each": "assert {part for one in found for part in faults(one)} == set()",
}
TELLING = {
    "either way": "if found:\n        assert found\n    else:\n        assert not found",
    "nothing was found": "assert [one.name for one in found] == []",
    "of what is sure": "assert [one for one in ('a', 'b') if one in found] == []",
    "faults of what is sure": "assert [part for one in ['a'] for part in faults(one)] == []",
    "looked at before": "assert found\n    assert [one for one in found if not one] == []",
}


@pytest.mark.parametrize("lines", [*SILENT.values(), *TELLING.values()], ids=[*SILENT, *TELLING])
def test_a_statement_that_may_look_at_nothing_needs_another(lines: str) -> None:
    wanted = ["test_it"] if lines in SILENT.values() else []
    assert silent(f"def test_it():\n    found = files()\n    {lines}") == wanted


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.file} {mutant.before[:20]}")
def test_every_small_change_of_meaning_has_its_place(mutant: Mutant) -> None:
    """`python -m tests.mutants` tries them one by one; code that moves takes them along."""
    assert (ROOT / mutant.file).read_text(encoding="utf-8").count(mutant.before) == 1
    assert (ROOT / mutant.tests.partition("::")[0]).exists()
