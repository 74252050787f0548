"""滞后预警: twelve periods each, as the figures and the people's records move an alert.

Every region has 1000 enterprises to put right from 2022-09-01 to 2025-06-30 and tells one story. A line is
a month: 期 | 完成率 (“未报”: no report) | 序时 | 状态 (“-”: no alert) | 级别 (“-”: none) | what somebody
writes down on the figures of that month.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from tests.books import table
from tests.spec.conftest import Province
from zyb.access import on_this_machine
from zyb.alerting import Alert, alerts, claim, note, release
from zyb.numerals import percent
from zyb.standing.alert_course import Signal, alert_rules, follow
from zyb.store import AlertRecord, Store

MEASURE = "governance_completion"

THE_YEAR = {
    "从不滞后：没有预警 宝鸡": """
        2024-01 | 51% | 50.0% | - | -
        2024-02 | 53% | 52.9% | - | -
        2024-03 | 57% | 55.9% | - | -
        2024-04 | 61% | 58.8% | - | -
        2024-05 | 64% | 61.8% | - | -
        2024-06 | 66% | 64.7% | - | -
        2024-07 | 69% | 67.7% | - | -
        2024-08 | 73% | 70.7% | - | -
        2024-09 | 76% | 73.6% | - | -
        2024-10 | 78% | 76.6% | - | -
        2024-11 | 81% | 79.5% | - | -
        2024-12 | 83% | 82.5% | - | -
    """,
    "一直滞后：先观察，再预警，逐级提醒、督办、通报、约谈 西安": """
        2024-01 | 40% | 50.0% | 观察 | -
        2024-02 | 42% | 52.9% | 预警 | 提醒
        2024-03 | 44% | 55.9% | 预警 | 督办
        2024-04 | 46% | 58.8% | 预警 | 通报
        2024-05 | 48% | 61.8% | 预警 | 通报
        2024-06 | 50% | 64.7% | 预警 | 约谈
        2024-07 | 52% | 67.7% | 预警 | 约谈
        2024-08 | 54% | 70.7% | 预警 | 约谈
        2024-09 | 56% | 73.6% | 预警 | 约谈
        2024-10 | 58% | 76.6% | 预警 | 约谈
        2024-11 | 60% | 79.5% | 预警 | 约谈
        2024-12 | 62% | 82.5% | 预警 | 约谈
    """,
    "差距过大：首期即预警 榆林": """
        2024-01 | 18.1% | 50.0% | 预警 | 提醒
        2024-02 | 20%   | 52.9% | 预警 | 提醒
        2024-03 | 22%   | 55.9% | 预警 | 督办
    """,
    "自行回升：差距连续2期缩小起不再升级，连续2期达到序时解除 咸阳": """
        2024-01 | 45%  | 50.0% | 观察   | -
        2024-02 | 47%  | 52.9% | 预警   | 提醒
        2024-03 | 49%  | 55.9% | 预警   | 督办
        2024-04 | 54%  | 58.8% | 预警   | 通报
        2024-05 | 59%  | 61.8% | 回升   | 通报
        2024-06 | 63%  | 64.7% | 回升   | 通报
        2024-07 | 67%  | 67.7% | 回升   | 通报
        2024-08 | 71%  | 70.7% | 回升   | 通报
        2024-09 | 77%  | 73.6% | 已解除 | -
        2024-10 | 83%  | 76.6% | 已解除 | -
        2024-11 | 90%  | 79.5% | 已解除 | -
        2024-12 | 100% | 82.5% | 已解除 | -
    """,
    "回升后又滞后：未解除前级别不降，解除后重新算起 渭南": """
        2024-01 | 45% | 50.0% | 观察   | -
        2024-02 | 48% | 52.9% | 预警   | 提醒
        2024-03 | 49% | 55.9% | 预警   | 督办
        2024-04 | 62% | 58.8% | 回升   | 督办
        2024-05 | 61% | 61.8% | 预警   | 督办
        2024-06 | 66% | 64.7% | 回升   | 督办
        2024-07 | 70% | 67.7% | 已解除 | -
        2024-08 | 70% | 70.7% | 观察   | -
        2024-09 | 71% | 73.6% | 预警   | 提醒
        2024-10 | 72% | 76.6% | 预警   | 督办
        2024-11 | 86% | 79.5% | 回升   | 督办
        2024-12 | 88% | 82.5% | 已解除 | -
    """,
    "认领后回升 延安": """
        2024-01 | 45% | 50.0% | 观察   | -
        2024-02 | 46% | 52.9% | 预警   | 提醒
        2024-03 | 47% | 55.9% | 已认领 | 督办 | 认领至2024-08-31
        2024-04 | 50% | 58.8% | 已认领 | 通报
        2024-05 | 55% | 61.8% | 已认领 | 通报
        2024-06 | 60% | 64.7% | 回升   | 通报
        2024-07 | 66% | 67.7% | 回升   | 通报
        2024-08 | 73% | 70.7% | 回升   | 通报
        2024-09 | 80% | 73.6% | 已解除 | -
        2024-10 | 83% | 76.6% | 已解除 | -
        2024-11 | 86% | 79.5% | 已解除 | -
        2024-12 | 89% | 82.5% | 已解除 | -
    """,
    "认领期限已过仍滞后：逾期，重新认领后再算 汉中": """
        2024-01 | 45% | 50.0% | 观察   | -
        2024-02 | 46% | 52.9% | 预警   | 提醒
        2024-03 | 47% | 55.9% | 已认领 | 督办 | 认领至2024-06-15
        2024-04 | 48% | 58.8% | 已认领 | 通报
        2024-05 | 49% | 61.8% | 已认领 | 通报
        2024-06 | 50% | 64.7% | 逾期   | 约谈
        2024-07 | 51% | 67.7% | 逾期   | 约谈
        2024-08 | 52% | 70.7% | 已认领 | 约谈 | 认领至2024-11-30
        2024-09 | 53% | 73.6% | 已认领 | 约谈
        2024-10 | 54% | 76.6% | 已认领 | 约谈
        2024-11 | 84% | 79.5% | 回升   | 约谈
        2024-12 | 88% | 82.5% | 已解除 | -
    """,
    "两期未报送：不当作正常，恢复报送后滞后期数接着算 安康": """
        2024-01 | 45%  | 50.0% | 观察   | -
        2024-02 | 46%  | 52.9% | 预警   | 提醒
        2024-03 | 47%  | 55.9% | 预警   | 督办
        2024-04 | 未报 | 58.8% | 未报送 | 督办
        2024-05 | 未报 | 61.8% | 未报送 | 督办
        2024-06 | 49%  | 64.7% | 预警   | 通报
        2024-07 | 未报 | 67.7% | 未报送 | 通报
        2024-08 | 75%  | 70.7% | 回升   | 通报
        2024-09 | 78%  | 73.6% | 已解除 | -
        2024-10 | 80%  | 76.6% | 已解除 | -
        2024-11 | 未报 | 79.5% | 未报送 | 提醒
        2024-12 | 83%  | 82.5% | 已解除 | -
    """,
    "从未报送：按未报送期数升级，认领也不改变未报送 商洛": """
        2024-01 | 未报 | 50.0% | 未报送 | 提醒
        2024-02 | 未报 | 52.9% | 未报送 | 督办
        2024-03 | 未报 | 55.9% | 未报送 | 通报
        2024-04 | 未报 | 58.8% | 未报送 | 通报 | 认领至2024-05-31
        2024-05 | 未报 | 61.8% | 未报送 | 通报
        2024-06 | 未报 | 64.7% | 未报送 | 约谈
        2024-07 | 70%  | 67.7% | -      | -
        2024-08 | 未报 | 70.7% | 未报送 | 提醒
        2024-09 | 75%  | 73.6% | -      | -
        2024-10 | 78%  | 76.6% | -      | -
        2024-11 | 80%  | 79.5% | -      | -
        2024-12 | 83%  | 82.5% | -      | -
    """,
    "人工解除：之后仍滞后的，重新预警 铜川": """
        2024-01 | 45% | 50.0% | 观察   | -
        2024-02 | 46% | 52.9% | 预警   | 提醒 | 备注
        2024-03 | 47% | 55.9% | 预警   | 督办
        2024-04 | 48% | 58.8% | 已解除 | -    | 解除
        2024-05 | 49% | 61.8% | 观察   | -
        2024-06 | 50% | 64.7% | 预警   | 提醒
        2024-07 | 51% | 67.7% | 预警   | 督办
        2024-08 | 52% | 70.7% | 预警   | 通报
        2024-09 | 53% | 73.6% | 预警   | 通报
        2024-10 | 54% | 76.6% | 预警   | 约谈
        2024-11 | 55% | 79.5% | 预警   | 约谈
        2024-12 | 56% | 82.5% | 预警   | 约谈
    """,
    "只滞后一期：观察后恢复，不留预警 杨凌": """
        2024-01 | 52% | 50.0% | -    | -
        2024-02 | 52% | 52.9% | 观察 | -
        2024-03 | 56% | 55.9% | -    | -
        2024-04 | 58% | 58.8% | 观察 | -
        2024-05 | 62% | 61.8% | -    | -
    """,
    "全面完成：立即解除 韩城": """
        2024-01 | 40%  | 50.0% | 观察   | -
        2024-02 | 41%  | 52.9% | 预警   | 提醒
        2024-03 | 42%  | 55.9% | 预警   | 督办
        2024-04 | 100% | 58.8% | 已解除 | -
        2024-05 | 100% | 61.8% | 已解除 | -
        2024-06 | 未报 | 64.7% | 未报送 | 提醒
        2024-07 | 100% | 67.7% | 已解除 | -
    """,
}

# The deadline is 2025-06-30.
THE_DEADLINE = {
    "按期完成：时限后不再要求报送 宝鸡": """
        2025-04 | 93%  | 94.1%  | 观察 | -
        2025-05 | 98%  | 97.1%  | -    | -
        2025-06 | 100% | 100.0% | -    | -
        2025-07 | 未报 | 100.0% | -    | -
        2025-08 | 未报 | 100.0% | -    | -
    """,
    "时限当天未完成不算逾期，次日起逾期，完成后解除 西安": """
        2025-04 | 92%  | 94.1%  | 观察   | -
        2025-05 | 93%  | 97.1%  | 预警   | 提醒
        2025-06 | 94%  | 100.0% | 预警   | 督办
        2025-07 | 96%  | 100.0% | 逾期   | 通报
        2025-08 | 100% | 100.0% | 已解除 | -
    """,
    "时限前一直达到序时的，到期未完成同样逾期 延安": """
        2025-04 | 95%   | 94.1%  | -    | -
        2025-05 | 98%   | 97.1%  | -    | -
        2025-06 | 99.9% | 100.0% | 观察 | -
        2025-07 | 99.9% | 100.0% | 逾期 | 督办
        2025-08 | 99.9% | 100.0% | 逾期 | 督办
    """,
    "逾期后不报送，仍是逾期；认领不能延长任务时限 榆林": """
        2025-04 | 60%  | 94.1%  | 预警   | 提醒
        2025-05 | 62%  | 97.1%  | 已认领 | 提醒 | 认领至2025-08-15
        2025-06 | 64%  | 100.0% | 已认领 | 督办
        2025-07 | 未报 | 100.0% | 逾期   | 督办
        2025-08 | 未报 | 100.0% | 逾期   | 督办
    """,
}

# 提醒 → 督办 → 通报 → 约谈: after 2, 3, 4 and 6 periods behind, or 1, 2, 3 and 6 in silence.
THE_LEVELS = {
    "滞后与未报送交替：各算各的期数，级别取高者，只升不降 西安": """
        2024-01 | 40%  | 50.0% | 观察   | -
        2024-02 | 未报 | 52.9% | 未报送 | 提醒
        2024-03 | 44%  | 55.9% | 预警   | 提醒
        2024-04 | 未报 | 58.8% | 未报送 | 提醒
        2024-05 | 未报 | 61.8% | 未报送 | 督办
        2024-06 | 未报 | 64.7% | 未报送 | 通报
        2024-07 | 50%  | 67.7% | 预警   | 通报
        2024-08 | 51%  | 70.7% | 预警   | 通报
        2024-09 | 52%  | 73.6% | 预警   | 通报
        2024-10 | 未报 | 76.6% | 未报送 | 通报
        2024-11 | 53%  | 79.5% | 预警   | 约谈
        2024-12 | 54%  | 82.5% | 预警   | 约谈
    """,
    "滞后后久不报送：升到约谈，恢复报送仍滞后的不降级，达到序时两期解除 榆林": """
        2024-01 | 18%  | 50.0% | 预警   | 提醒
        2024-02 | 未报 | 52.9% | 未报送 | 提醒
        2024-03 | 未报 | 55.9% | 未报送 | 督办
        2024-04 | 未报 | 58.8% | 未报送 | 通报
        2024-05 | 未报 | 61.8% | 未报送 | 通报
        2024-06 | 未报 | 64.7% | 未报送 | 通报
        2024-07 | 未报 | 67.7% | 未报送 | 约谈
        2024-08 | 20%  | 70.7% | 预警   | 约谈
        2024-09 | 22%  | 73.6% | 预警   | 约谈
        2024-10 | 78%  | 76.6% | 回升   | 约谈
        2024-11 | 80%  | 79.5% | 已解除 | -
        2024-12 | 81%  | 82.5% | 观察   | -
    """,
    "达到序时而不报送：按未报送升级，报送后即恢复正常 宝鸡": """
        2024-01 | 52%  | 50.0% | -      | -
        2024-02 | 未报 | 52.9% | 未报送 | 提醒
        2024-03 | 未报 | 55.9% | 未报送 | 督办
        2024-04 | 未报 | 58.8% | 未报送 | 通报
        2024-05 | 未报 | 61.8% | 未报送 | 通报
        2024-06 | 未报 | 64.7% | 未报送 | 通报
        2024-07 | 未报 | 67.7% | 未报送 | 约谈
        2024-08 | 未报 | 70.7% | 未报送 | 约谈
        2024-09 | 75%  | 73.6% | -      | -
        2024-10 | 75%  | 76.6% | 观察   | -
        2024-11 | 76%  | 79.5% | 预警   | 提醒
        2024-12 | 未报 | 82.5% | 未报送 | 提醒
    """,
    "认领不减级：认领期间仍滞后的继续升级 延安": """
        2024-01 | 45% | 50.0% | 观察   | -
        2024-02 | 46% | 52.9% | 已认领 | 提醒 | 认领至2024-12-31
        2024-03 | 47% | 55.9% | 已认领 | 督办
        2024-04 | 48% | 58.8% | 已认领 | 通报
        2024-05 | 49% | 61.8% | 已认领 | 通报
        2024-06 | 50% | 64.7% | 已认领 | 约谈
        2024-07 | 未报 | 67.7% | 未报送 | 约谈
        2024-08 | 52% | 70.7% | 已认领 | 约谈
        2024-09 | 53% | 73.6% | 已认领 | 约谈
        2024-10 | 54% | 76.6% | 已认领 | 约谈
        2024-11 | 81% | 79.5% | 回升   | 约谈
        2024-12 | 84% | 82.5% | 已解除 | -
    """,
    "每月都报：让全省每月成为一期 汉中": """
        2024-01 | 51% | 50.0% | - | -
        2024-02 | 53% | 52.9% | - | -
        2024-03 | 57% | 55.9% | - | -
        2024-04 | 61% | 58.8% | - | -
        2024-05 | 64% | 61.8% | - | -
        2024-06 | 66% | 64.7% | - | -
        2024-07 | 69% | 67.7% | - | -
        2024-08 | 73% | 70.7% | - | -
        2024-09 | 76% | 73.6% | - | -
        2024-10 | 78% | 76.6% | - | -
        2024-11 | 81% | 79.5% | - | -
        2024-12 | 83% | 82.5% | - | -
    """,
}

# Nobody reports in April, May and September: seen on the day after each month's end.
THE_SILENCE = {
    "一直滞后：全省未报送的月份也是一期，恢复后滞后期数接着算 西安": """
        2024-01 | 40%  | 50.0% | 观察   | -
        2024-02 | 42%  | 52.9% | 预警   | 提醒
        2024-03 | 44%  | 55.9% | 预警   | 督办
        2024-04 | 未报 | 55.9% | 未报送 | 督办
        2024-05 | 未报 | 61.8% | 未报送 | 督办
        2024-06 | 46%  | 64.7% | 预警   | 通报
        2024-07 | 48%  | 67.7% | 预警   | 通报
        2024-08 | 50%  | 70.7% | 预警   | 约谈
        2024-09 | 未报 | 70.7% | 未报送 | 约谈
        2024-10 | 52%  | 76.6% | 预警   | 约谈
        2024-11 | 54%  | 79.5% | 预警   | 约谈
        2024-12 | 56%  | 82.5% | 预警   | 约谈
    """,
    "达到序时的，全省都不报送也不当作正常 宝鸡": """
        2024-01 | 51%  | 50.0% | -      | -
        2024-02 | 53%  | 52.9% | -      | -
        2024-03 | 57%  | 55.9% | -      | -
        2024-04 | 未报 | 55.9% | 未报送 | 提醒
        2024-05 | 未报 | 61.8% | 未报送 | 督办
        2024-06 | 66%  | 64.7% | -      | -
        2024-07 | 69%  | 67.7% | -      | -
        2024-08 | 73%  | 70.7% | -      | -
        2024-09 | 未报 | 70.7% | 未报送 | 提醒
        2024-10 | 78%  | 76.6% | -      | -
        2024-11 | 81%  | 79.5% | -      | -
        2024-12 | 83%  | 82.5% | -      | -
    """,
    "已经全部完成的，全省都不报送时不再要求 韩城": """
        2024-01 | 100% | 50.0% | - | -
        2024-02 | 100% | 52.9% | - | -
        2024-03 | 100% | 55.9% | - | -
        2024-04 | 未报 | 55.9% | - | -
        2024-05 | 未报 | 61.8% | - | -
        2024-06 | 100% | 64.7% | - | -
        2024-07 | 100% | 67.7% | - | -
        2024-08 | 100% | 70.7% | - | -
        2024-09 | 未报 | 70.7% | - | -
        2024-10 | 100% | 76.6% | - | -
        2024-11 | 100% | 79.5% | - | -
        2024-12 | 100% | 82.5% | - | -
    """,
    "从未报送：全省未报送的月份一并计入 商洛": """
        2024-01 | 未报 | 50.0% | 未报送 | 提醒
        2024-02 | 未报 | 52.9% | 未报送 | 督办
        2024-03 | 未报 | 55.9% | 未报送 | 通报
        2024-04 | 未报 | 55.9% | 未报送 | 通报
        2024-05 | 未报 | 61.8% | 未报送 | 通报
        2024-06 | 未报 | 64.7% | 未报送 | 约谈
        2024-07 | 70%  | 67.7% | -      | -
        2024-08 | 72%  | 70.7% | -      | -
        2024-09 | 未报 | 70.7% | 未报送 | 提醒
        2024-10 | 78%  | 76.6% | -      | -
        2024-11 | 80%  | 79.5% | -      | -
        2024-12 | 83%  | 82.5% | -      | -
    """,
    "认领期限在全省未报送期间到期：逾期 延安": """
        2024-01 | 45%  | 50.0% | 观察   | -
        2024-02 | 46%  | 52.9% | 预警   | 提醒
        2024-03 | 47%  | 55.9% | 已认领 | 督办 | 认领至2024-05-15
        2024-04 | 未报 | 55.9% | 未报送 | 督办
        2024-05 | 未报 | 61.8% | 逾期   | 督办
        2024-06 | 48%  | 64.7% | 逾期   | 通报
        2024-07 | 85%  | 67.7% | 回升   | 通报
        2024-08 | 86%  | 70.7% | 已解除 | -
        2024-09 | 未报 | 70.7% | 未报送 | 提醒
        2024-10 | 87%  | 76.6% | 已解除 | -
        2024-11 | 88%  | 79.5% | 已解除 | -
        2024-12 | 89%  | 82.5% | 已解除 | -
    """,
}


def month_end(month: str) -> date:
    year, number = (int(part) for part in month.split("-"))
    return date(year, number, calendar.monthrange(year, number)[1])


def short(story: str) -> str:
    return story.split()[-1]


def write_down(province: Province, region: str, day: date, words: str) -> None:
    said = (province.store, province.name, region, MEASURE, day)
    if words.startswith("认领至"):
        due = date.fromisoformat(words.removeprefix("认领至"))
        claim(*said, by=on_this_machine("张三"), cause="企业停产", action="逐家督导", due=due)
    elif words == "解除":
        release(*said, by=on_this_machine("李四"), reason="数据核实中")
    else:
        note(*said, by=on_this_machine("李四"), reason=words)


def live_through(province: Province, stories: dict[str, str], days_later: int) -> dict[str, list[list[str]]]:
    """Every region's year as it was seen so long after the end of each month, drawn as in the stories."""
    lines = {short(story): {line[0]: line for line in table(text)} for story, text in stories.items()}
    drawn: dict[str, list[list[str]]] = {region: [] for region in lines}
    for month in sorted({month for told in lines.values() for month in told}):
        day, told = month_end(month), {region: own[month] for region, own in lines.items() if month in own}
        said = [(region, line[1]) for region, line in told.items() if line[1] != "未报"]
        rows = [f"{region} | 1000 | {round(float(share.rstrip('%')) * 10)}" for region, share in said]
        if rows:
            province.reports("\n".join(["region | enrolled | completed", *rows]), day.isoformat())
        for region, line in told.items():
            for words in line[5:]:
                write_down(province, region, day, words)
        on = day + timedelta(days=days_later)
        every = alerts(province.store, province.name, on)
        seen = {alert.standing.short: alert for alert in every if alert.measure.id == MEASURE}
        pace = percent(province.stands(day.isoformat()).province.pace)
        for region, line in told.items():
            drawn[region].append([month, line[1], pace, *state_of(seen.get(region)), *line[5:]])
    return drawn


