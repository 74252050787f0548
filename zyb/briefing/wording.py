"""The wording of reports: templates that an analyst may edit, run in a sandbox, faults explained in Chinese.

The shipped wording is data/rules/wording.toml; a file of the same name in the data folder replaces single
sentences. A template knows only the words and numbers that the rule hands over, and can do nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from zyb import rules
from zyb.errors import RulesError

FILE = "wording.toml"
# A sentence longer than this is a loop that somebody wrote into a template, not a sentence.
LONGEST = 20_000

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
class Wording:
    """sentence → variant → template. A variant is a measure, a kind of measure, or "default"."""

    templates: Mapping[str, Mapping[str, Template]]
    file: str

    def has(self, sentence: str) -> bool:
        return sentence in self.templates

    def say(self, sentence: str, facts: Facts, *variants: str) -> str:
        """The sentence in the first of these variants that is written, else the default."""
        if sentence not in self.templates:
            raise RulesError(self.file, sentence, "没有这个句子的措辞。")
        known = self.templates[sentence]
        chosen = next((variant for variant in variants if variant in known), "default")
        place = f"{sentence}.{chosen}"
        try:
            text = known[chosen].render(facts)
        except UndefinedError as error:
            raise RulesError(self.file, place, _unknown_name(error, facts)) from None
        except SecurityError:
            raise RulesError(self.file, place, "措辞中只能引用给出的名称，不能调用程序。") from None
        except (TemplateError, ArithmeticError, TypeError, ValueError):
            raise RulesError(
                self.file, place, "措辞中的写法无法执行，只能填入名称或用 if 判断有无。"
            ) from None
        if len(text) > LONGEST:
            raise RulesError(self.file, place, "生成的句子过长，请检查是否写了循环。")
        return text


def _unknown_name(error: UndefinedError, facts: Facts) -> str:
    named = str(error.message or "").split("'")
    wrong = f"“{named[1]}”" if len(named) > 1 else "一个名称"
    return f"不认识 {wrong}，这一句可用的名称有：{'、'.join(sorted(facts))}。"


def _template(environment: ImmutableSandboxedEnvironment, table: rules.Table, variant: str) -> Template:
    try:
        return environment.from_string(table.text(variant))
    except TemplateSyntaxError as error:
        raise table.fault(
            f"“{variant}”的写法有误（第{error.lineno}行）：花括号或百分号没有成对，或用了不认识的指令。"
        ) from None
    except TemplateError:
        raise table.fault(f"“{variant}”的写法有误：用了不认识的指令。") from None


def parse_wording(table: rules.Table, changes: rules.Table | None = None) -> Wording:
    """The shipped wording with the sentences that the data folder replaces."""
    environment = _environment()
    found: dict[str, dict[str, Template]] = {}
    for sentence, below in table.items():
        found[sentence] = {variant: _template(environment, below, variant) for variant in below.data}
        if "default" not in found[sentence]:
            raise below.fault("缺少“default”（通用写法）。")
    for sentence, below in changes.items() if changes else ():
        if sentence not in found:
            raise below.fault("没有这个句子。")
        found[sentence] |= {variant: _template(environment, below, variant) for variant in below.data}
    return Wording(found, changes.file if changes else table.file)


def wording(folder: Path | None = None) -> Wording:
    """The wording in force; a changed file is read anew."""
    if folder is None or not (stamp := wording_stamp(folder)):
        return shipped()
    return _changed(folder / FILE, stamp)


def wording_stamp(folder: Path) -> int:
    """Tells one state of the installation's own wording from another; 0 without one."""
    own = folder / FILE
    return own.stat().st_mtime_ns if own.exists() else 0


@cache
def shipped() -> Wording:
    return parse_wording(rules.load(rules.RULES / FILE))


@cache
def _changed(path: Path, _stamp: int) -> Wording:
    return parse_wording(rules.load(rules.RULES / FILE), rules.load(path))
