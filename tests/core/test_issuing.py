"""A report issued stays what it was: in text, in every file, whatever is uploaded, withdrawn or judged afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.books import NOTICE
from tests.spec.conftest import Province
from zyb.access import on_this_machine
from zyb.answers.judging import override
from zyb.answers.progress import standings, view
from zyb.briefing.composing import compose
from zyb.briefing.issued.bulletins import bulletin, bulletins, checks
from zyb.briefing.issued.issuing import issued, sign
from zyb.briefing.model import Briefing, Request
from zyb.errors import NotPossible
from zyb.exports.documents import FORMATS
from zyb.exports.message import message
from zyb.maps.polygons import province_map
from zyb.rulebook.regions import load_roster
from zyb.store import Store
from zyb.wording.templates import FILE

DAY = date(2024, 3, 1)
YANAN = "610600"


@pytest.fixture(scope="module")
def maps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the outlines are drawn already."""
    folder = tmp_path_factory.mktemp("maps")
    province_map(load_roster("陕西省"), folder / "boundaries")
    return folder


def reported(store: Store, without: str = "", completed: int = 1378) -> Province:
    province = Province(store, "陕西省")
    figures = {**NOTICE, "西安市": (2367, completed)}
    lines = [f"{name} | {pair[0]} | {pair[1]}" for name, pair in figures.items() if name != without]
    province.reports("region | enrolled | completed\n" + "\n".join(lines), "2024-03-01")
    return province


def written(store: Store, folder: Path | None = None, **words: object) -> Briefing:
    asked = replace(Request(province="陕西省", kind="quarterly", on=DAY, campaign="governance"), **words)  # type: ignore[arg-type]
    return compose(store, asked, folder=folder)


def files(briefing: Briefing, folder: Path) -> Mapping[str, bytes]:
    return {form.id: form.write(briefing, folder, to=on_this_machine()) for form in FORMATS.values()}


def judge(store: Store, verdict: str) -> None:
    found = standings(store, view(store, "陕西省", "governance_completion", DAY))
    override(store, found, YANAN, verdict, "集中验收", by=on_this_machine("李四"))


# -- frozen ---------------------------------------------------------------------------------


def test_what_is_issued_comes_back_equal(store):
    reported(store)
    briefing = written(store, requirements=("一是=1+1，二是<b>",), number="陕卫办职业函〔2024〕12号")
    signed = sign(store, briefing, by=on_this_machine("李四"))
    assert signed.title == "".join(briefing.title)
    assert issued(store, signed) == briefing


def test_no_later_upload_withdrawal_verdict_or_wording_changes_a_byte_of_any_file(store, maps, tmp_path):
    reported(store)
    signed = sign(store, written(store), by=on_this_machine("李四"))
    before = files(issued(store, signed), maps)

    reported(store, completed=2000)
    judge(store, "lagging")
    for snapshot in store.snapshots():
        store.withdraw(snapshot.id, by="李四", reason="填错")
    reported(store, without="韩城市", completed=1999)
    (tmp_path / FILE).write_text('[forecast]\ndefault = "甲"\n', encoding="utf-8")
    assert message(written(store, tmp_path)) != message(issued(store, signed))

    assert bulletin(store, signed.id) == signed
    after = files(issued(store, signed), maps)
    assert [form for form in after if after[form] != before[form]] == []


def test_the_same_report_signed_twice_has_one_number(store):
    reported(store)
    first = sign(store, written(store), by=on_this_machine("李四"))
    assert sign(store, written(store), by=on_this_machine("李四")) == first
    with pytest.raises(
        NotPossible, match=r"已由李四于\d{4}年\d+月\d+日\d\d:\d\d签发为2024年第1期，内容完全相同"
    ):
        sign(store, written(store), by=on_this_machine("王五"))
    assert len(bulletins(store, "陕西省")) == 1


def test_the_same_report_signed_at_once_from_six_windows_has_one_number(store):
    reported(store)
    with ThreadPoolExecutor(6) as pool:
        signed = list(pool.map(lambda _: sign(store, written(store), by=on_this_machine("李四")), range(6)))
    assert {one.id for one in signed} == {1} and len(bulletins(store, "陕西省")) == 1


