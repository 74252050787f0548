"""The wording of reports may be edited: faults are explained in Chinese, and nothing in it can run."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from tests.spec.conftest import Province
from tests.spec.lists import listed
from zyb.answers.duties import duty_survey
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.briefing.outlines import plans
from zyb.briefing.text.sentences import RULES
from zyb.errors import RulesError
from zyb.periods import schedule
from zyb.rulebook import toml
from zyb.rulebook.book import RULES as SHIPPED
from zyb.rulebook.campaigns import Closing, all_campaigns
from zyb.rulebook.duties import duties, duty_rules
from zyb.rulebook.measures import measures
from zyb.rulebook.regions import load_roster
from zyb.rulebook.toml import load
from zyb.standing.duties import DutySurvey, stand
from zyb.standing.duties.submissions import board
from zyb.store import Store
from zyb.wording.closings import alerts_rest, closed, duties_rest
from zyb.wording.reminders import reminders_of_late
from zyb.wording.schedules import task_on_a_card
from zyb.wording.templates import FILE, LOWER, Wording, parse_wording, shipped, variants_of, wording


def said(template: str, **facts: object) -> str:
    names = ", ".join(f'"{name}"' for name in facts)
    text = f"[a]\ntitle = '甲'\nnames = [{names}]\ndefault = '''{template}'''"
    return parse_wording(toml.parse(text, FILE)).say("a", facts)


def test_a_template_puts_facts_in_their_places():
    assert (
        said(
            "{{ 范围 }}尚有{{ 剩余 }}家{% if 占比 %}、占{{ 占比 }}{% endif %}。", 范围="全省", 剩余=3, 占比=""
        )
        == "全省尚有3家。"
    )


FAULTS = {
    "{{ 范国 }}": "不认识的名称：范国。这一句可用的名称有：范围。",
    "{{ 范围 ": "花括号或百分号没有成对",
    "{% 如果 范围 %}": "不认识的指令",
    "{{ 范围 | upper }}": "不认识的指令",
    "{{ 范围.__class__ }}": "不能调用程序",
    "{{ 范围.__class__.__mro__[1].__subclasses__() }}": "不能调用程序",
    "{{ 范围 * 9999999999 }}": "不能调用程序",
    "{{ 范围() }}": "无法执行",
    "{% for a in range(9) %}{{ a }}{% endfor %}": "不能写循环",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}": "不能写循环",
    "{% include '/etc/passwd' %}": "无法执行",
    "{% import 'os' as os %}": "无法执行",
}  # fmt: skip


@pytest.mark.parametrize("template", FAULTS)
def test_a_fault_says_which_sentence_and_what(template):
    with pytest.raises(RulesError) as caught:
        said(template, 范围="全省")
    assert FAULTS[template] in caught.value.message
    assert caught.value.message.startswith("规则文件 wording.toml 的 [a")


# Each of these ended the parser or the compiler without a sentence, or took time with the square of its length.
ENDLESS = {
    "conditions": "{% if 范围 %}" * 900 + "甲" + "{% endif %}" * 900,
    "conditions never closed": "{% if 范围 %}" * 900,
    "one condition after the other": "{% if 范围 %}甲{% endif %}" * 700,
    "other conditions": "{% if 范围 %}甲" + "{% elif 范围 %}乙" * 900 + "{% endif %}",
    "conditions within a word": "{{ " + "范围 if 范围 else " * 900 + "范围 }}",
    "loops": "{% for a in 范围 %}" * 15 + "{% endfor %}" * 15,
    "brackets": "{{ " + "(" * 900 + "范围" + ")" * 900 + " }}",
    "brackets never closed": "{{ " + "(" * 9_000,
    "lists": "{{ " + "[" * 900 + "]" * 900 + " }}",
    "negations": "{% if " + "not " * 900 + "范围 %}甲{% endif %}",
    "signs": "{{ " + "-" * 9_000 + "1 }}",
    "alternatives": "{% if " + "范围 or " * 900 + "范围 %}甲{% endif %}",
    "filters": "{{ 范围" + "|upper" * 900 + " }}",
    "concatenations": "{{ 范围" + " ~ 范围" * 900 + " }}",
    "attributes": "{{ 范围" + ".a" * 900 + " }}",
    "comparisons": "{% if 范围" + " == 范围" * 900 + " %}甲{% endif %}",
    "words": "甲" * 100_000,
    "braces": "{" * 100_000,
    "a hundred thousand brackets": "{{ " + "(" * 100_000,
    "a hundred thousand conditions": "{% if 范围 %}" * 9_000,
}


@pytest.mark.parametrize("shape", ENDLESS)
def test_a_wording_without_end_is_refused_with_a_sentence_and_at_once(shape):
    begun = time.monotonic()
    with pytest.raises(RulesError, match=FILE):
        said(ENDLESS[shape], 范围="全省" * 500)
    assert time.monotonic() - begun < 2


def test_what_is_refused_does_not_hang_on_how_deep_the_caller_already_is():
    def below(levels: int) -> None:
        if levels:
            return below(levels - 1)
        with pytest.raises(RulesError):
            said(ENDLESS["conditions"])
        assert said("{% if 甲 %}" * 20 + "乙" + "{% endif %}" * 20, 甲="甲") == "乙"
        return None

    below(sys.getrecursionlimit() - 650)


@pytest.mark.parametrize("shape", ENDLESS)
def test_it_is_refused_when_the_data_folders_file_is_read(shape, tmp_path):
    text = f'[forecast]\ndefault = """{ENDLESS[shape]}"""\n'
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(RulesError, match=FILE):
        wording(tmp_path)


def test_a_sentence_without_facts_says_so():
    with pytest.raises(RulesError, match="不认识的名称：范围。这一句没有可用的名称。"):
        said("{{ 范围 }}")


@pytest.mark.parametrize(("declared", "words"), [
    ("names = []", "缺少“title”"), ("title = '甲'", "缺少“names”"), ("title = '甲'\nnames = '范围'", "应为文字列表"),
    ("title = '甲'\nnames = ['范围', '范围']", "重复的名称：范围"), ("title = '甲'\nnames = ['范 围']", "不能用作名称的写法：“范 围”"),
])  # fmt: skip
def test_a_sentence_that_ships_declares_its_title_and_its_names(declared, words):
    with pytest.raises(RulesError, match=words):
        parse_wording(toml.parse(f"[a]\n{declared}\ndefault = '甲'", FILE))


def test_reports_and_pages_hand_over_the_names_that_their_sentences_declare_and_no_others(store, monkeypatch):
    """Every time that a sentence is said, so that each name holds in each variant."""
    declared = {name: set(sentence.names) for name, sentence in shipped().sentences.items()}
    given: dict[str, list[set[str]]] = {}
    real = Wording.say

    def heard(self: Wording, sentence: str, facts: Mapping[str, object], *variants: str) -> str:
        given.setdefault(sentence, []).append({*facts})
        return real(self, sentence, facts, *variants)

    monkeypatch.setattr(Wording, "say", heard)
    compose_everything(store)
    task_on_a_card(
        schedule(3, date(2025, 6, 30), date(2025, 6, 1), "家"), measures("陕西省")["governance_completion"]
    )
    say_what_was_closed()
    remind(store)
    assert {
        name: names for name, all_of in given.items() for names in all_of if names != declared[name]
    } == {}
    assert {*declared} == {*given}, "each sentence was said, so each name was really given"


def remind(store: Store) -> None:
    """河北 has sent nothing: some of what it owes is overdue, and some will be soon."""
    seen = duty_survey(store, "河北省", date(2024, 9, 20))
    text = reminders_of_late(board(seen, load_roster("河北省")))
    assert "已过报送时限" in text and "即将到期" in text


def say_what_was_closed() -> None:
    over = Closing(date(2025, 6, 30), "某文")
    campaign = replace(all_campaigns()["governance"], closing=over)
    assert closed(campaign, over).startswith("职业病危害专项治理已于2025年6月30日结束（某文）")
    assert "专项治理（自2025年6月30日起）" in alerts_rest([campaign])
    assert alerts_rest([]) == ""
    assert "专项治理（自2025年6月30日起）12项次" in duties_rest(what_rests(over))


def what_rests(over: Closing) -> DutySurvey:
    """A summary of 专项治理 that none of 12 regions has sent in when the campaign was closed."""
    duty = next(one for one in duties("陕西省") if one.id == "shaanxi_year_2024")
    found = stand(duty, duty.subjects(load_roster("陕西省")), {}, over.day, duty_rules(), over)
    return DutySurvey(
        province="陕西省", on=over.day, known_at=None, standings=tuple(found), rules=duty_rules()
    )


def compose_everything(store: Store) -> None:
    """A year's reports with a region behind, one that stands still, one that is silent and one that is done."""
    shaanxi, hebei = Province(store, "陕西省"), Province(store, "河北省")
    for day, done in {"2023-12-31": 20, "2024-09-30": 30, "2024-11-30": 40, "2024-12-31": 40}.items():
        lines = f"西安市 | 100 | {done}\n宝鸡市 | 50 | 5\n咸阳市 | 40 | 40\n铜川市 | 30 | {done // 2}"
        # Half of the regions are enough to be spoken of together; before, too few have reported.
        others = "\n渭南市 | 60 | 20\n延安市 | 50 | 10\n榆林市 | 70 | 9" if day == "2024-12-31" else ""
        shaanxi.reports(f"region | enrolled | completed\n{lines}{others}", day)
    shaanxi.reports(
        "region | year | target\n西安市 | 2024 | 30\n宝鸡市 | 2024 | 10", "2024-01-01", "governance_targets"
    )
    hebei.reports("region | year | target\n石家庄市 | 2024 | 40", "2024-01-01", "assistance_targets")
    rates = "region | assisted | declared | tested\n石家庄市 | 20 | 10 | 9\n唐山市 | 9 | 9 | 8"
    hebei.reports(rates, "2024-11-30", "assistance_rates")
    listed(hebei, "assistance", "region | completed | number\n石家庄市 | 是 | 20", "2024-11-30")
    for kind in plans().kinds.values():
        region = "610100" if kind.regional else ""
        for day in (date(2024, 11, 30), date(2024, 12, 31)):
            compose(
                store,
                Request(province="陕西省", kind=kind.id, on=day, campaign="governance", region_code=region),
            )
    for day in (
        date(2024, 11, 30),
        date(2026, 3, 31),
    ):  # on the second nobody has reported for long, and all is overdue
        compose(store, Request(province="河北省", kind="quarterly", on=day, campaign=""))


