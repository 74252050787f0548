"""Issued bulletins: numbered without a gap, never changed, corrected only by another number."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.books import NOTICE, submission
from zyb.access import on_this_machine
from zyb.answers.judging import override
from zyb.answers.progress import standings, view
from zyb.briefing.issued import bulletins
from zyb.briefing.issued.bulletins import Draft, bulletin, content, issue
from zyb.errors import NotPossible, ZybError
from zyb.store import Store, fingerprint, now

TEXT = '{"标题": "通报", "序号": [1, 2]}\n'


def draft(**words) -> Draft:
    usual = Draft(
        province="陕西省", kind="monthly", title="陕西省职业病危害专项治理进展通报", on=date(2024, 3, 1), known_at=now(), content=TEXT, campaign="governance",
        checks=({"title": "合计与各地区之和一致", "passed": True}, {"title": "韩城市未报送", "passed": False, "by": "李四"}),
    )  # fmt: skip
    return replace(usual, **words)


def save(store: Store, completed: int = 1378) -> int:
    figures = {**NOTICE, "西安市": (2367, completed)}
    rows = [("地区", "纳入治理企业数", "完成治理企业数"), *((name, *pair) for name, pair in figures.items())]
    found = submission([("陕西省专项治理（截至2024年3月1日）",), *rows])
    return store.save_snapshot(found, str(completed).encode(), "表.xlsx", by="张三")


def test_a_bulletin_is_what_was_handed_in_under_a_number(store):
    handed = draft()
    before = now()
    issued = issue(store, handed, by="李四")
    assert issued.issued_at and before <= issued.issued_at <= now()
    assert (issued.label, issued.kind, issued.title) == ("2024年第1期", "monthly", handed.title)
    assert (issued.province_code, issued.region_code, issued.campaign) == ("610000", "", "governance")
    assert (issued.on, issued.known_at, issued.issued_by) == (handed.on, handed.known_at, "李四")
    assert issued.sha256 == fingerprint(TEXT.encode())
    assert content(store, issued) == TEXT
    assert bulletins.checks(issued) == list(handed.checks)
    assert bulletin(store, issued.id) == issued


def test_numbers_run_within_a_province_and_the_year_spoken_of(store):
    days = [("陕西省", 2024), ("陕西省", 2024), ("河北省", 2024), ("陕西省", 2025), ("陕西省", 2024)]
    issued = [issue(store, draft(province=name, on=date(year, 6, 30)), by="李四") for name, year in days]
    assert [one.label for one in issued] == [
        "2024年第1期", "2024年第2期", "2024年第1期", "2025年第1期", "2024年第3期",
    ]  # fmt: skip
    assert [one.id for one in bulletins.bulletins(store, "陕西")] == [issued[n].id for n in (4, 3, 1, 0)], (
        "newest first"
    )


def test_issuers_in_threads_never_share_a_number(store):
    with ThreadPoolExecutor(4) as pool:
        issued = list(pool.map(lambda n: issue(store, draft(title=f"通报{n}"), by="李四"), range(12)))
    assert sorted(one.number for one in issued) == list(range(1, 13))


def test_whatever_happens_afterwards_changes_nothing_of_it(store):
    number = save(store)
    issued = issue(store, draft(), by="李四")
    save(store, 1500)
    found = standings(store, view(store, "陕西省", "governance_completion", date(2024, 3, 1)))
    override(store, found, "610600", "lagging", "集中验收", by=on_this_machine("李四"))
    store.withdraw(number, by="李四", reason="填错")
    issue(store, draft(revises=issued.id, changes="西安市完成数改为1500家"), by="王五")
    store.close()
    assert bulletin(store, issued.id) == issued
    assert content(store, issued) == TEXT


def test_a_correction_is_a_new_number_that_says_what_changed(store):
    first = issue(store, draft(), by="李四")
    second = issue(store, draft(revises=first.id, changes=" 更正西安市完成数 "), by="王五")
    assert (second.label, second.revises, second.changes) == ("2024年第2期", first.id, "更正西安市完成数")


def test_corrections_are_a_chain_so_nobody_overlooks_one(store):
    first = issue(store, draft(), by="李四")
    second = issue(store, draft(revises=first.id, changes="一"), by="王五")
    with pytest.raises(NotPossible, match=r"已由2024年第2期修订。请在最新的一期上修订"):
        issue(store, draft(revises=first.id, changes="二"), by="赵六")
    assert issue(store, draft(revises=second.id, changes="二"), by="赵六").label == "2024年第3期"


@pytest.mark.parametrize(
    "words",
    [
        {"kind": "quarterly"}, {"campaign": "declaration"}, {"region_code": "610100"}, {"province": "河北省"},
    ],
)  # fmt: skip
def test_a_correction_speaks_of_the_same_thing(store, words):
    first = issue(store, draft(), by="李四")
    with pytest.raises(NotPossible, match="不能作为被修订的一期"):
        issue(store, draft(revises=first.id, changes="更正", **words), by="王五")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"kind": "daily"}, "没有种类“daily”。可用的种类：周小结、月分析、季通报、年度总结、督办单。"),
        ({"title": " "}, "标题或正文为空"),
        ({"content": ""}, "标题或正文为空"),
        ({"known_at": now() + timedelta(hours=1)}, "取数时间有误"),
        ({"known_at": now().replace(tzinfo=None)}, "取数时间有误"),
        ({"region_code": "999999"}, "没有代码为“999999”的地区"),
        ({"changes": "更正"}, "没有指明修订的是哪一期"),
        ({"revises": 1}, "修订需要写明改了什么"),
        ({"revises": 99, "changes": "更正"}, "没有这一期通报"),
    ],
)
def test_what_cannot_be_issued_is_refused_and_takes_no_number(store, words, sentence):
    with pytest.raises(ZybError, match=sentence):
        issue(store, draft(**words), by="李四")
    assert bulletins.bulletins(store, "陕西省") == []
    assert issue(store, draft(), by="李四").number == 1


def test_a_fault_while_writing_leaves_no_number_behind(store, monkeypatch):
    monkeypatch.setattr("zyb.store.bulletins.audit", lambda *arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        issue(store, draft(), by="李四")
    monkeypatch.undo()
    assert bulletins.bulletins(store, "陕西省") == []
    assert issue(store, draft(), by="李四").number == 1


def test_issuing_leaves_a_line_in_the_audit(store):
    issued = issue(store, draft(), by="李四")
    assert store.audit_lines(1)[0][1:] == (
        "李四", "签发", "610000 2024年第1期", f"{issued.title} {issued.sha256}",
    )  # fmt: skip


def test_a_text_that_is_no_longer_the_same_is_not_handed_out(store):
    issued = issue(store, draft(), by="李四")
    with store._cursor() as cursor:
        cursor.execute("update bulletins set content = '改过'")
    with pytest.raises(ZybError, match=r"与签发时不一致.*备份"):
        content(store, issued)


def test_a_bulletin_that_nobody_issued_is_refused_with_a_remedy(store):
    with pytest.raises(NotPossible, match=r"没有这一期通报。请在已签发的清单中核对"):
        bulletin(store, 7)


def test_any_text_comes_back_as_it_went_in(store):
    text = "换行\r\n制表\t引号\"'—− \u3000全角 𠮷 =cmd|'/c calc'!A0 " + "长" * 300_000
    assert content(store, issue(store, draft(content=text), by="李四")) == text
