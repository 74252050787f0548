"""变化原因 in a sentence: from where to where, and what the difference is made of."""

from __future__ import annotations

from zyb.changes.model import KIND_TITLES, NUMERATOR, ChangeKind, ChangeSplit, LookedThen
from zyb.numerals import absolute_points, count, signed_count, value_text
from zyb.periods import chinese_day, chinese_moment


def change_sentence(found: ChangeSplit) -> str:
    """“全省专项治理完成率由2月29日的50.0%升至…”: the value, then each side with its reasons."""
    told = [f"{found.whole.region}{found.measure.title}{_value_words(found)}"]
    if all(found.told):
        told += [_side_words(found, side) for side in found.sides]
    return f"{'；'.join(filter(None, told))}。"


def _value_words(found: ChangeSplit) -> str:
    kind, measure = found.measure.kind, found.measure
    if not all(found.told):
        return f"{_days(found)}：{_unheard_words(found)}，不能比较"
    if measure.counts:
        return f"（{_days(found)}）"
    before, after = found.values
    texts = value_text(before, kind), value_text(after, kind)
    if before is None or after is None:
        return f"{_days(found)}：前为{texts[0]}，后为{texts[1]}"
    gap = after - before
    if not gap:
        return f"{_days(found)}，{texts[0]}，没有变化"
    moved = f"{'上升' if gap > 0 else '下降'}{absolute_points(gap)}个百分点"
    return f"{_days(found)}，由{texts[0]}变为{texts[1]}，{moved}"


def _unheard_words(found: ChangeSplit) -> str:
    """“前为41.3%，后尚未报送”: where nobody has reported there is no figure, and not nought."""
    measure, said = found.measure, []
    for word, pair, value, told in zip(
        ("前", "后"), (found.whole.before, found.whole.after), found.values, found.told, strict=True
    ):
        figure = f"{count(pair[0])}{measure.unit}" if measure.counts else value_text(value, measure.kind)
        said.append(f"{word}为{figure}" if told else f"{word}尚未报送")
    return "，".join(said)


def _days(found: ChangeSplit) -> str:
    first, second = found.first, found.second
    if first.on != second.on:
        return f"自{chinese_day(first.on)}{_as_known(found)}至{chinese_day(second.on)}"
    return f"{chinese_day(first.on)}的数据{_as_known(found)}"


def _as_known(found: ChangeSplit) -> str:
    first, second = found.first, found.second
    return f"（按{known_words(first)}掌握的情况）" if first.known_at != second.known_at else ""


def known_words(looked: LookedThen) -> str:
    return chinese_moment(looked.known_at)


def _side_words(found: ChangeSplit, side: str) -> str:
    whole, unit, title = found.whole, found.measure.unit, found.title_of(side)
    which = 0 if side == NUMERATOR else 1
    before, after, moved = whole.before[which], whole.after[which], whole.difference(side)
    kinds = whole.by_kind(side)
    if not kinds:
        return f"{title}{count(after)}{unit}，没有变化"
    made = "、".join(f"{kind_words(found, side, kind)}{signed_count(n)}" for kind, n in kinds.items())
    way = f"由{count(before)}{unit}变为{count(after)}{unit}，{'增加' if moved > 0 else '减少'}{count(abs(moved))}{unit}"
    return f"{title}{way if moved else f'{count(after)}{unit}，增减相抵'}（{made}）"


def kind_words(found: ChangeSplit, side: str, kind: ChangeKind) -> str:
    """新增申报, not 新增已申报; every other kind is called as it is."""
    if kind is not ChangeKind.NEW:
        return KIND_TITLES[kind]
    operand = found.measure.numerator if side == NUMERATOR else found.measure.denominator
    return f"{KIND_TITLES[kind]}{operand.added_title or operand.title}"