def test_a_report_with_another_number_or_other_figures_is_another_report(store):
    reported(store)
    sign(store, written(store), by=on_this_machine("李四"))
    assert (
        sign(store, written(store, number="陕卫办职业函〔2024〕12号"), by=on_this_machine("李四")).number == 2
    )
    reported(store, completed=2000)
    assert sign(store, written(store), by=on_this_machine("李四")).number == 3


def test_a_report_of_the_series_that_was_signed_since_is_told_before_another_gets_a_number(store):
    reported(store)
    first = sign(store, written(store), by=on_this_machine("李四"), seen=0)
    reported(store, completed=2000)
    with pytest.raises(
        NotPossible, match=r"李四已于.*签发2024年第1期《.*》（数据截至2024年3月1日）。您的报告没有签发"
    ):
        sign(store, written(store), by=on_this_machine("张三"), seen=0)
    assert len(bulletins(store, "陕西省")) == 1
    assert sign(store, written(store), by=on_this_machine("张三"), seen=first.id).number == 2


def test_another_program_start_produces_the_same(store, tmp_path):
    reported(store)
    signed = sign(store, written(store), by=on_this_machine("李四"))
    before = issued(store, signed)
    store.close()
    again = Store(tmp_path / "data")
    assert issued(again, bulletin(again, signed.id)) == before
    again.close()


def test_a_verdict_set_by_a_person_is_frozen_with_its_reason(store):
    reported(store)
    judge(store, "lagging")
    signed = sign(store, written(store), by=on_this_machine("李四"))
    lines = {line.code: line for line in issued(store, signed).sections[0].lines}
    held = lines[YANAN].judgement
    assert (held.title, held.proposed, held.reason) == ("相对滞后", "进展缓慢", "集中验收")


# -- 校核 -----------------------------------------------------------------------------------


def test_a_failed_check_refuses_until_somebody_lets_it_stand(store):
    reported(store, without="韩城市")
    with pytest.raises(NotPossible, match=r"校核未通过：有地区未报送。.*勾选“作为说明写入”"):
        sign(store, written(store), by=on_this_machine("李四"))
    assert bulletins(store, "陕西省") == []


def test_who_let_a_fault_stand_is_on_record_and_the_text_says_it(store):
    reported(store, without="韩城市")
    signed = sign(store, written(store, accepted=("reported",)), by=on_this_machine("李四"))
    let = {str(said["title"]): said["accepted_by"] for said in checks(signed) if not said["passed"]}
    assert let == {"各地均已报送": "李四"}
    assert any("韩城市未报送" in note for note in issued(store, signed).notes)


def test_letting_a_check_stand_that_passes_accepts_nothing(store):
    reported(store)
    briefing = written(store, accepted=("reported",))
    signed = sign(store, briefing, by=on_this_machine("李四"))
    assert len(checks(signed)) == len(briefing.checks) > 0
    assert [said for said in checks(signed) if said["accepted_by"]] == []


# -- 修订 -----------------------------------------------------------------------------------


def test_a_correction_says_in_its_own_text_what_it_corrects(store):
    reported(store)
    first = sign(store, written(store), by=on_this_machine("李四"))
    before = message(issued(store, first))
    reported(store, completed=1380)
    second = sign(
        store,
        written(store),
        by=on_this_machine("王五"),
        revises=first.id,
        changes=" 西安市完成数改为1380家 ",
    )

    frozen = issued(store, second)
    assert (second.label, frozen.revises, frozen.changes) == (
        "2024年第2期", "2024年第1期", "西安市完成数改为1380家",
    )  # fmt: skip
    assert f"{first.label}《{first.title}》：西安市完成数改为1380家" in message(frozen)
    assert "完成治理1380家" in message(frozen)
    assert message(issued(store, first)) == before and "完成治理1378家" in before


def test_a_correction_without_an_explanation_takes_no_number(store):
    reported(store)
    first = sign(store, written(store), by=on_this_machine("李四"))
    with pytest.raises(NotPossible, match="需要写明改了什么"):
        sign(store, written(store), by=on_this_machine("李四"), revises=first.id, changes=" \n ")
    assert [one.label for one in bulletins(store, "陕西省")] == ["2024年第1期"]
