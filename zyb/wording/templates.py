"""The wording of reports: templates that an analyst may edit, run in a sandbox, faults explained in Chinese.

The shipped wording is data/rules/wording.toml; a file of the same name in the data folder replaces single
sentences. A template knows only the names that its sentence declares, which are those that the rule hands over, and
can do nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from zyb.errors import RulesError
from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.settings import data_folder

log = logging.getLogger("zyb")

FILE = "wording.toml"
# Templates and the sentences made of them: what is longer is not a sentence. (The longest shipped has 363 letters.)
LONGEST = 20_000
# Parser and compiler go down a level of their own for each of these, and end without a sentence when there are
# too many. What ships has conditions two deep and three words in a pair of braces.
DEEPEST = 20
MOST_WORDS = 100
MOST_CONDITIONS = 200
DEPTHS = {
    ("name", "if"): 1, ("name", "for"): 1, ("name", "endif"): -1, ("name", "endfor"): -1,
    **{("operator", bracket): 1 for bracket in "([{"}, **{("operator", bracket): -1 for bracket in ")]}"},
}  # fmt: skip
CONDITIONS = {("name", "if"), ("name", "elif")}
BRACES = {"variable_begin", "block_begin"}
# A template puts words in their places and asks whether they are there; it does nothing else.
PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not, nodes.And, nodes.Or,
    nodes.Compare, nodes.Operand, nodes.Const,
)  # fmt: skip

# What a sentence declares of itself; every other key of its table is a variant.
TITLE, NAMES = "title", "names"
# The variant of measures of which less is better.
LOWER = "lower"
DECLARED = frozenset({TITLE, NAMES})

Facts = Mapping[str, object]


class _Sandbox(ImmutableSandboxedEnvironment):
    """No attribute of anything, no arithmetic: a template puts words in their places and asks whether they are there."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return False

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(operator)