def test_the_data_folder_may_replace_single_sentences(tmp_path):
    (tmp_path / FILE).write_text('[forecast]\ndefault = "预测：{{ 预测 }}"\n', encoding="utf-8")
    found = wording(tmp_path)
    assert found.say("forecast", {"预测": "年底完成。"}) == "预测：年底完成。"
    assert found.say("schedule", {"附件号": 2}) == wording().say("schedule", {"附件号": 2})


def test_a_changed_file_holds_at_once(tmp_path):
    own = tmp_path / FILE
    own.write_text('[forecast]\ndefault = "甲"\n', encoding="utf-8")
    assert wording(tmp_path).say("forecast", {}) == "甲"
    own.write_text('[forecast]\ndefault = "乙乙"\n', encoding="utf-8")
    assert wording(tmp_path).say("forecast", {}) == "乙乙"


def test_a_sentence_that_no_rule_says_is_refused(tmp_path):
    (tmp_path / FILE).write_text('[forcast]\ndefault = "甲"\n', encoding="utf-8")
    with pytest.raises(RulesError, match="没有这个句子"):
        wording(tmp_path)


def test_every_outline_names_sentences_that_exist():
    blocks = [block for kind in plans().kinds.values() for block in kind.outline]
    named = {sentence for block in blocks for sentence in block.sentences}
    assert named and named <= set(RULES)


def test_every_rule_has_its_wording():
    assert all(wording().has(name) for name in RULES)


def test_every_measure_that_a_campaign_tells_of_exists():
    known = set(measures("陕西省"))
    assert plans().campaigns
    for told in plans().campaigns.values():
        named = {*told.measures, *(name for group in told.groups for name in group.measures)}
        assert named <= known
        assert not told.annual or told.annual in known


def test_every_variant_is_a_measure_a_kind_or_a_report():
    table = load(SHIPPED / FILE)
    allowed = {
        "default",
        "growth",
        "ratio",
        "running",
        LOWER,
        f"ratio_{LOWER}",
        f"growth_{LOWER}",
        "count",
        f"count_{LOWER}",
        "survey",
        f"survey_{LOWER}",
        *plans().kinds,
        *measures("陕西省"),
    }
    assert table.data
    for sentence, below in table.items():
        assert set(variants_of(below.data)) <= allowed, sentence
