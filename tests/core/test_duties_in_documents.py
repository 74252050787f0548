"""报送与节点 that are overdue: in the survey, on the 督办单 and its document, in the 校核单; each from the one list."""

from __future__ import annotations

from datetime import date

import pytest

from tests.spec.conftest import Province
from zyb.access import LOCAL_ADMIN
from zyb.alerting import supervision_sheet, survey
from zyb.answers.duties import duty_survey
from zyb.answers.ticking import tick
from zyb.briefing.checklist import checklist
from zyb.briefing.composing import compose
from zyb.briefing.issued.freezing import frozen, thawed
from zyb.briefing.model import Briefing, Request
from zyb.errors import NotPossible
from zyb.exports.slides import write_slides
from zyb.exports.word import write_word
from zyb.store import Store

YULIN, BAOJI = "610800", "610300"
ON = date(2024, 12, 31)
OWED = (
    "职业病危害用人单位数据库上报（每季度）逾期2次，最近一次应于2024年9月30日前完成，已逾期92天",
    "2024年治理企业基本情况、工作总结及2025年工作计划应于2024年11月15日前完成，已逾期46天",
)


@pytest.fixture
def shaanxi(store: Store) -> Province:
    return Province(store, "陕西省")


@pytest.fixture
def province(shaanxi: Province) -> Province:
    """榆林 lags, 宝鸡 does not; 宝鸡 has sent its summary in, nobody the list of employers."""
    shaanxi.reports("region | enrolled | completed\n宝鸡 | 100 | 99\n榆林 | 463 | 88", "2024-12-31")
    tick(
        shaanxi.store, "陕西省", "shaanxi_year_2024", "宝鸡", date(2024, 11, 15), by=LOCAL_ADMIN, day=date(2024, 11, 12),
        file="总结.docx",
    )  # fmt: skip
    return shaanxi


def document(province: Province, region: str, campaign: str = "", kind: str = "supervision") -> Briefing:
    request = Request(province="陕西省", kind=kind, on=ON, campaign=campaign, region_code=region)
    return compose(province.store, request)


def told(found: Briefing) -> list[str]:
    return [part.text for part in found.paragraphs]


def test_survey_and_sheet_list_what_the_duties_say(province: Province) -> None:
    missed = survey(province.store, "陕西省", ON).missed
    assert missed == duty_survey(province.store, "陕西省", ON).missed
    # 12 regions with employers, 11 with the summary.
    assert len(missed) == 23
    for code, owed in ((YULIN, OWED), (BAOJI, OWED[:1])):
        sheet = supervision_sheet(province.store, "陕西省", code, ON)
        assert tuple(one.sentence for one in sheet.missed) == owed
        assert sheet.summary.endswith(f"；逾期未完成的报送与节点{len(owed)}项。")


def test_one_measure_alone_asks_for_no_duties(province: Province) -> None:
    assert survey(province.store, "陕西省", ON, measure_id="governance_completion").missed == ()


def test_as_it_was_known_then(province: Province) -> None:
    before = survey(province.store, "陕西省", ON, known_at=province.store.now().replace(year=2000)).missed
    assert {one.subject.code for one in before if one.duty.id == "shaanxi_year_2024"} >= {YULIN, BAOJI}


def test_the_document_of_a_region_names_each_with_its_clause(province: Province) -> None:
    text = told(document(province, YULIN))
    place = next(n for n, line in enumerate(text) if line.endswith("、逾期未完成的报送与节点"))
    assert text[place + 1 : place + 3] == [
        f"1．{OWED[0]}（依据：国卫办职健函〔2024〕146号 附件1 二（一））。",
        f"2．{OWED[1]}（依据：陕卫办职业发〔2024〕5号 三（四）末段）。",
    ]


@pytest.mark.parametrize(("campaign", "owed"), [("governance", OWED[1:]), ("", OWED)])
def test_of_one_campaign_only_its_own(province: Province, campaign: str, owed: tuple[str, ...]) -> None:
    text = "".join(told(document(province, YULIN, campaign)))
    assert [sentence in text for sentence in OWED] == [sentence in owed for sentence in OWED]


def test_who_keeps_pace_and_owes_a_report_is_written_to(province: Province) -> None:
    found = document(province, BAOJI)
    assert "一、逾期未完成的报送与节点" in told(found)
    assert not any("督办事项" in line for line in told(found))
    assert "宝鸡市没有滞后或未报送的指标；逾期未完成的报送与节点1项。" in "".join(told(found))
    assert write_word(found)[:2] == write_slides(found, None)[:2] == b"PK"
    with pytest.raises(NotPossible, match="无需督办"):
        document(province, BAOJI, "governance")


def test_the_checklist_names_whoever_owes_the_same_together(province: Province) -> None:
    found = document(province, "", kind="yearly")
    text = told(checklist(found))
    place = text.index("四、逾期未完成的报送与节点")
    first, second, head, *_ = text[place + 1 :]
    assert first.startswith(f"1．{OWED[0]}：西安市、宝鸡市、咸阳市、")
    assert second.startswith(f"2．{OWED[1]}：西安市、咸阳市、") and second.endswith("韩城市。")
    assert head == "五、签字"
    assert thawed(frozen(found)) == found


def test_a_checklist_without_any_says_so(shaanxi: Province) -> None:
    shaanxi.reports("region | enrolled | completed\n榆林 | 463 | 88", "2024-03-31")
    found = compose(shaanxi.store, Request(province="陕西省", kind="monthly", on=date(2024, 3, 31)))
    text = told(checklist(found))
    assert text[text.index("四、逾期未完成的报送与节点") + 1] == "无。"
