"""The wording of reports may be edited: faults are explained in Chinese, and nothing in it can run."""

from __future__ import annotations

import sys
import time

import pytest

from zyb.briefing.outlines import plans
from zyb.briefing.text.sentences import RULES
from zyb.briefing.text.wording import FILE, parse_wording, wording
from zyb.errors import RulesError
from zyb.rulebook import toml
from zyb.rulebook.book import RULES as SHIPPED
from zyb.rulebook.measures import measures
from zyb.rulebook.toml import load


def said(template: str, **facts: object) -> str:
    text = f"[a]\ndefault = '''{template}'''"
    return parse_wording(toml.parse(text, FILE)).say("a", facts)


def test_a_template_puts_facts_in_their_places():
    assert (
        said(
            "{{ 范围 }}尚有{{ 剩余 }}家{% if 占比 %}、占{{ 占比 }}{% endif %}。", 范围="全省", 剩余=3, 占比=""
        )
        == "全省尚有3家。"
    )


FAULTS = {
    "{{ 范国 }}": "不认识 “范国”，这一句可用的名称有：范围。",
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
    allowed = {"default", "growth", "ratio", "running", *plans().kinds, *measures("陕西省")}
    assert table.data
    for sentence, below in table.items():
        assert set(below.data) <= allowed, sentence
