"""What a person sees when a page fails: a sentence and a number, never a traceback."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from zyb.errors import ZybError
from zyb.ui.frame.labels import literal

log = logging.getLogger("zyb")

UNEXPECTED = (
    "页面出现意外错误，已记录（编号 {number}）。请刷新页面重试；如仍出现，请把编号告诉管理员。"
    "已确认入库的数据不受影响。"
)


def write_sentences_to_the_log() -> None:
    """Streamlit logs whatever ends a script with its traceback; of what a person can act on the sentence is enough."""
    logging.getLogger("streamlit.error_util").addFilter(_in_words)


def _in_words(record: logging.LogRecord) -> bool:
    fault = record.exc_info[1] if record.exc_info else None
    if isinstance(fault, ZybError):
        record.msg, record.args, record.exc_info = str(fault), (), None
    return True


def tell_of_fault(fault: Exception) -> bool:
    """Streamlit's hook for uncaught errors of a script; True means nothing more is shown."""
    if isinstance(fault, ZybError):
        st.error(literal(fault))
        return True
    st.error(literal(UNEXPECTED.format(number=recorded(fault))))
    return True


def as_told(fault: Exception, doing: str) -> ZybError:
    """What a person is told where only a part of the page failed: the fault's own sentence, else its number."""
    if isinstance(fault, ZybError):
        return fault
    told = f"{doing}时出现意外错误，已记录（编号 {recorded(fault)}）。"
    return ZybError(told, "请再试一次；如仍出现，请把编号告诉管理员。")


def recorded(fault: Exception) -> str:
    """The number under which the log tells of it."""
    number = secrets.token_hex(3).upper()
    log.error("page failed, number %s", number, exc_info=fault)
    return number
