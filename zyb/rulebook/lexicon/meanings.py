"""What words in a cell mean: the options of a choice, states of a task, size classes. Declared with the columns."""

from __future__ import annotations

from dataclasses import dataclass, fields

from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file

FILE = "states.toml"
CHOICES = "choices.toml"
# The only table there that is no option.
DOUBTED = "doubted"


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """A statement means `option` when it holds one of `words` (and one of `beside`, and none of `without`).

    `denied`: only when something is said not to have been done about it, 未组织职业健康检查.
    """

    option: str
    words: tuple[str, ...]
    beside: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    denied: bool = False

    def named_in(self, statement: str) -> tuple[str, ...]:
        """The words of it that stand in the statement, when nothing there rules it out."""
        if any(word in statement for word in self.without):
            return ()
        if self.beside and not any(word in statement for word in self.beside):
            return ()
        return tuple(word for word in self.words if word in statement)


@dataclass(frozen=True)
class SizeClass:
    """中型: `least` ≤ X < `below`."""

    name: str
    least: int
    below: int


@dataclass(frozen=True)
class States:
    """Words for a state as an answer to one kind of question (是否完成): those that mean 是, those that mean 否."""

    yes: tuple[str, ...]
    no: tuple[str, ...]


def parse_meaning(table: toml.RulesTable) -> Meaning:
    meaning = Meaning(
        option=table.text("option"), words=table.texts("words"), beside=table.texts("beside", ()),
        without=table.texts("without", ()), denied=table.flag("denied", False),
    )  # fmt: skip
    table.finish()
    return meaning


def parse_size_class(table: toml.RulesTable) -> SizeClass:
    size = SizeClass(table.text("name"), table.integer("least"), table.integer("below"))
    if not 0 <= size.least < size.below:
        raise table.fault("least 应小于 below。")
    table.finish()
    return size


@rule
def states() -> dict[str, States]:
    """By what a column asks."""
    found = {}
    for name, table in toml.load(rules_file(FILE)).items():
        found[name] = States(table.texts("yes"), table.texts("no"))
        if both := set(found[name].yes) & set(found[name].no):
            raise table.fault(f"同时写在 yes 和 no 里：{'、'.join(sorted(both))}。")
        table.finish()
    return found


@dataclass(frozen=True)
class Doubting:
    """What is said beside an answer and may take it back, by where it stands."""

    before: tuple[str, ...]
    behind: tuple[str, ...]
    inside: tuple[str, ...]
    anywhere: tuple[str, ...]
    remarks: tuple[str, ...]


@rule
def doubting() -> Doubting:
    table = toml.load(rules_file(CHOICES)).table(DOUBTED)
    found = Doubting(**{one.name: table.texts(one.name) for one in fields(Doubting)})
    table.finish()
    return found


@rule
def spellings() -> dict[str, frozenset[str]]:
    """By option: what people write for it and mean nothing else."""
    found: dict[str, frozenset[str]] = {}
    for option, table in toml.load(rules_file(CHOICES)).items():
        if option == DOUBTED:
            continue
        found[option] = frozenset(table.texts("words"))
        table.finish()
    said = [word for words in found.values() for word in words]
    if twice := sorted({word for word in said if said.count(word) > 1}):
        raise toml.load(rules_file(CHOICES)).fault(f"同一写法属于两个选项：{'、'.join(twice)}。")
    return found
