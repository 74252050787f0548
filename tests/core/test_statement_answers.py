"""查询语句 from the store to the rows: what the views hold, who may ask, the audit, and files equal to the screen."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import openpyxl
import pyarrow.parquet as pq
import pytest

from tests.spec.conftest import Province
from tests.spec.firms import sends
from zyb.access import LOCAL_ADMIN, NotPermitted, OwnRegion, Viewer
from zyb.exports.inquiries.statements import statement_taken
from zyb.exports.inquiries.writing import TAKEN_FORMS
from zyb.sqldesk import DeskAnswer, StatementRefused, ask, asking, forget_copy, not_offered
from zyb.store import Store
from zyb.store.desk.running import StatementFailed, limits_hold

pytestmark = pytest.mark.skipif(not limits_hold(), reason="no limits of a process here")
ANALYST = Viewer("e", "分析", "analyst")
HEAD = "region | county | name | uscc"


@pytest.fixture
def asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("ZYB_SQL", "on")
    shaanxi = Province(store, "陕西省")
    sends(shaanxi, "employers", f"{HEAD}\n西安 | 雁塔区 | 旧厂 | A", "2024-01-31")
    sends(shaanxi, "employers", f"{HEAD}\n西安 | 雁塔区 | 甲厂 | A\n西安 | 碑林区 | =乙厂 | B", "2024-03-31")
    sends(shaanxi, "employers", f"{HEAD}\n榆林 | 榆阳区 | 丙厂 | C", "2024-03-31")
    yield store
    forget_copy(store)


def rows(store: Store, statement: str) -> list[dict[str, object]]:
    return ask(store, statement, by=ANALYST).found.table.to_pylist()


def test_lists_are_those_in_force_with_the_names_of_their_places(asked: Store) -> None:
    assert rows(asked, "select region, county, name, as_of::varchar as d from employers order by name desc") == [
        {"region": "西安市", "county": "雁塔区", "name": "甲厂", "d": "2024-03-31"},
        {"region": "榆林市", "county": "榆阳区", "name": "丙厂", "d": "2024-03-31"},
        {"region": "西安市", "county": "碑林区", "name": "=乙厂", "d": "2024-03-31"},
    ]  # fmt: skip
    states = rows(asked, "select snapshot, state from snapshots order by snapshot")
    assert [one["state"] for one in states] == ["已被替代", "有效", "有效"]


def test_standings_are_those_of_the_pages(asked: Store) -> None:
    province = Province(asked, "陕西省")
    province.reports("region | enrolled | completed\n榆林市 | 400 | 100", "2024-03-31")
    assert rows(asked, "select count(*) as n from governance_progress") == [{"n": 1}]
    found = rows(  # made only now that somebody reads them
        asked,
        "select region, numerator, denominator, value from standings where measure = 'governance_completion'"
        " and region_code = '610800'",
    )
    assert found == [{"region": "榆林市", "numerator": 100, "denominator": 400, "value": 0.25}]


def test_the_copy_follows_each_write_and_leaves_no_folder(asked: Store) -> None:
    first = asking._copy_of(asked, asking.today())
    assert asking._copy_of(asked, asking.today()) is first
    folder, revision = first.path.parent, asked.revision
    assert rows(asked, "select count(*) as n from employers") == [{"n": 3}]
    assert asked.revision == revision, "the audit of a question changes no figure"
    sends(Province(asked, "陕西省"), "employers", f"{HEAD}\n宝鸡 | 渭滨区 | 丁厂 | D", "2024-03-31")
    assert rows(asked, "select count(*) as n from employers") == [{"n": 4}]
    del first
    assert not folder.exists()


def test_the_live_database_is_untouched_and_personal_columns_are_not_there(asked: Store) -> None:
    held = asking._copy_of(asked, asking.today()).path.read_bytes()
    assert "甲厂".encode() in held
    with pytest.raises(StatementRefused, match="没有“contact”这一列"):
        rows(asked, "select contact from employers")


def test_each_run_is_in_the_audit_however_it_ended(asked: Store) -> None:
    rows(asked, "select count(*) as n from employers")
    with pytest.raises(StatementRefused):
        rows(asked, "drop table employers")
    with pytest.raises(StatementFailed):
        rows(asked, "select cast(name as integer) from employers")
    told = [line[1:] for line in asked.audit_lines(3)]
    assert [(actor, action, detail) for actor, action, _, detail in told] == [
        ("分析", "查询语句", "select cast(name as integer) from employers"),
        ("分析", "查询语句", "drop table employers"),
        ("分析", "查询语句", "select count(*) as n from employers"),
    ]
    assert [subject for _, _, subject, _ in told][1:] == ["只能查询，不能执行其他命令。", "1行"]


@pytest.mark.parametrize(
    "person",
    [Viewer("a", "填报", "official", OwnRegion("610100", "西安市")), Viewer("d", "领导", "leader")],
    ids=lambda one: one.role,
)
def test_who_may_not_is_refused(asked: Store, person: Viewer) -> None:
    with pytest.raises(NotPermitted, match="查询语句"):
        ask(asked, "select 1", by=person)
    answer = ask(asked, "select 1 as i", by=ANALYST)
    with pytest.raises(NotPermitted):
        statement_taken(answer, to=person)


def test_it_is_off_unless_switched_on_and_where_nothing_is_limited(
    asked: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not_offered() is None
    monkeypatch.setattr(asking, "limits_hold", lambda: False)
    assert "不能限制" in str(not_offered())
    monkeypatch.setenv("ZYB_SQL", "")
    with pytest.raises(type(asking.SWITCHED_OFF), match="没有启用"):
        ask(asked, "select 1", by=LOCAL_ADMIN)


# -- files ------------------------------------------------------------------------------------------


@pytest.fixture
def answer(asked: Store) -> DeskAnswer:
    return ask(
        asked,
        "select name, 7 as n, -0.1234567 as share, as_of, name = '甲厂' as first, null::int as none"
        " from employers order by name desc",
        by=ANALYST,
    )


def written(answer: DeskAnswer, form: str) -> bytes:
    stream = io.BytesIO()
    TAKEN_FORMS[form].write(statement_taken(answer, to=ANALYST), stream, lambda done, total: None)
    return stream.getvalue()


def test_files_hold_what_is_shown(answer: DeskAnswer) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written(answer, "xlsx")))["查询结果"]
    names = [sheet.cell(row, 1).value for row in range(4, 7)]
    assert names == ["甲厂", "丙厂", "=乙厂"]
    assert [sheet.cell(4, column).value for column in (2, 3, 5, 6)] == [7, -0.123457, "是", None]
    assert sheet.cell(6, 1).data_type != "f"
    told = pq.read_table(io.BytesIO(written(answer, "parquet"))).to_pylist()
    assert [one["share"] for one in told] == [-0.123457] * 3
    assert told[0]["n"] == 7


@pytest.mark.parametrize(("form", "encoding"), [("csv", "utf-8-sig"), ("gb18030", "gb18030")])
def test_csv_runs_nothing(answer: DeskAnswer, form: str, encoding: str) -> None:
    lines = list(csv.reader(io.StringIO(written(answer, form).decode(encoding))))
    assert lines[0] == ["name", "n", "share", "as_of", "first", "none"]
    assert lines[1] == ["甲厂", "7", "-0.123457", "2024-03-31", "是", ""]
    assert lines[3][0] == "'=乙厂"
