"""查询语句, the second and third wall: what a process may take, and what it can reach, whatever the first let through."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from zyb.errors import NotPossible
from zyb.store.desk import running
from zyb.store.desk.running import LIMITS, DeskLimits, StatementFailed, limits_hold, run_statement

pytestmark = pytest.mark.skipif(not limits_hold(), reason="no limits of a process here")
SHORT = replace(LIMITS, wall_seconds=2.5)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("copy") / "views.duckdb"
    with duckdb.connect(str(path)) as made:
        made.execute(
            "create table firms as select i as people, 'x' || i as name, date '2024-01-01' as as_of from range(200000) r(i)"
        )
    return path


def test_rows_come_as_they_are(copy: Path) -> None:
    found = run_statement(copy, "select people, name from firms order by people limit 2")
    assert found.table.to_pylist() == [{"people": 0, "name": "x0"}, {"people": 1, "name": "x1"}]
    assert not found.cut
    assert found.seconds > 0


def test_no_more_rows_come_than_may(copy: Path) -> None:
    found = run_statement(copy, "select * from firms", replace(LIMITS, rows=15_000))
    assert (found.table.num_rows, found.cut) == (15_000, True)
    whole = run_statement(copy, "select * from firms limit 15000", replace(LIMITS, rows=15_000))
    assert (whole.table.num_rows, whole.cut) == (15_000, False)


MEMORY = "查询需要的内存超过上限，已停止。"
TIME = "查询超过时间上限，已停止。"
OUTPUT = "结果过大，已停止。"
HELD = [
    ("select repeat('x', 1000000000)", LIMITS, MEMORY),
    ("select sum(length(repeat('x', 100000000))) from firms", LIMITS, MEMORY),
    ("select string_agg(name || repeat('y', 5000), '') from firms", LIMITS, MEMORY),
    ("select count(*) from firms a, firms b, firms c where a.people + b.people + c.people = 1", SHORT, TIME),
    ("with recursive r as (select 1 i union all select i + 1 from r) select max(i) from r", SHORT, TIME),
    ("select count(*) from firms a, firms b, firms c where a.people + b.people + c.people = 1", replace(LIMITS, cpu_seconds=2), TIME),
    ("select * from firms", replace(LIMITS, bytes=100_000), OUTPUT),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "limits", "told"), HELD)
def test_limits_hold(copy: Path, statement: str, limits: DeskLimits, told: str) -> None:
    began = time.monotonic()
    with pytest.raises(StatementFailed) as failed:
        run_statement(copy, statement, limits)
    assert failed.value.message == told
    assert time.monotonic() - began < limits.wall_seconds + 5


REACHING = [
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/passwd')",
    "select * from '/etc/passwd'",
    "select * from glob('/*')",
    "select getenv('PATH')",
    "attach '{other}' as live",
    "attach ':memory:' as m",
    "copy firms to '{other}.csv'",
    "create table x as select 1",
    "insert into firms values (1, 'x', null)",
    "delete from firms",
    "drop table firms",
    "set enable_external_access = true",
    "set memory_limit = '64GB'",
    "reset threads",
    "install httpfs",
    "export database '{other}'",
]


@pytest.mark.parametrize("statement", REACHING)
def test_nothing_else_is_reached_even_past_the_first_wall(copy: Path, tmp_path: Path, statement: str) -> None:
    before = copy.read_bytes()
    with pytest.raises(StatementFailed) as failed:
        run_statement(copy, statement.format(other=tmp_path / "other"))
    assert "/" not in str(failed.value), "no path of the machine is told"
    assert copy.read_bytes() == before
    assert list(tmp_path.iterdir()) == []


TOLD = """
select zz from firms                       | 没有“zz”这一列。
select name + 1 from firms                 | VARCHAR 与 INTEGER_LITERAL 不能一起运算。
select as_of = 'abc' from firms            | “abc”不是日期。
select people from firms where max(people) > 1 | WHERE 中不能用汇总函数。
select name from firms union select name, people from firms | UNION 两边的列数不同。
select (select people from firms limit 2)  | 作为一个值的子查询得到多行。
select cast(name as integer) from firms    | 不能转换为
select people, count(*) from firms         | 列“people”没有写进 GROUP BY。
select as_of > people from firms           | DATE 与 BIGINT 不能比较。
select sum(name) from firms                | 函数 sum 的参数个数或类型不对。
"""


@pytest.mark.parametrize("line", TOLD.strip().splitlines())
def test_errors_are_chinese_sentences(copy: Path, line: str) -> None:
    statement, _, told = line.rpartition("|")
    with pytest.raises(StatementFailed) as failed:
        run_statement(copy, statement)
    assert told.strip() in failed.value.message
    assert failed.value.remedy.startswith("请")


class Elsewhere(Exception):
    """The person does something else."""


def test_a_question_that_is_dropped_ends_with_its_process(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = []
    end = running._end
    monkeypatch.setattr(running, "_end", lambda child: (end(child), ended.append(child.poll())))

    def dropped(seconds: float) -> None:
        if seconds > 0.5:
            raise Elsewhere

    with pytest.raises(Elsewhere):
        run_statement(copy, "select count(*) from firms a, firms b, firms c", wanted=dropped)
    assert ended == [-9]
    assert list(tmp_path.iterdir()) == [], "its folder is gone"


def test_nobody_is_answered_where_memory_has_no_limit(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "limits_hold", lambda: False)
    with pytest.raises(NotPossible, match="不能限制查询语句的内存"):
        run_statement(copy, "select 1")
