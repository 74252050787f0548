"""What is left and what each week must bring, in words: one family of sentences for pages, documents and warnings."""

from __future__ import annotations

from zyb.numerals import rounded
from zyb.periods import Schedule, chinese_day
from zyb.rulebook.measures import Measure
from zyb.standing.forecast import Forecast
from zyb.wording.templates import said_on_pages, variants


def scheduled(plan: Schedule) -> dict[str, object]:
    """What sentences about a deadline may speak of."""
    return {
        "时限": chinese_day(plan.due),
        "周数": plan.weeks_left,
        "剩余": plan.remaining,
        "单位": plan.unit,
        "每周": plan.per_week or "",
        "每月": plan.per_month or "",
        "超时": plan.overdue,
        "当日": plan.days_left == 0,
        "始终": plan.always and not plan.overdue,
        "全部完成": plan.remaining == 0,
    }


def task(plan: Schedule, measure: Measure) -> str:
    """“每周至少完成15家”, beside what is left."""
    return task_of(plan, *_variants(measure))


def task_of(plan: Schedule, *variants: str) -> str:
    return said_on_pages("task", scheduled(plan), *variants)


def _variants(measure: Measure) -> tuple[str, ...]:
    return variants(measure.id, measure.kind, not measure.higher_is_better)


def task_on_a_card(plan: Schedule, measure: Measure) -> str:
    """“每周至少 15家”, below a heading that says of what; with the deadline alone, what is left."""
    return _said("task_on_a_card", plan, measure)


def to_the_deadline(plan: Schedule, measure: Measure) -> str:
    """“距2025年6月30日还有69周，剩余2124家，平均每周至少需完成31家。”"""
    return _said("deadline", plan, measure)


def _said(sentence: str, plan: Schedule, measure: Measure) -> str:
    return said_on_pages(sentence, scheduled(plan), *_variants(measure))


def outlook(found: Forecast, measure: Measure, year: int | None = None) -> str:
    """“近4周平均每周完成9.3家，按此进度预计2026年3月完成，晚于时限36周”.

    `year` is that of a count which begins anew with the next: it is finished in this year or not at all.
    """
    finish = found.finish
    too_late = finish is not None and year is not None and finish.year > year
    known = finish is not None and not too_late
    said: dict[str, object] = {
        "几周": found.weeks,
        "每周": str(rounded(found.per_week)),
        "单位": measure.unit,
        "下降": found.per_week < 0 and finish is None,
        "没有新增": found.per_week == 0 and finish is None,
        "年内不能": too_late,
        "年月": f"{finish.year}年{finish.month}月" if finish and known else "",
        "晚于时限": found.weeks_late or "",
        "按期": found.weeks_late == 0,
    }
    return said_on_pages("outlook", said, *_variants(measure))