def state_of(alert: Alert | None) -> list[str]:
    if alert is None:
        return ["-", "-"]
    return [alert.state.title, alert.level.title if alert.level else "-"]


@pytest.fixture(scope="module")
def the_year(tmp_path_factory) -> Iterator[dict[str, list[list[str]]]]:
    yield from _lived(tmp_path_factory.mktemp("year"), THE_YEAR)


@pytest.fixture(scope="module")
def the_deadline(tmp_path_factory) -> Iterator[dict[str, list[list[str]]]]:
    yield from _lived(tmp_path_factory.mktemp("deadline"), THE_DEADLINE)


@pytest.fixture(scope="module")
def the_levels(tmp_path_factory) -> Iterator[dict[str, list[list[str]]]]:
    yield from _lived(tmp_path_factory.mktemp("levels"), THE_LEVELS)


@pytest.fixture(scope="module")
def the_silence(tmp_path_factory) -> Iterator[dict[str, list[list[str]]]]:
    yield from _lived(tmp_path_factory.mktemp("silence"), THE_SILENCE, days_later=1)


def _lived(
    folder: Path, stories: dict[str, str], days_later: int = 0
) -> Iterator[dict[str, list[list[str]]]]:
    store = Store(folder)
    yield live_through(Province(store, "陕西省"), stories, days_later)
    store.close()


