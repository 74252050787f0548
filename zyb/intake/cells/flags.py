"""是 / 否 / 不涉及, in the many ways in which officials write them.

What begins with 已 or 未 answers only if it speaks of what is asked: 已检测 is 是 under 是否检测 and a question under
是否申报, and nobody who has been 已注销 has declared.
"""

from __future__ import annotations

import re

from zyb.intake.cells.answers import Context, Word
from zyb.intake.cells.boxes import OPEN, boxed, is_tick
from zyb.intake.cells.doubts import remark_takes_back
from zyb.intake.cells.marks import has_marks, marked
from zyb.intake.cells.values import BLANKS, narrow
from zyb.rulebook.columns import ASKED, Column
from zyb.rulebook.lexicon.headings import lexicon
from zyb.rulebook.lexicon.meanings import states

YES, NO, NOT_APPLICABLE = "是", "否", "不涉及"
# Whole words; the verbs that may stand behind 已 and 未 are concepts of data/rules/headings.toml.
YES_WORDS = {
    "是", "√", "✓", "v", "✔", "✅", "☑", "有", "1", "1.0", "已", "y", "yes", "true", "对", "属实", "o", "○",
    "开展", "建立", "举办", "完成", "到位", "合格", "通过", "已开展", "已建立", "已举办",
}  # fmt: skip
# By themselves they answer where they are what is asked.
VERBS = {"申报", "检测", "体检", "培训", "辨识", "告知", "治理", "整改", "查处"}
# What a column asks whose answer is 否 as long as it is under way (data/rules/states.toml).
FINISHED = "finished"
OPPOSED = {"无": frozenset({"有"})}
NO_WORDS = {
    "否", "×", "✗", "✘", "✖", "❌", "x", "╳", "☒", "0", "0.0", "未", "n", "no", "false", "错", "不", "没", "没有", "无",
}  # fmt: skip
NOT_APPLICABLE_WORDS = {
    "不涉及", "不适用", "无需", "不需要", "无超标", "无超标岗位", "不存在", "无此项", "未涉及", "n/a", "na",
}  # fmt: skip
AFFIRMED = re.compile(r"(?:均|都|全部|全)*(?:已经|已|是|有)(?:全部|均|于|经|如期|按时|按期|及时)*")
DENIED = re.compile(r"(?:均|都|全部)*(?:尚未|还未|暂未|暂无|未曾|从未|未能|未|没有|没|不是|不能|否)")
# 正在治理, 治理中, 待治理, 拟于9月治理: what is under way or to come is not done.
UNDER_WAY = re.compile(r"^(?:正在|正|待|拟|计划|准备|预约|预计|将)(?:于|在)?|(?:推进|进行)?中$")
# 已列入计划，未完成: what begins with yes and goes on with no is for a person to decide.
DOUBTS = re.compile(r"[未否不没无待拟将剩欠差]|部分|计划|正在|预计|基本|大致|初步|除外|[?？%]")
DAY = re.compile(r"(?:20)?\d{2}[-./年]\d{1,2}(?:[-./月]\d{1,2}[日号]?|月份?)?")
DAY_FIRST = re.compile(rf"^(?:{DAY.pattern}|20\d{{2}}年度?)")
OFTEN = re.compile(r"(?:一|\d+|多|数)(?:次|项|场|套|期|批|轮)")
REMARK = re.compile(r"\([^()]*\)")
# 是，见附件: what follows is said beside the answer.
ANSWERED = re.compile(r"[是有][,，;；。(（]")
# Where the other answer begins: 是|否, 已完成|未完成, 合格|不合格.
OPPOSITE = re.compile("[否未不没无]")
REMARKED = re.compile("[,;:。]")
ENDS = ",，;；。.、 "
# What may be said of anything that was done, and when; by themselves the last three say that it was.
OF_ANYTHING = frozenset(
    {"complete", "done", "hold", "build", "inplace", "carry_out", "year", "period", "day", "total"}
)
ACCOMPLISHED = frozenset({"complete", "inplace", "carry_out"})
# What something is done to: 有超标岗位 and 未超标 do not say whether anything was done.
OBJECTS = frozenset({"exceed", "post", "hazard", "gear", "target"})


def flag(column: Column, text: str, context: Context) -> Word:
    plain = boxed(narrow(text)).lower()
    if (explained := dict(column.answers).get(plain)) in (YES, NO, NOT_APPLICABLE):
        return Word(explained)
    if explained == ASKED:
        return Word(None, "not_a_flag")
    if _opposes(plain, context.beside):
        return Word(NO)
    if column.not_applicable and plain == "无":
        # nothing to be done, or not done: that is for a person to see
        return Word(NOT_APPLICABLE, "taken_as", NOT_APPLICABLE)
    if column.not_applicable and plain in NOT_APPLICABLE_WORDS | {"/", "-", "—"}:
        return Word(NOT_APPLICABLE)
    if has_marks(text):
        return _of_marks(column, text)
    if (plain in BLANKS and plain != "无") or plain == "是/否":
        return Word(None)
    said = _said(column, plain)
    return Word(said) if said else Word(None, "not_a_flag")


