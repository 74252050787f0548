"""报送与节点, 报送情况: how what is due stands, and who has handed it in. Pure."""

from zyb.standing.duties.states import (
    DutyCell,
    DutyStanding,
    DutySurvey,
    Fulfilment,
    MissedDuty,
    answer,
    answers_in,
    begins_before,
    is_answered,
    missed_words,
    stand,
    state_of,
    together,
)

__all__ = [
    "DutyCell",
    "DutyStanding",
    "DutySurvey",
    "Fulfilment",
    "MissedDuty",
    "answer",
    "answers_in",
    "begins_before",
    "is_answered",
    "missed_words",
    "stand",
    "state_of",
    "together",
]
