"""The installation's own wording of reports: checked and tried on real figures before it is taken, and taken back.

The file lies in the data folder (zyb.wording.templates reads it). A faulty one never gets there, so whatever
is wrong with it, reports go on in the wording that was in force.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zyb.access import Permission, Viewer, insist
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.briefing.outlines import plans
from zyb.errors import NotPossible, RulesError, ZybError
from zyb.periods import chinese_moment
from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.measures import measures
from zyb.rulebook.places.divisions import provinces
from zyb.store import Rewording, Store, Unsure, disk_fault
from zyb.wording.templates import FILE, NAMES, TITLE, parse_wording, shipped, variants_of

MOST_BYTES = 200_000
ENCODINGS = ("utf-8-sig", "gb18030")
DECLARATIONS = {TITLE: "这一句的叫法", NAMES: "这一句可用的名称"}
# Variants that are neither a measure nor a kind of report.
VARIANTS = {
    "default": "通用", "ratio": "比率类指标", "growth": "增长类指标", "running": "任务年度内", "lower": "越低越好的指标",
    "ratio_lower": "越低越好的比率类指标", "growth_lower": "越低越好的增长类指标",
    "count": "数量类指标", "count_lower": "越低越好的数量类指标",
    "survey": "调查类指标", "survey_lower": "越低越好的调查类指标",
}  # fmt: skip
UNCHANGED = "现用的措辞没有改变，请改正后重新上传。"


# -- what there is ----------------------------------------------------------------------


def shipped_file() -> bytes:
    return toml.content(rules_file(FILE))


def own_file(folder: Path) -> bytes | None:
    own = folder / FILE
    return own.read_bytes() if own.exists() else None


def changed(text: str) -> list[str]:
    """What a wording says otherwise than the shipped one, by the names of the sentences: “导语”, “总体情况”."""
    usual = toml.parse(_read(shipped_file())).data
    odd = [name for name, below in toml.parse(text).data.items() if _differs(below, usual.get(name))]
    return [_title(name) for name in odd]


def _differs(own: object, usual: object) -> bool:
    if not isinstance(own, dict) or not isinstance(usual, dict):
        return True
    return any(usual.get(variant) != words for variant, words in variants_of(own).items())


def _title(sentence: str) -> str:
    known = shipped().sentences.get(sentence)
    return known.title if known else sentence


@rule
def _variants() -> frozenset[str]:
    """What a wording may be for: a measure, a kind of measure or of report, or everything."""
    known = {name for roster in provinces() for name in measures(roster[1])}
    said = {variant for sentence in shipped().sentences.values() for variant in sentence.templates}
    return frozenset({"ratio", "ratio_lower", *known, *plans().kinds, *said})


# -- checking -----------------------------------------------------------------------------


def checked(store: Store, content: bytes, request: Request | None) -> str:
    """The wording as text, when nothing is wrong with it; else the fault in Chinese, and nothing is replaced.

    It is tried on the report that is open, where there is one.
    """
    try:
        text = _read(content)
        parse_wording(toml.parse(_read(shipped_file()), FILE), toml.parse(text, FILE))
        _understood(text)
        if not changed(text):
            raise NotPossible("这份措辞与程序自带的完全相同。", "请修改后再上传，或恢复程序自带的措辞。")
        if request:
            _tried(store, text, request)
    except RulesError as error:
        raise ZybError(error.of("措辞文件"), UNCHANGED) from None
    return text


def _read(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise ZybError("文件过大，不是措辞文件。", UNCHANGED)
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    raise ZybError("文件不是文本文件。", UNCHANGED)


def _understood(text: str) -> None:
    """What would be without effect is a slip, and says so."""
    usual = toml.parse(_read(shipped_file())).data
    for name, below in toml.parse(text, FILE).items():
        for variant in variants_of(below.data):
            if variant not in _variants():
                raise below.fault(f"没有名为“{variant}”的指标或种类，通用写法用 default。")
        for key, told in DECLARATIONS.items():
            if below.data.get(key, usual[name][key]) != usual[name][key]:
                raise below.fault(f"“{key}”（{told}）由程序规定，不能改，请改回原样或删去这一项。")


def _tried(store: Store, text: str, request: Request) -> None:
    with _disk_told(), tempfile.TemporaryDirectory() as folder:
        (Path(folder) / FILE).write_text(text, encoding="utf-8")
        compose(store, request, folder=Path(folder))


# -- taking and taking back -----------------------------------------------------------------


LOOKED_AT_NOTHING = object()


def take(store: Store, folder: Path, text: str, *, by: Viewer, seen: object = LOOKED_AT_NOTHING) -> None:
    """In one step, so that nobody ever reads half a file; with a record of every sentence that reads otherwise.

    `seen` is the own file (`own_file`) that whoever takes another has looked at: what somebody has taken since is
    not overruled unread.
    """
    _put(store, folder, text, by, seen)


def give_up(store: Store, folder: Path, *, by: Viewer, seen: object = LOOKED_AT_NOTHING) -> None:
    """The shipped wording holds again; that too is recorded. `seen` as above."""
    _put(store, folder, "", by, seen)


def settle(store: Store, folder: Path) -> None:
    """After a program that was ended amid a change: the wording is the one that the records tell of."""
    with store.exclusively():
        if _aside(folder).exists():
            if not _as_recorded(store, folder):
                _put_back(folder)
            _tidy(folder)


def _as_recorded(store: Store, folder: Path) -> bool:
    """Whether the newest records are exactly what the file reads otherwise than the one put aside."""
    before, now = _sentences_in_force(_text_of(_aside(folder))), _sentences_in_force(_kept(folder))
    change = {
        place: (before.get(place, ""), now.get(place, ""))
        for place in {*before, *now}
        if before.get(place, "") != now.get(place, "")
    }
    newest = store.rewordings(len(change)) if change else []
    return {(one.sentence, one.variant): (one.before, one.after) for one in newest} == change


def _put(store: Store, folder: Path, text: str, by: Viewer, seen: object) -> None:
    """The file and its records change together: where the records cannot be saved, the file is put back."""
    insist(by, Permission.REWORD)
    with store.exclusively(), _disk_told():
        settle(store, folder)
        before = own_file(folder)
        if seen is not LOOKED_AT_NOTHING and seen != before:
            raise _taken_since(store)
        try:
            _new(folder).write_text(text, encoding="utf-8")
            _put_aside(folder)
            store.add_rewordings(_changes(folder, text, by.name), then=lambda: _replace(folder, text))
        except Unsure:  # what is put aside stays, and is settled by the records when they can be read again
            raise
        except BaseException:
            _put_back(folder)
            _tidy(folder)
            raise
        _tidy(folder)


@contextmanager
def _disk_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise disk_fault(error) from error


def _new(folder: Path) -> Path:
    return folder / f".{FILE}.new"


def _aside(folder: Path) -> Path:
    """The own file as it was before a change that is under way; empty where there was none."""
    return folder / f".{FILE}.old"


def _put_aside(folder: Path) -> None:
    """So that it can be brought back even on a disk that is full by then."""
    own, aside = folder / FILE, _aside(folder)
    aside.unlink(missing_ok=True)
    if not own.exists():
        aside.touch()
        return
    try:
        os.link(own, aside)
    except OSError:  # a disk without links
        shutil.copyfile(own, aside)


def _replace(folder: Path, text: str) -> None:
    if text:
        _new(folder).replace(folder / FILE)
    else:
        (folder / FILE).unlink(missing_ok=True)


def _put_back(folder: Path) -> None:
    aside = _aside(folder)
    if not aside.exists():
        return
    if aside.stat().st_size:
        aside.replace(folder / FILE)
    else:
        (folder / FILE).unlink(missing_ok=True)


def _tidy(folder: Path) -> None:
    for file in (_new(folder), _aside(folder)):
        file.unlink(missing_ok=True)


def _taken_since(store: Store) -> NotPossible:
    last = next(iter(store.rewordings(1)), None)
    who = f"由{last.recorded_by}于{chinese_moment(last.recorded_at)}" if last else ""
    return NotPossible(f"措辞在您查看之后已{who}改动。", "您的改动没有启用，请核对现用的措辞后再决定。")


def _changes(folder: Path, text: str, by: str) -> list[Rewording]:
    before, after = _sentences_in_force(_kept(folder)), _sentences_in_force(text)
    return [
        Rewording(
            sentence=place[0],
            variant=place[1],
            before=before.get(place, ""),
            after=after.get(place, ""),
            recorded_by=by,
        )
        for place in dict.fromkeys([*before, *after])
        if before.get(place) != after.get(place)
    ]


def _kept(folder: Path) -> str:
    """The own wording; a file that somebody put there by hand and that cannot be read was not in force."""
    return _text_of(folder / FILE)


def _text_of(file: Path) -> str:
    try:
        text = _read(file.read_bytes() if file.exists() else b"")
        toml.parse(text)
    except ZybError:
        return ""
    return text


def _sentences_in_force(own: str) -> dict[tuple[str, str], str]:
    """Sentence and variant → what is said, the shipped where the own says nothing."""
    tables = (toml.parse(_read(shipped_file())).data, toml.parse(own).data)
    return {
        (sentence, variant): str(words)
        for table in tables
        for sentence, below in table.items()
        if isinstance(below, dict)
        for variant, words in variants_of(below).items()
    }


# -- who changed what -----------------------------------------------------------------------


def place_title(change: Rewording) -> str:
    """“导语（专项治理完成率）”, in the words of the file."""
    return f"{_title(change.sentence)}（{_variant_title(change.variant)}）"


def _variant_title(variant: str) -> str:
    if variant in VARIANTS:
        return VARIANTS[variant]
    kind = plans().kinds.get(variant)
    known = (measures(roster[1]).get(variant) for roster in provinces())
    measure = next(filter(None, known), None)
    return kind.title if kind else measure.title if measure else variant