def _said(column: Column, plain: str) -> str:
    said = _state(column.asks, plain) or _short(plain) or _statement(column, plain)
    unsaid = said and (remark_takes_back(plain, said == YES) or _unsaid(column, plain, said))
    return "" if unsaid else said


def _unsaid(column: Column, plain: str, said: str) -> bool:
    """否（已完成整改）: the remark by itself answers otherwise."""
    remarks = [found[0].strip("()") for found in REMARK.finditer(plain)]
    answers = (_state(column.asks, one) or _statement(column, one) for one in remarks)
    return any(answer and answer != said for answer in answers)


# -- answers that are ticked ----------------------------------------------------------------------


def _of_marks(column: Column, text: str) -> Word:
    """是（ ）否（√）, 已申报 未申报√, √（2024年5月）."""
    found = marked(text, lambda words: _labels(column, words), several=False)
    said = [_label(column, narrow(label).lower()) for label in found.ticked]
    if found.unclear:
        return Word(None, "unclear_mark")
    if len(said) > 1:
        return Word(None, "unclear_choice")
    if said and not said[0]:
        return Word(None, "not_a_flag")
    return Word(said[0] if said else None)


def _labels(column: Column, words: str) -> list[str]:
    """已申报未申报, 是否不涉及: the answers that stand without a gap; else the words as they are."""
    if _label(column, words):
        return [words]
    for at in OPPOSITE.finditer(words, 1):
        first, rest = words[: at.start()].strip(ENDS), words[at.start() :]
        others = _labels(column, rest)
        if (
            not REMARKED.search(first)
            and _label(column, first)
            and all(_label(column, one) for one in others)
        ):
            return [first, *others]
    return [words]


def _label(column: Column, plain: str) -> str:
    """What a label answers; a day or a remark beside a tick says of when it is: √（2024年5月）."""
    if column.not_applicable and plain in NOT_APPLICABLE_WORDS:
        return NOT_APPLICABLE
    said = _said(column, plain)
    turned = ASKED in dict(column.answers).values()  # √ itself may be no
    return said or (YES if not turned and REMARK.sub("", DAY_FIRST.sub("", plain)) == "" else "")


def _opposes(plain: str, beside: frozenset[str]) -> bool:
    """Whether the text is the other half of what stands in the same column: ☐ of ☑, 无 of 有."""
    if plain in OPPOSED:
        return not OPPOSED[plain].isdisjoint(beside)
    return bool(plain) and all(mark in OPEN for mark in plain) and any(map(is_tick, beside))


def _state(asked: str, plain: str) -> str:
    """进行中, 已销号: what the state answers to the question, if it is one that the rules list."""
    known = states().get(asked)
    if known is None:
        return ""
    return YES if plain in known.yes else NO if plain in known.no else ""


def _short(plain: str) -> str:
    """One of the words that answer anything, once or with how often: 是, √, 未, 开展1次."""
    bare = OFTEN.sub("", plain) or plain
    return YES if bare in YES_WORDS else NO if bare in NO_WORDS else ""


def _statement(column: Column, plain: str) -> str:
    """已开展（2024.5.6）, 尚未检测, 体检完成: yes or no, if all of it is about what is asked; else nothing."""
    if (found := DENIED.match(plain)) and _is_about(column, plain[found.end() :]):
        return NO
    if column.asks == FINISHED and (found := UNDER_WAY.search(plain)):
        rest = plain[: found.start()] + plain[found.end() :]
        return NO if _is_about(column, rest) else ""
    if DOUBTS.search(plain):
        return ""
    plain = DAY_FIRST.sub("", plain)
    if ANSWERED.match(plain):
        return YES
    if found := AFFIRMED.match(plain):
        return YES if _is_about(column, plain[found.end() :]) else ""
    accomplished = plain in VERBS or not _concepts(plain).isdisjoint(ACCOMPLISHED)
    return YES if accomplished and _is_about(column, plain) else ""


def _is_about(column: Column, rest: str) -> bool:
    """Whether a text says nothing but what the column asks, how often it was done, and when."""
    said = _concepts(rest)
    return said <= column.told | column.takes | OF_ANYTHING and (not said or not said <= OBJECTS)


def _concepts(text: str) -> frozenset[str]:
    said = lexicon().meaning(DAY.sub("", OFTEN.sub("", REMARK.sub("", text))).strip(ENDS))
    return said.core | said.hints