@pytest.mark.parametrize("story", THE_YEAR)
def test_the_year(the_year, story):
    assert the_year[short(story)] == table(THE_YEAR[story])


@pytest.mark.parametrize("story", THE_DEADLINE)
def test_the_deadline(the_deadline, story):
    assert the_deadline[short(story)] == table(THE_DEADLINE[story])


@pytest.mark.parametrize("story", THE_LEVELS)
def test_the_levels(the_levels, story):
    assert the_levels[short(story)] == table(THE_LEVELS[story])


@pytest.mark.parametrize("story", THE_SILENCE)
def test_the_silence(the_silence, story):
    assert the_silence[short(story)] == table(THE_SILENCE[story])


# -- measures without pace ----------------------------------------------------------------

# A growth that has to reach 10 % by 2024-12-31 and is judged on that day; until then a value below is watched.
WITHOUT_PACE = {
    "到期前低于目标只列观察，期数再多也不升级": """
        2024-01 | -5%  | 观察   | -
        2024-02 | -4%  | 观察   | -
        2024-03 | -3%  | 观察   | -
        2024-04 | -2%  | 观察   | -
        2024-05 | -40% | 观察   | -
        2024-06 | 0%   | 观察   | -
        2024-07 | 12%  | -      | -
    """,
    "未报送期间按未报送升级；恢复报送后只列观察的，不保留未报送的级别": """
        2024-01 | -5%  | 观察   | -
        2024-02 | 未报 | 未报送 | 提醒
        2024-03 | 未报 | 未报送 | 督办
        2024-04 | 未报 | 未报送 | 通报
        2024-05 | 3%   | 观察   | -
        2024-06 | 4%   | 观察   | -
    """,
    "认领的也不升级": """
        2024-01 | -5%  | 观察   | -
        2024-02 | -4%  | 已认领 | -    | 认领
        2024-03 | -3%  | 已认领 | -
        2024-04 | 未报 | 未报送 | 提醒
        2024-05 | 未报 | 未报送 | 督办
        2024-06 | -2%  | 已认领 | -
        2024-07 | 12%  | 已解除 | -
    """,
    "到期仍低于目标的逾期；此后未报送期间达到的级别予以保留": """
        2024-11 | 5%   | 观察 | -
        2024-12 | 6%   | 观察 | -
        2025-01 | 7%   | 逾期 | 督办
        2025-02 | 未报 | 逾期 | 督办
        2025-03 | 未报 | 逾期 | 督办
        2025-04 | 未报 | 逾期 | 通报
        2025-05 | 8%   | 逾期 | 通报
    """,
}