def _environment() -> ImmutableSandboxedEnvironment:
    """Nothing but the facts: no globals, no filters, no tests."""
    environment = _Sandbox(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


@dataclass(frozen=True)
class WordedSentence:
    """What people call it, the names that it may use, and how it is written for each variant."""

    title: str
    names: tuple[str, ...]
    templates: Mapping[str, Template]
    """A variant is a measure, a kind of measure or of report, or "default"."""


@dataclass(frozen=True)
class Wording:
    sentences: Mapping[str, WordedSentence]
    file: str

    def has(self, sentence: str) -> bool:
        return sentence in self.sentences

    def say(self, sentence: str, facts: Facts, *variants: str) -> str:
        """The sentence in the first of these variants that is written, else the default."""
        if sentence not in self.sentences:
            raise RulesError(self.file, sentence, "没有这个句子的措辞。")
        known = self.sentences[sentence].templates
        chosen = next((variant for variant in variants if variant in known), "default")
        place = f"{sentence}.{chosen}"
        try:
            text = known[chosen].render(facts)
        except UndefinedError as error:
            raise RulesError(self.file, place, _unknown_name(error, facts)) from None
        except SecurityError:
            raise RulesError(self.file, place, "措辞中只能引用给出的名称，不能调用程序。") from None
        except (TemplateError, ArithmeticError, TypeError, ValueError, RecursionError):
            raise RulesError(
                self.file, place, "措辞中的写法无法执行，只能填入名称或用 if 判断有无。"
            ) from None
        if len(text) > LONGEST:
            raise RulesError(self.file, place, "生成的句子过长，请检查是否写了循环。")
        return text


def variants(measure_id: str, kind: str, falls: bool) -> tuple[str, ...]:
    """A wording for this very measure comes before one for its kind; where less is better its own before that."""
    return (measure_id, *((f"{kind}_{LOWER}", LOWER) if falls else ()), kind)


def _unknown_name(error: UndefinedError, facts: Facts) -> str:
    named = str(error.message or "").split("'")
    wrong = f"“{named[1]}”" if len(named) > 1 else "一个名称"
    return f"不认识 {wrong}，这一句可用的名称有：{'、'.join(sorted(facts))}。"


def _template(
    environment: ImmutableSandboxedEnvironment, table: toml.RulesTable, variant: str, names: Sequence[str]
) -> Template:
    source = table.text(variant, names=None)
    try:
        if fault := _too_much(environment, source):
            raise table.fault(f"“{variant}”{fault}")
        syntax = environment.parse(source)
        _only_plain(syntax, table, variant)
        template = environment.from_string(source)
    except TemplateSyntaxError as error:
        raise table.fault(
            f"“{variant}”的写法有误（第{error.lineno}行）：花括号或百分号没有成对，或用了不认识的指令。"
        ) from None
    except TemplateError:
        raise table.fault(f"“{variant}”的写法有误：用了不认识的指令。") from None
    _only_declared(syntax, table, variant, names)
    return template


def _only_plain(syntax: nodes.Template, table: toml.RulesTable, variant: str) -> None:
    # An unknown filter is left to the compiler, which says so.
    allowed = (*PLAIN, nodes.Filter)
    if not all(isinstance(node, allowed) for node in syntax.find_all(nodes.Node)):
        raise table.fault(
            f"“{variant}”中的写法无法执行：只能填入名称，或用 if 判断有无，不能写循环、运算和调用，不能调用程序。"
        )


def _only_declared(
    syntax: nodes.Template, table: toml.RulesTable, variant: str, names: Sequence[str]
) -> None:
    used = dict.fromkeys(node.name for node in syntax.find_all(nodes.Name))
    if unknown := [name for name in used if name not in names]:
        may = f"这一句可用的名称有：{'、'.join(names)}。" if names else "这一句没有可用的名称。"
        raise table.fault(f"“{variant}”中有不认识的名称：{'、'.join(unknown)}。{may}")


def _too_much(environment: ImmutableSandboxedEnvironment, source: str) -> str:
    """Why a template is refused before it is parsed; empty for one that a person would write."""
    if len(source) > LONGEST:
        return f"过长，最多 {LONGEST} 个字。"
    depth = words = conditions = 0
    for _, kind, word in environment.lex(source):
        depth += DEPTHS.get((kind, word), 0)
        words = 0 if kind in BRACES else words + (kind != "whitespace")
        conditions += (kind, word) in CONDITIONS
        if depth > DEEPEST:
            return f"套得太深，条件和括号最多套 {DEEPEST} 层。"
        if words > MOST_WORDS or conditions > MOST_CONDITIONS:
            return f"的条件太多，最多写 {MOST_CONDITIONS} 个，一对花括号中最多 {MOST_WORDS} 个词。"
    return ""


def parse_wording(table: toml.RulesTable, changes: toml.RulesTable | None = None) -> Wording:
    """The shipped wording with the sentences that the data folder replaces."""
    environment = _environment()
    found: dict[str, WordedSentence] = {}
    for sentence, below in table.items():
        names = _names(below)
        found[sentence] = WordedSentence(below.text(TITLE), names, _templates(environment, below, names))
        if "default" not in found[sentence].templates:
            raise below.fault("缺少“default”（通用写法）。")
    for sentence, below in changes.items() if changes else ():
        if sentence not in found:
            raise below.fault("没有这个句子。")
        known = found[sentence]
        own = _templates(environment, below, known.names)
        found[sentence] = replace(known, templates={**known.templates, **own})
    return Wording(found, changes.file if changes else table.file)


def variants_of(sentence: Mapping[str, object]) -> dict[str, object]:
    """A sentence's table without what it declares: how it is written, by variant."""
    return {key: words for key, words in sentence.items() if key not in DECLARED}


def _names(table: toml.RulesTable) -> tuple[str, ...]:
    names = table.texts(NAMES)
    if odd := [name for name in names if not name.isidentifier()]:
        raise table.fault(f"“{NAMES}”中有不能用作名称的写法：{toml.shown(odd[0])}。")
    if twice := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        raise table.fault(f"“{NAMES}”中有重复的名称：{'、'.join(twice)}。")
    return names


def _templates(
    environment: ImmutableSandboxedEnvironment, table: toml.RulesTable, names: Sequence[str]
) -> dict[str, Template]:
    return {variant: _template(environment, table, variant, names) for variant in variants_of(table.data)}


def wording(folder: Path | None = None) -> Wording:
    """The wording in force; a changed file is read anew."""
    if folder is None or not (stamp := wording_stamp(folder)):
        return shipped()
    return _changed(folder / FILE, stamp)


def said_on_pages(sentence: str, facts: Facts, *variants: str) -> str:
    """As reports say it. A fault in the installation's own wording is told where reports are made; figures show on."""
    try:
        return wording(data_folder()).say(sentence, facts, *variants)
    except (RulesError, OSError):
        log.warning("the shipped wording stands in for the installation's own", exc_info=True)
        return shipped().say(sentence, facts, *variants)


def wording_stamp(folder: Path) -> int:
    """Tells one state of the installation's own wording from another; 0 without one."""
    own = folder / FILE
    return own.stat().st_mtime_ns if own.exists() else 0


@rule
def shipped() -> Wording:
    return parse_wording(toml.load(rules_file(FILE)))


@rule
def _changed(path: Path, _stamp: int) -> Wording:
    return parse_wording(toml.load(rules_file(FILE)), toml.load(path))
