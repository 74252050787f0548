"""查询语句: one SELECT of a person's own over documented views, in three walls (checking, running, copying).

The first wall stands here (`checking`), the other two in zyb/store/desk. What may be read is in `views`.
"""

from zyb.sqldesk.asking import DeskAnswer, ask, forget_copy, not_offered
from zyb.sqldesk.cells import AnswerColumn, answer_columns, answer_rows
from zyb.sqldesk.checking import LONGEST, StatementRefused, checked
from zyb.sqldesk.grammar import FUNCTION_NAMES
from zyb.sqldesk.views import DeskView, desk_schema, desk_views

__all__ = [
    "FUNCTION_NAMES",
    "LONGEST",
    "AnswerColumn",
    "DeskAnswer",
    "DeskView",
    "StatementRefused",
    "answer_columns",
    "answer_rows",
    "ask",
    "checked",
    "desk_schema",
    "desk_views",
    "forget_copy",
    "not_offered",
]
