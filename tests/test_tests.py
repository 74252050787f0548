"""A loop that never runs asserts nothing: a test says something before it, or loops over what is surely there."""

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
            return sure(node.iter, known) and any(says(part, known) for part in node.body)
        case ast.Assert(
            ast.Call(ast.Name("all"), [each]) | ast.UnaryOp(_, ast.Call(ast.Name("any"), [each]))
        ):
            return sure(each, known)
    asked = isinstance(node, ast.Call) and name_of(node) in {"expect", "raises", *known}
    return (
        asked or isinstance(node, ast.Assert) or any(says(part, known) for part in ast.iter_child_nodes(node))
    )


def silent(text: str) -> list[str]:
    """The tests that assert, but only in loops that may not run."""
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    asserting = [one for one in functions if any(isinstance(part, ast.Assert) for part in ast.walk(one))]
    helpers = {one.name for one in asserting if not one.name.startswith("test_")}
    return [one.name for one in asserting if one.name not in helpers and not says(one, _known(one, helpers))]


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


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.file} {mutant.before[:20]}")
def test_every_small_change_of_meaning_has_its_place(mutant: Mutant) -> None:
    """`python -m tests.mutants` tries them one by one; code that moves takes them along."""
    assert (ROOT / mutant.file).read_text(encoding="utf-8").count(mutant.before) == 1
    assert (ROOT / mutant.tests.partition("::")[0]).exists()
