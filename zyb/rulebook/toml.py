"""Rules are data: TOML and CSV in, checked key by key, faults named by file, table and key."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

from zyb.errors import RulesError
from zyb.inert import visible
from zyb.rulebook.book import in_force, rules_file

T = TypeVar("T")
MISSING: Any = object()
MOST_SHOWN, MOST_NAMES = 30, 12
BRACED = re.compile(r"\{([^{}]*)\}")
PERCENTAGE = re.compile(r"([+-]?\d+(?:\.\d+)?)%")
# Said to whoever edits rules; an analyst who sends in a wording need not know what its notation is called.
TOML_PLACE = re.compile(r"at line (\d+)")
# The parser takes time with the square of a name's parts; nobody writes a name of a hundred.
ENDLESS_NAME = re.compile(
    r"""(?m:^|[{,])[ \t]*+\[{0,2}[ \t]*+(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){100}"""
)


class RulesTable:
    """One TOML table. Whoever reads it asks for each key by its kind and ends with `finish()`."""

    def __init__(self, data: dict[str, Any], file: str, place: str = "") -> None:
        self.data = data
        self.file = file
        self.place = place
        self._asked: set[str] = set()

    def fault(self, message: str) -> RulesError:
        return RulesError(self.file, self.place, message)

    def has(self, key: str) -> bool:
        return key in self.data

    def is_list(self, key: str) -> bool:
        """Where one thing or several may stand."""
        return isinstance(self.data.get(key), list)

    def _value(self, key: str, default: Any, kinds: type | tuple[type, ...], called: str) -> Any:
        self._asked.add(key)
        if key not in self.data:
            if default is MISSING:
                raise self.fault(f"缺少“{key}”（{called}）。")
            return default
        value = self.data[key]
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
            raise self.fault(f"“{key}”应为{called}，现为 {shown(value)}。")
        return value

    def text(self, key: str, default: str = MISSING, names: Collection[str] | None = ()) -> str:
        """`names`: what may stand in braces, for nobody fills in anything else; None where its reader checks them."""
        text = str(self._value(key, default, str, "文字"))
        if self.has(key) and not text.strip():
            raise self.fault(f"“{key}”是空的，请填写；不需要的，删去这一行。")
        if self.has(key) and names is not None:
            self._check_braces(key, text, names)
        return text

    def _check_braces(self, key: str, text: str, names: Collection[str]) -> None:
        unknown = [name for name in BRACED.findall(text) if name not in names]
        if not unknown and not re.search(r"[{}]", BRACED.sub("", text)):
            return
        slip = f"用了不认识的名称{shown(f'{{{unknown[0]}}}')}" if unknown else "花括号没有成对"
        raise self.fault(f"“{key}”中{slip}；{_may_stand(names, unknown)}。")

    def integer(self, key: str, default: int = MISSING, least: int | None = None) -> int:
        number = int(self._value(key, default, int, "整数"))
        if least is not None and self.has(key) and number < least:
            raise self.fault(f"“{key}”应为{least}以上的整数，现为 {number}。")
        return number

    def flag(self, key: str, default: bool = MISSING) -> bool:
        return bool(self._value(key, default, bool, "true 或 false"))

    def day(self, key: str) -> date:
        value = self._value(key, MISSING, date, "日期")
        if isinstance(value, datetime):
            raise self.fault(f"“{key}”应为日期，不带时刻。")
        return date(value.year, value.month, value.day)

    def texts(
        self, key: str, default: Sequence[str] = MISSING, names: Collection[str] | None = ()
    ) -> tuple[str, ...]:
        values = self._value(key, default, (list, tuple), "文字列表")
        if not all(isinstance(value, str) for value in values):
            raise self.fault(f"“{key}”应为文字列表。")
        for value in values if names is not None else ():
            self._check_braces(key, value, names or ())
        return tuple(values)

    def integers(self, key: str, default: Sequence[int] = MISSING) -> tuple[int, ...]:
        values = self._value(key, default, (list, tuple), "整数列表")
        if not all(type(value) is int for value in values):
            raise self.fault(f"“{key}”应为整数列表。")
        return tuple(values)

    def choice(self, key: str, options: Sequence[str], default: str = MISSING) -> str:
        value = self.text(key, default)
        if value not in options:
            raise self.fault(f"“{key}”应为 {'、'.join(options)} 之一，现为 {shown(value)}。")
        return value

    def share(self, key: str, default: str = MISSING) -> Fraction:
        """A percentage written as text, such as "85%" or "-30%": exact, never a binary float."""
        return percentage(self.text(key, default), self, key)

    def table(self, key: str) -> RulesTable:
        return RulesTable(self._value(key, MISSING, dict, "子表"), self.file, self._below(key))

    def tables(self, key: str) -> list[RulesTable]:
        values = self._value(key, [], list, "子表列表")
        if not all(isinstance(value, dict) for value in values):
            raise self.fault(f"“{key}”应为子表列表。")
        return [RulesTable(v, self.file, f"{self._below(key)} 第{n}项") for n, v in enumerate(values, 1)]

    def items(self) -> Iterator[tuple[str, RulesTable]]:
        for key in self.data:
            yield key, self.table(key)

    def _below(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def finish(self) -> None:
        """A key that nobody asked for is a slip of the pen, and says so."""
        unknown = sorted(set(self.data) - self._asked)
        if unknown:
            raise self.fault(f"不认识的项：{'、'.join(unknown)}。")


def _may_stand(names: Collection[str], unknown: Sequence[str]) -> str:
    """All names, or of very many those that were probably meant."""
    if not names:
        return "这里不用花括号"
    many = len(names) > MOST_NAMES
    near = get_close_matches(unknown[0], names) if many and unknown else ()
    told = "、".join(f"{{{name}}}" for name in (near if many else names))
    return f"{'相近的' if many else '可用的'}有：{told}" if told else "名称见该文件其他各句"


def shown(value: object) -> str:
    """What stands in the file, as the person who wrote it knows it."""
    if isinstance(value, str):
        return f"“{visible(value[:MOST_SHOWN])}{'…' if len(value) > MOST_SHOWN else ''}”"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return "列表" if isinstance(value, list) else "子表"
    return str(value)


def twice(values: Iterable[str]) -> str:
    """The first that is not the only one of its kind; blank where each stands once."""
    return next((value for value, times in Counter(values).items() if times > 1), "")


def percentage(text: str, table: RulesTable, key: str) -> Fraction:
    """The sign is required: without it nobody knows whether 0.85 means 85 % or less than one."""
    found = PERCENTAGE.fullmatch(text)
    if not found:
        raise table.fault(f'“{key}”应为百分数，例如 "85%"，现为 {shown(text)}。')
    return Fraction(found[1]) / 100


def load(path: Path) -> RulesTable:
    """A TOML file of the rules."""
    return parse(_text(path), label(path))


def read_with_own(name: str, province: str, read: Callable[[RulesTable], T]) -> T:
    """What a file of the nation's rules says with the tables that the province has in a file of that name: each whole.

    Whoever differs says by which document: `basis` is the province's own. The nation's file is read by itself first, so
    that a slip in it is told of it; what is wrong after that stands in the province's, or is missing there.
    """
    national, provincial = load(rules_file(name)), own_table(name, province)
    found = read(national)
    if provincial is None:
        return found
    provincial.text("basis")
    return read(RulesTable(national.data | provincial.data, provincial.file))


def own_table(name: str, province: str) -> RulesTable | None:
    """The file of that name in the province's folder; None where it has none."""
    own = rules_file("provinces", province, name)
    if own.is_file():
        return load(own)
    _refuse_almost(own)
    return None


def _refuse_almost(own: Path) -> None:
    """“Verdicts.toml”, “verdicts.toml.txt”: whoever has put it there believes that it holds."""
    near = own.parent.iterdir() if own.parent.is_dir() else ()
    for file in near:
        if file.name.lower().startswith(own.stem.lower()):
            raise RulesError(label(file), "", f"文件名应为“{own.name}”，现在不起作用。")


def says(table: RulesTable, key: str, *numbers: int | Fraction) -> None:
    """The words of a rule name the numbers that hold: a threshold that was changed without them is a slip."""
    for number in numbers:
        shown = str(number) if Fraction(number).denominator == 1 else f"{float(number):g}"
        if not re.search(rf"(?<![\d.]){re.escape(shown)}(?![\d.])", table.text(key)):
            raise table.fault(f"“{key}”里没有写明界限 {shown}，说明与所设的界限不一致。")


def load_rows(
    path: Path, columns: Sequence[str], may_be_blank: Sequence[str] = ()
) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file of the rules with the numbers of their lines; every column filled but those named."""
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader]
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
    except csv.Error:
        where = f"第 {reader.line_num} 行附近"
        raise RulesError(label(path), where, "引号没有成对，或一格文字过长。") from None
    if missing:
        raise RulesError(label(path), "表头", f"缺少列：{'、'.join(missing)}。")
    return [(number, _filled(path, number, row, set(columns) - set(may_be_blank))) for number, row in rows]


def _filled(path: Path, number: int, row: dict[str | Any, Any], needed: set[str]) -> dict[str, str]:
    if None in row:
        raise RulesError(label(path), f"第 {number} 行", "多出了格，请检查逗号和引号。")
    cells = {column: (text or "").strip() for column, text in row.items()}
    if empty := [column for column in cells if column in needed and not cells[column]]:
        raise RulesError(label(path), f"第 {number} 行", f"以下列为空：{'、'.join(empty)}。")
    return cells


def label(path: Path) -> str:
    """The file as the administrator knows it, from the rules folder on; never a path of the machine."""
    folder = in_force().folder
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def content(path: Path) -> bytes:
    """A file of the rules as it lies there."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise RulesError(label(path), "", "文件不存在。") from None
    except OSError:
        raise RulesError(label(path), "", "文件无法读取，请检查权限。") from None


def _text(path: Path) -> str:
    """The text of a rule file; the mark that Windows editors put before UTF-8 does no harm."""
    try:
        return content(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RulesError(label(path), "", "文件编码不是 UTF-8，请另存为 UTF-8。") from None


def parse(text: str, file: str = "rules.toml") -> RulesTable:
    """Rules from a string: what a test or an administrator tries before saving."""
    if ENDLESS_NAME.search(text):
        raise RulesError(file, "", "名称过长，请检查其中的点号。", syntax=True)
    try:
        return RulesTable(tomllib.loads(text), file)
    except RecursionError:
        raise RulesError(file, "", "括号套得太深。", syntax=True) from None
    except ValueError as error:  # TOMLDecodeError, and a number of thousands of digits
        raise RulesError(file, "", f"{_slip(str(error))}。", syntax=True) from None


def _slip(said: str) -> str:
    """What the parser says in English, in Chinese and with the line."""
    found = TOML_PLACE.search(said)
    where = f"第{found[1]}行附近" if found else "文件末尾附近"
    if said.startswith("Invalid date"):
        return f"{where}的日期或时刻不存在，请核对年月日"
    if said.startswith("Exceeds the limit"):
        return "有一个数字过长，请核对"
    if said.startswith(("Cannot", "Duplicate")):
        return f"{where}有一项写了两次，请删去一处"
    return f"{where}的写法有误，请检查引号是否成对、是否为英文引号，等号和方括号是否完整"
