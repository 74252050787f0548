"""`cadence` on the command line: who has handed in what, reminders, the calendar, what is not owed, what is locked."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.books import csv_bytes, uscc
from tests.spec.conftest import Province
from tests.spec.test_duties import arrives
from tests.test_words import COMMANDS, fenced
from zyb import cli
from zyb.rulebook.book import Rulebook, using
from zyb.settings import ROOT
from zyb.store import Store

ON = ("--province", "河北省", "--on", "2024-09-10")
LEDGER = "hebei_assistance_monthly"
Answer = Callable[..., tuple[int, str]]


@pytest.fixture
def answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Answer]:  # fmt: skip
    """Exit code and everything that was said, where 石家庄 has sent July in time and August late."""
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ZYB_PUBLISHED", "off")
    with closing(Store(tmp_path / "data")) as store:
        hebei = Province(store, "河北省")
        arrives(hebei, "assistance", ["石家庄"], "2024-07-31", "2024-07-31")
        arrives(hebei, "assistance", ["石家庄"], "2024-08-31", "2024-09-02")

    def say(*arguments: str) -> tuple[int, str]:
        code = cli.main(list(arguments))
        told = capsys.readouterr()
        return code, told.out + told.err

    yield say


def units(answer: Answer, *arguments: str) -> list[dict[str, Any]]:
    answered, said = answer("cadence", *ON, *arguments, "--json")
    assert answered == 0
    return json.loads(said)


def test_units_and_duties_are_listed_with_their_rates(answer: Answer) -> None:
    answered, said = answer("cadence", *ON, "--ledger", "assistance")
    lines = said.splitlines()
    assert answered == 0
    # 14 cities owed the list of June and the two months.
    assert (
        lines[0]
        == "河北省 · 报送情况 · 2024-09-10 · 应报42项次，按时1，迟报2，未报39；报送率7.1%，按时率2.4%"
    )
    assert lines[2].split() == ["石家庄市", "3", "1", "2", "0", "1", "0", "0", "100.0%", "33.3%"]
    assert lines[-1].split() == [
        "中小微企业帮扶台账（附件4）",
        "28",
        "1",
        "1",
        "26",
        "14",
        "0",
        "0",
        "7.1%",
        "3.6%",
    ]


def test_the_json_in_the_papers_is_what_is_answered(answer: Answer) -> None:
    (told,) = [found for text in fenced(COMMANDS, "json") if "on_time_rate" in (found := json.loads(text)[0])]
    (row,) = units(answer, "--region", "石家庄", "--ledger", "assistance", "--months", "1")
    assert list(told) == list(row)
    assert {**told, "marks": None} == {**row, "marks": None}
    assert told["marks"] == [row["marks"][0]]


def test_each_time_due_is_a_line_for_tables(answer: Answer) -> None:
    answered, said = answer("cadence", *ON, "--csv", "--months", "0")
    rows = list(csv.DictReader(io.StringIO(said)))
    assert answered == 0 and {row["unit"] for row in rows} == {one["unit"] for one in units(answer)}
    own = [(row["due"], row["kind"], row["came"], row["days_late"]) for row in rows if row["unit"] == "石家庄市" and row["duty"] == LEDGER]  # fmt: skip
    assert own == [
        ("2024-07-31", "按时", "2024-07-31", "0"),
        ("2024-08-31", "迟报", "2024-09-02", "2"),
        ("2024-09-30", "未到期", "", ""),
    ]


def test_reminders_alone(answer: Answer) -> None:
    answered, said = answer("cadence", *ON, "--region", "唐山", "--ledger", "assistance", "--reminders")
    assert answered == 0
    assert said.startswith("唐山市：") and "下列3项已过报送时限" in said
    assert answer("cadence", *ON, "--region", "石家庄", "--ledger", "assistance", "--reminders") == (
        0, "没有需要催报的单位。\n",
    )  # fmt: skip


def test_what_is_not_owed_is_said_once_for_several_periods(answer: Answer) -> None:
    which = ("cadence", "exempt", LEDGER, "唐山", "2024-07-31", "2024-08-31", "--province", "河北省")
    assert answer(*which, "--reason", "没有对象", "--by", "张三") == (
        0, "已认定免报。如需撤销，用 duties untick。\n",
    )  # fmt: skip
    (row,) = units(answer, "--region", "唐山", "--ledger", "assistance")
    assert (row["missing"], row["exempt"]) == (1, 2)
    assert [mark["told"] for mark in row["marks"] if mark["kind"] == "免报"] == ["没有对象（张三认定）"] * 2
    refused, said = answer(*which, "--reason", "没有对象")
    assert refused == 1 and "已由张三于" in said


def test_the_calendar_is_a_file_of_its_own_name(answer: Answer, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    answered, said = answer("cadence", "calendar", *ON, "--region", "唐山", "--out", str(folder), "--json")
    (path,) = folder.iterdir()
    assert answered == 0 and path.name == "河北省唐山市报送日历（2024年9月10日起）.ics"
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert json.loads(said) == {"file": str(path), "events": len(events)} and len(events) > 20
    late = ("cadence", "calendar", "--province", "河北省", "--on", "2026-01-01", "--out", str(folder))
    assert answer(*late) == (1, "2026-01-01以后没有到期的报送事项。请换一个日期。\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--ledger", "no_such"), "没有台账“no_such”。"),
        (("--region", "榆林"), "榆林"),
        (("--on", "昨天"), "日期“昨天”写法有误。"),
    ],
)
def test_what_cannot_be_asked(answer: Answer, arguments: tuple[str, str], sentence: str) -> None:
    answered, said = answer("cadence", "--province", "河北省", *arguments)
    assert answered == 1 and sentence in said


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[None]:
    """河北 locks what was due after thirty days."""
    shutil.copytree(ROOT / "data" / "rules", tmp_path / "rules")
    own = tmp_path / "rules" / "provinces" / "河北省" / "duties.toml"
    own.write_text(f"lock_days = 30\n{own.read_text(encoding='utf-8')}", encoding="utf-8")
    with using(Rulebook(tmp_path / "rules")):
        yield


def test_a_report_of_what_is_locked_goes_in_with_a_reason(
    answer: Answer, locked: None, tmp_path: Path
) -> None:
    file = tmp_path / "数据库.csv"
    file.write_bytes(
        csv_bytes(
            [
                ("用人单位名称", "统一社会信用代码", "地区", "是否已申报"),
                ("甲公司", uscc(1), "石家庄市", "是"),
            ]
        )
    )
    asked = ("import", str(file), "--ledger", "employers", "--province", "河北省", "--as-of", "2024-10-15", "--json")  # fmt: skip
    refused, said = answer(*asked)
    (table,) = json.loads(said)
    assert (refused, table["status"]) == (2, "refused")
    (problem,) = [one for one in table["problems"] if one["severity"] == "error"]
    assert (problem["code"], problem["message"]) == (
        "locked",
        "数据截至2024年10月15日的“职业病危害用人单位数据库”已于2025年1月30日锁定（应于2024年12月31日前报送）：石家庄市。",
    )
    taken, said = answer(*asked, "--reason", "系统迁移")
    (table,) = json.loads(said)
    assert (taken, table["status"]) == (0, "accepted")
    (kept,) = [one["message"] for one in table["problems"] if one["code"] == "locked_with_reason"]
    assert "重新开放的原因：系统迁移。" in kept
