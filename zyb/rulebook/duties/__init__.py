"""报送与节点: what is due from whom by when, as the notices say it, clause by clause."""

from zyb.rulebook.duties.loading import (
    duties,
    duty_rules,
    every_duty,
    lock_days,
    parse_duties,
    parse_duty_rules,
)
from zyb.rulebook.duties.model import STATES, Duty, DutyRules, DutyState, DutySubject, DutyWords
from zyb.rulebook.duties.rhythm import EVERY, DutyTerm, rhythm

__all__ = [
    "EVERY",
    "STATES",
    "Duty",
    "DutyRules",
    "DutyState",
    "DutySubject",
    "DutyTerm",
    "DutyWords",
    "duties",
    "duty_rules",
    "every_duty",
    "lock_days",
    "parse_duties",
    "parse_duty_rules",
    "rhythm",
]
