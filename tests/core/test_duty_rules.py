"""A slip in duties.toml is a Chinese sentence with file, table and key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from zyb.errors import RulesError
from zyb.rulebook import toml
from zyb.rulebook.book import RULES, Rulebook, using
from zyb.rulebook.duties import duties, duty_rules, parse_duties, parse_duty_rules

ONCE = {
    "title": "“总结”", "who": "“cities”", "start": "2024-03-01", "due": "2024-11-15",
    "basis": "“〔2024〕5号”", "clause": "“于11月15日前报送”",
}  # fmt: skip
MONTHLY = {**ONCE, "due": "", "every": "“month”", "end": "2024-12-31", "clause": "“每月报送”"}


def written(said: dict[str, str]) -> str:
    """As TOML; what is empty is left out, “” stand for quotation marks."""
    lines = [f"{key} = {value}" for key, value in said.items() if value]
    return "\n".join(["[duties.summary]", *lines]).replace("“", '"').replace("”", '"')


@pytest.mark.parametrize(
    ("base", "changed", "fault"),
    [
        (ONCE, {"title": ""}, "缺少“title”（文字）。"),
        (ONCE, {"clause": ""}, "缺少“clause”（文字）。"),
        (ONCE, {"until": "“12-31”"}, "不认识的项：until。"),
        (ONCE, {"who": "“towns”"}, "“who”应为 cities、province、districts、enterprises 之一，现为 “towns”。"),
        (ONCE, {"campaign": "“governing”"}, "“campaign”应为 governance、"),
        (ONCE, {"due": "2024-02-29"}, "“due”早于“start”。"),
        (ONCE, {"due": ""}, "缺少“due”（日期）。"),
        (ONCE, {"due": "2024-11-16"}, "“clause”里没有写明到期日 2024-11-16；按别的日期执行的请写“note”。"),
        (ONCE, {"since": "2024-03-02"}, "“since”只用于一次完成的，应早于“start”。"),
        (ONCE, {"day": "“12-15”"}, "“day”只用于每年一次的，应为月和日，例如 \"12-15\"，现为 “12-15”。"),
        (ONCE, {"ledger": "“lists”"}, "“ledger”没有台账“lists”。"),
        (ONCE, {"measure": "“progress”"}, "“measure”没有指标“progress”。"),
        (ONCE, {"ledger": "“assistance”", "measure": "“governance_completion”"}, "“ledger”和“measure”只能写一项。"),
        (ONCE, {"ledger": "“assistance”", "reported": "false"}, "“reported = false”的由人登记，"),
        (ONCE, {"ledger": "“assistance”", "who": "“province”"}, "由省级完成的由人登记，"),
        (ONCE, {"regions": "[“西安市”]"}, "“place”“regions”要同时写明“province”。"),
        (ONCE, {"province": "“陕西”"}, "“province”没有省份“陕西”，应写全称。"),
        (ONCE, {"province": "“陕西省”", "regions": "[“石家庄市”]"}, "“regions”中的“石家庄市”不在陕西省的地区名册中。"),
        (ONCE, {"province": "“江苏省”", "place": "“海东区”"}, "“place”“海东区”不是江苏省的地区或县区。"),
        (
            ONCE, {"province": "“江苏省”", "place": "“扬州市”", "who": "“districts”", "ledger": "“dust_toxics”"},
            "按县区完成的由人登记，",
        ),
        (MONTHLY, {"every": "“day”"}, "“every”应为 week、month、quarter、year 之一，现为 “day”。"),
        (MONTHLY, {"end": ""}, "缺少“end”（日期）。"),
        (MONTHLY, {"end": "2024-03-30"}, "从“start”到“end”没有一期到期。"),
        (MONTHLY, {"due": "2024-11-15"}, "不认识的项：due。"),
        (MONTHLY, {"day": "“15”"}, "“day”只用于每年一次的，"),
        (MONTHLY, {"every": "“year”", "day": "“02-29”", "clause": "“每年报送”"}, "“day”只用于每年一次的，"),
        (MONTHLY, {"every": "“quarter”"}, "“clause”里没有“季”，与“every”不一致；另有依据的请写“note”。"),
        (MONTHLY, {"measure": "“governance_completion”"}, "“measure”只用于一次完成的，不能与“every”同用。"),
    ],
)  # fmt: skip
def test_a_slip_is_a_sentence_with_file_table_and_key(
    base: dict[str, str], changed: dict[str, str], fault: str
) -> None:
    parse_duties(toml.parse(written(base), "duties.toml"))
    with pytest.raises(RulesError) as told:
        parse_duties(toml.parse(written({**base, **changed}), "duties.toml"))
    assert str(told.value).startswith("规则文件 duties.toml 的 [duties.summary]：")
    assert told.value.fault.startswith(fault)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("soon_days = 15", "soon_days = 10", "“rule”里没有写明界限 10，说明与所设的界限不一致。"),
        ("soon_days = 15", "soon_days = 0", "“soon_days”应为1以上的整数，现为 0。"),
        ('title = "未登记"', 'title = "逾期"', "有两个状态的“title”都是“逾期”。"),
        ("[states.late]", "[states.lately]", "缺少“late”（子表）。"),
        ('cities = "各市（区）"\n', "", "缺少“cities”（文字）。"),
        (
            "{天数}天",
            "{日数}天",
            "“overdue_once”中用了不认识的名称“{日数}”；可用的有：{事项}、{到期日}、{天数}。",
        ),
        ("{天数}天", "{天数天", "“overdue_once”中花括号没有成对；可用的有：{事项}、{到期日}、{天数}。"),
    ],
)
def test_a_slip_in_how_duties_are_told(before: str, after: str, fault: str) -> None:
    text = (RULES / "duties.toml").read_text(encoding="utf-8")
    assert before in text
    with pytest.raises(RulesError) as told:
        parse_duty_rules(toml.parse(text.replace(before, after, 1), "duties.toml"))
    assert told.value.fault == fault


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    shutil.copytree(RULES, tmp_path / "rules")
    return tmp_path / "rules"


def test_a_province_without_a_folder_adds_its_own_file(rules: Path) -> None:
    own = rules / "provinces" / "山西省" / "duties.toml"
    own.parent.mkdir()
    text = written({**MONTHLY, "replaces": "“national_employers”"}).replace("summary", "shanxi_monthly")
    own.write_text(text, encoding="utf-8")
    with using(Rulebook(rules)):
        known = [duty.id for duty in duties("山西省")]
        assert known[-1] == "shanxi_monthly" and "national_employers" not in known
        assert "national_employers" in [duty.id for duty in duties("陕西省")]
        assert duty_rules().soon_days == 15


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("duties.toml", written(ONCE).replace("summary", "national_employers"), "全国的规则里已有这个编号，请换一个。"),
        ("duties.toml", written({**ONCE, "replaces": "“no_such”"}), "“replaces”没有全国的规则“no_such”。"),
        ("duties.toml", written({**ONCE, "replaces": "“tianjin_plan”"}), "“replaces”没有全国的规则“tianjin_plan”。"),
        ("duties.toml", written({**ONCE, "province": "“山西省”"}), "不认识的项：province。"),
        ("duties.toml.txt", written(ONCE), "文件名应为“duties.toml”，现在不起作用。"),
    ],
)  # fmt: skip
def test_a_slip_in_a_provinces_own_file(rules: Path, name: str, text: str, fault: str) -> None:
    own = rules / "provinces" / "山西省" / name
    own.parent.mkdir()
    own.write_text(text, encoding="utf-8")
    with using(Rulebook(rules)), pytest.raises(RulesError) as told:
        duties("山西省")
    assert told.value.fault == fault
    assert told.value.file == f"provinces/山西省/{name}"
