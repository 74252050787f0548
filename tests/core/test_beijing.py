"""Days and hours are Beijing's, whatever zone the machine is set to."""

from __future__ import annotations

import ast
import json
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.books import NOTICE, csv_bytes
from zyb import cli, periods
from zyb.cli.words import a_moment
from zyb.store import Store, database

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [ROOT / "app.py", *sorted((ROOT / "zyb").rglob("*.py")), *sorted((ROOT / "pages").rglob("*.py"))]
# What asks the machine for its zone, as it is written: the call and how many arguments make it innocent.
OF_THE_MACHINE = {
    "today": 1, "utcnow": 9, "now": 1, "astimezone": 1, "fromtimestamp": 2, "localtime": 9, "ctime": 9, "mktime": 9,
}  # fmt: skip
CLASSES = {"date", "datetime", "time"}
# 2026-03-01 01:30 in Beijing; in Los Angeles it is still the morning of the last of February.
EARLY = datetime(2026, 2, 28, 17, 30, tzinfo=UTC)


def asks_the_machine(source: str) -> Iterator[str]:
    """Calls that answer otherwise on a machine set to another zone; `max_value="today"` is one of Streamlit's."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and node.value == "today":
            yield ast.unparse(node)
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        enough = OF_THE_MACHINE.get(node.func.attr)
        of_a_class = isinstance(node.func.value, ast.Name) and node.func.value.id in CLASSES
        said = len(node.args) + len(node.keywords)
        if enough and said < enough and (of_a_class or node.func.attr == "astimezone"):
            yield ast.unparse(node)


def test_nothing_asks_the_machine_for_its_day() -> None:
    offenders = [
        f"{path.relative_to(ROOT)}: {call}"
        for path in SOURCES
        for call in asks_the_machine(path.read_text(encoding="utf-8"))
    ]
    assert offenders == []


def test_the_look_out_sees_what_it_is_there_for() -> None:
    written = "date.today(); datetime.now(); moment.astimezone(); st.date_input(max_value='today'); datetime.now(UTC)"
    assert len(list(asks_the_machine(written))) == 4


@pytest.fixture
def early_in_los_angeles(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One fixed moment, on a machine whose own day is another one."""

    class Then(datetime):
        @classmethod
        def now(cls, tz=None):
            return EARLY.astimezone(tz)

    if not hasattr(time, "tzset"):
        pytest.skip("the zone of a process cannot be set on this system")
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    monkeypatch.setattr(periods, "datetime", Then)
    monkeypatch.setattr(database, "datetime", Then)
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("early_in_los_angeles")
def test_the_day_is_the_one_in_beijing() -> None:
    assert datetime.now().astimezone().utcoffset() != timedelta(hours=8)
    assert periods.today() == date(2026, 3, 1)
    assert f"{periods.in_beijing(EARLY):%Y-%m-%d %H:%M}" == "2026-03-01 01:30"


@pytest.mark.usefixtures("early_in_los_angeles")
def test_a_moment_without_a_zone_is_one_in_beijing() -> None:
    assert a_moment("2026-03-01T01:30") == EARLY
    assert a_moment("2026-03-01").astimezone(UTC) == datetime(2026, 3, 1, 15, 59, 59, 999999, tzinfo=UTC)
    assert a_moment("2026-02-28T17:30+00:00") == EARLY


@pytest.mark.usefixtures("early_in_los_angeles")
def test_the_commands_reckon_with_beijings_day(tmp_path, monkeypatch, capsys) -> None:
    """A file of the day that it is here is not one of tomorrow, and the register shows our clock."""
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ZYB_PUBLISHED", "off")
    head = ("地区", "纳入治理企业数", "完成治理企业数")
    path = tmp_path / "进展.csv"
    rows = [(region, *figures) for region, figures in NOTICE.items()]
    path.write_bytes(csv_bytes([("陕西省专项治理（截至2026年3月1日）",), head, *rows]))
    assert cli.main(["import", str(path), "--json"]) == 0, capsys.readouterr()
    assert json.loads(capsys.readouterr().out)[0]["as_of"] == "2026-03-01"
    assert cli.main(["snapshots", "list"]) == 0
    assert "2026-03-01 01:30" in capsys.readouterr().out
    assert cli.main(["templates", "--out", str(tmp_path / "模板"), "--ledger", "governance_progress"]) == 0
    assert "2026" in capsys.readouterr().out
    with closing(Store(tmp_path / "data")) as store:
        assert store.snapshots()[0].uploaded_at == EARLY