def without_pace(line: list[str]) -> Signal:
    reported = line[1] != "未报"
    gap = Fraction(line[1].rstrip("%")) / 100 - Fraction(1, 10) if reported else None
    left = None if gap is None else max(round(-gap * 1000), 0)
    return Signal(
        day=month_end(line[0]),
        reported=reported,
        gap=gap,
        remaining=left,
        due=date(2024, 12, 31),
        paced=False,
        waits=True,
    )


@pytest.mark.parametrize("story", WITHOUT_PACE)
def test_what_has_no_pace_is_only_watched_until_its_deadline(story: str) -> None:
    lines = table(WITHOUT_PACE[story])
    claims = [
        AlertRecord(
            province_code="610000",
            region_code="610100",
            measure=MEASURE,
            kind="claim",
            as_of=month_end(line[0]),
            recorded_by="张三",
            due=date(2025, 6, 30),
            id=n,
        )
        for n, line in enumerate(lines, 1)
        if line[4:] == ["认领"]
    ]
    settings = alert_rules("")
    steps = follow([without_pace(line) for line in lines], claims, month_end(lines[-1][0]), settings)
    drawn = [
        [settings.states[step.state].title if step.state in settings.states else "-",
         level.title if (level := settings.level(step.rank)) else "-"]
        for step in steps
    ]  # fmt: skip
    assert drawn == [line[2:4] for line in lines]
