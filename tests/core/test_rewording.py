"""措辞 of an installation: understood before it is taken, told in Chinese when it is not, and taken back again."""

from __future__ import annotations

import errno
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date

import pytest

from tests.pages.wording import english_words
from tests.spec.conftest import Province
from zyb.access import on_this_machine
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.briefing.text import rewording
from zyb.briefing.text.rewording import changed, checked, give_up, own_file, place_title, shipped_file, take
from zyb.errors import NotPossible, ZybError
from zyb.rulebook import toml
from zyb.store import DiskFull, Rewording, Store
from zyb.wording.templates import FILE, variants_of, wording

ASKED = Request(province="陕西省", kind="quarterly", on=date(2024, 3, 1), campaign="governance")
OWN = '[lead]\ndefault = "据{{ 来源 }}，{% if 截至 %}截至{{ 截至 }}{% endif %}情况如下："\n'
RATE = '[rate]\ndefault = "完成率{{ 数值 }}"\n'
OTHER = '[lead]\ndefault = "根据{{ 来源 }}，情况如下："\n'


@pytest.fixture
def reported(store):
    Province(store, "陕西省").reports("region | enrolled | completed\n西安市 | 2367 | 1378", "2024-03-01")
    return store


def test_a_sound_wording_is_taken_and_reports_speak_it(reported, tmp_path):
    take(reported, tmp_path, checked(reported, OWN.encode(), ASKED), by=on_this_machine("李四"))
    first = compose(reported, ASKED, folder=tmp_path).paragraphs[0].text
    assert first == "据国家职业病危害“专项治理”模块，截至2024年3月1日情况如下："
    assert own_file(tmp_path) == OWN.encode()
    assert [path.name for path in tmp_path.glob("*.toml*")] == [FILE], "nothing half-written is left"


def test_giving_it_up_brings_the_shipped_one_back(reported, tmp_path):
    usual = compose(reported, ASKED).paragraphs
    take(reported, tmp_path, checked(reported, OWN.encode(), ASKED), by=on_this_machine("李四"))
    give_up(reported, tmp_path, by=on_this_machine("李四"))
    assert own_file(tmp_path) is None
    assert compose(reported, ASKED, folder=tmp_path).paragraphs == usual
    give_up(reported, tmp_path, by=on_this_machine("李四"))


def test_who_changed_which_sentence_is_recorded_with_both_readings(reported, tmp_path):
    take(reported, tmp_path, OWN, by=on_this_machine("李四"))
    give_up(reported, tmp_path, by=on_this_machine("王五"))
    back, there = reported.rewordings()
    assert (there.sentence, there.variant, there.recorded_by) == ("lead", "default", "李四")
    assert (
        "情况如下" in there.after
        and there.before
        and (back.before, back.after) == (there.after, there.before)
    )
    assert back.recorded_by == "王五" and place_title(back) == "导语（通用）"
    assert [line[1:4] for line in reported.audit_lines(2)] == [
        ("王五", "修改措辞", "lead.default"), ("李四", "修改措辞", "lead.default"),
    ]  # fmt: skip


def test_a_wording_that_could_not_be_put_in_place_leaves_no_record(reported, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(ZybError, match="磁盘已满"):
        take(reported, tmp_path, OWN, by=on_this_machine("李四"))
    assert reported.rewordings() == [] and [path.name for path in tmp_path.glob("*wording*")] == []


@pytest.mark.parametrize("had_one", [False, True])
def test_a_wording_whose_record_could_not_be_saved_is_not_in_force(reported, tmp_path, monkeypatch, had_one):
    if had_one:
        take(reported, tmp_path, OTHER, by=on_this_machine("李四"))
    before, records = own_file(tmp_path), reported.rewordings()

    def full(*_: object) -> None:
        raise DiskFull("磁盘已满，没有保存。")

    monkeypatch.setattr(Store, "_commit", full)
    for act in (
        lambda: take(reported, tmp_path, OWN, by=on_this_machine("王五")),
        lambda: give_up(reported, tmp_path, by=on_this_machine("王五")),
    ):
        with suppress(DiskFull):
            act()
        assert own_file(tmp_path) == before and reported.rewordings() == records
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_what_somebody_has_taken_since_is_not_overruled_unread(reported, tmp_path):
    take(reported, tmp_path, OWN, by=on_this_machine("李四"), seen=None)
    for act in (
        lambda: take(reported, tmp_path, OTHER, by=on_this_machine("王五"), seen=None),
        lambda: give_up(reported, tmp_path, by=on_this_machine("王五"), seen=OTHER.encode()),
    ):
        with pytest.raises(NotPossible, match=r"措辞在您查看之后已由李四于.*改动。您的改动没有启用"):
            act()
    assert own_file(tmp_path) == OWN.encode()
    take(reported, tmp_path, OTHER, by=on_this_machine("王五"), seen=OWN.encode())
    assert own_file(tmp_path) == OTHER.encode()


def test_of_two_who_take_a_wording_at_once_the_one_who_is_refused_changes_nothing(reported, tmp_path):
    def act(number: int) -> str:
        try:
            take(
                reported,
                tmp_path,
                f'[lead]\ndefault = "据第{number}份："\n',
                by=on_this_machine(f"第{number}人"),
                seen=None,
            )
        except NotPossible:
            return ""
        return f"第{number}份"

    with ThreadPoolExecutor(6) as pool:
        (taken,) = filter(None, pool.map(act, range(6)))
    (record,) = reported.rewordings()
    assert taken in (own_file(tmp_path) or b"").decode() and taken in record.after


@pytest.mark.parametrize("had_one", [False, True])
@pytest.mark.parametrize("committed", [False, True])
def test_a_change_that_was_cut_off_by_a_killed_program_ends_as_the_records_tell(
    reported, tmp_path, monkeypatch, had_one, committed
):
    if had_one:
        take(reported, tmp_path, OTHER, by=on_this_machine("李四"))
        take(reported, tmp_path, OTHER + RATE, by=on_this_machine("李四"))
    before = own_file(tmp_path)
    with monkeypatch.context() as dead:
        dead.setattr(rewording, "_put_back", lambda folder: None)
        dead.setattr(rewording, "_tidy", lambda folder: None)
        if not committed:
            dead.setattr(Store, "_commit", ended)
        with suppress(KeyboardInterrupt):
            take(reported, tmp_path, OWN, by=on_this_machine("王五"))
    assert own_file(tmp_path) == OWN.encode()
    rewording.settle(reported, tmp_path)
    assert own_file(tmp_path) == (OWN.encode() if committed else before)
    assert [path.name for path in tmp_path.glob(".*wording*")] == []


def test_a_killed_change_that_leaves_the_newest_recorded_sentence_alone_is_put_back_as_well(
    reported, tmp_path, monkeypatch
):
    take(reported, tmp_path, OTHER, by=on_this_machine("甲"))
    with monkeypatch.context() as dead:
        dead.setattr(rewording, "_put_back", lambda folder: None)
        dead.setattr(rewording, "_tidy", lambda folder: None)
        dead.setattr(Store, "_commit", ended)
        with suppress(KeyboardInterrupt):
            take(reported, tmp_path, OTHER + RATE, by=on_this_machine("乙"))
    assert own_file(tmp_path) == (OTHER + RATE).encode()
    rewording.settle(reported, tmp_path)
    assert own_file(tmp_path) == OTHER.encode()


def ended(*_: object) -> None:
    raise KeyboardInterrupt


def test_every_sentence_and_variant_has_a_name_in_chinese():
    shipped = toml.parse(shipped_file().decode()).data
    places = [(sentence, variant) for sentence, below in shipped.items() for variant in variants_of(below)]
    assert places
    for place in places:
        assert not re.search(
            "[a-z]",
            place_title(Rewording(sentence=place[0], variant=place[1], before="", after="", recorded_by="")),
        )


FAULTS = {
    '[forcast]\ndefault = "甲"': "没有这个句子",
    '[lead]\ndefault = "{{ 来元 }}"': "[lead]：“default”中有不认识的名称：来元",
    '[missing]\ndefault = "{{ 地曲 }}未报送"': "不认识的名称：地曲",
    '[lead]\ndefault = "{{ 来源 "': "花括号或百分号没有成对",
    '[lead]\ndefault = "{% for 字 in 来源 %}{{ 字 }}{% endfor %}"': "不能写循环、运算和调用",
    '[lead]\ndefault = "{{ 来源.__class__ }}"': "不能写循环、运算和调用",
    '[lead]\ndefault = "{{ 来源 + 截至 }}"': "不能写循环、运算和调用",
    "[lead]\ndefault = \"{% include '/etc/passwd' %}\"": "不能写循环、运算和调用",
    '[lead]\nweakly = "甲"': "没有名为“weakly”的指标或种类",
    "[lead]\ndefault = 3": "“default”应为文字",
    'lead = "甲"': "“lead”应为子表",
    "[lead]\ndefault = “甲”": "第2行附近的写法有误，请检查引号是否成对",
    '[lead]\ndefault = "甲': "文件末尾附近的写法有误",
    "": "与程序自带的完全相同",
    '[lead]\ndefault = "甲"\ndefault = "乙"': "有一项写了两次",
    '[lead]\ndefault = "' + "{% if 来源 %}" * 900 + "甲" + "{% endif %}" * 900 + '"': "套得太深",
    '[lead]\ndefault = "' + "{% if 来源 %}" * 9000 + '"': "过长",
    '[lead]\ndefault = "{{ ' + "(" * 900 + '"': "套得太深",
    '[lead]\ndefault = "{% if ' + "not " * 900 + '来源 %}"': "条件太多",
    "lead = " + "[" * 100_000: "括号套得太深",
    "lead = " + "{a=" * 30_000: "括号套得太深",
    "lead" + ".a" * 90_000 + " = 1": "名称过长",
    "[" + "a." * 90_000 + "a]": "名称过长",
    "lead = " + "9" * 9_000: "有一个数字过长",
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_told_in_chinese_and_by_place(reported, text):
    with pytest.raises(ZybError) as caught:
        checked(reported, text.encode(), ASKED)
    assert FAULTS[text] in str(caught.value)
    named = {"wording", "toml", "lead", "default", "missing", "forcast", "weakly", "if"}
    words = [word for said in english_words([str(caught.value)]) for word in said.split(":")[0].split()]
    assert set(words) <= named, "only what stands in the file itself"


def test_a_file_that_is_no_text_or_far_too_large_is_refused(reported):
    for content in (b"PK\x03\x04\xff\xff\x80", b"#" * 300_000):
        with pytest.raises(ZybError, match="文件"):
            checked(reported, content, ASKED)


def test_the_shipped_file_sent_back_as_it_is_changes_nothing(reported):
    with pytest.raises(NotPossible, match="完全相同"):
        checked(reported, shipped_file(), ASKED)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_of_windows_editors_are_read(reported, encoding):
    assert checked(reported, OWN.replace("\n", "\r\n").encode(encoding), ASKED) == OWN


def test_the_whole_file_with_one_sentence_changed_names_that_sentence():
    text = shipped_file().decode().replace("尚有", "还有")
    assert changed(text) == ["剩余任务的分布"]


def test_a_file_of_an_older_program_with_names_in_comments_is_taken(reported, tmp_path):
    older = f"# 导语。要求 范围 专项 来源 截至 督办\n{OWN}"
    take(reported, tmp_path, checked(reported, older.encode(), ASKED), by=on_this_machine("李四"))
    assert compose(reported, ASKED, folder=tmp_path).paragraphs[0].text.startswith("据国家职业病危害")


def test_the_whole_file_with_one_sentence_changed_is_taken_and_recorded_as_that_sentence(reported, tmp_path):
    text = shipped_file().decode().replace("情况小结如下", "小结如下")
    take(reported, tmp_path, checked(reported, text.encode(), ASKED), by=on_this_machine("李四"))
    assert [place_title(change) for change in reported.rewordings()] == ["导语（周小结）"]


@pytest.mark.parametrize("line", ['title = "开头"', 'names = ["来源"]', "names = 3"])
def test_what_a_sentence_declares_is_not_the_installations_to_change(reported, line):
    with pytest.raises(ZybError, match=r"\[lead\]：“(title|names)”（.+）由程序规定，不能改"):
        checked(reported, OWN.replace("\n", f"\n{line}\n", 1).encode(), ASKED)


def test_a_file_in_force_outlives_a_program_that_declares_otherwise(tmp_path):
    (tmp_path / FILE).write_text(
        OWN.replace("\n", '\ntitle = "开头"\nnames = ["来源"]\n', 1), encoding="utf-8"
    )
    assert wording(tmp_path).sentences["lead"].title == "导语"
    assert wording(tmp_path).say("lead", {"来源": "甲", "截至": ""}) == "据甲，情况如下："


def test_every_sentence_of_the_shipped_file_would_be_taken(reported):
    """What the shipped file itself does must be allowed to whoever starts from it."""
    text = re.sub(r'(?m)^\w+ = ".*"$', lambda line: line[0].replace("，", "， "), shipped_file().decode())
    assert checked(reported, text.encode(), ASKED) == text


def test_without_a_report_a_wording_is_still_checked(store):
    assert checked(store, OWN.encode(), None) == OWN
    with pytest.raises(ZybError, match="来元"):
        checked(store, OWN.replace("来源", "来元").encode(), None)
