"""A Briefing as text and back, equal in every part: what an issued bulletin keeps.

Shares are written as "2575/4699", days as ISO dates. The format has a number: a later program that changes
the model reads older ones by it.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from cattrs import Converter

from zyb.briefing.issued.older import FORMAT, KNOWN, in_todays_form
from zyb.briefing.model import Briefing
from zyb.briefing.report_table import Cell
from zyb.errors import NotPossible


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    converter.register_unstructure_hook(Fraction, str)
    converter.register_structure_hook(Fraction, lambda text, _: Fraction(text))
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    # A cell may be any of several kinds, so it says which it is.
    converter.register_unstructure_hook(Cell, _cell_out)
    converter.register_structure_hook(Cell, lambda kept, _: _cell_in(kept))
    return converter


def _cell_out(cell: Cell) -> Any:
    return {"share": str(cell)} if isinstance(cell, Fraction) else cell


def _cell_in(kept: Any) -> Cell:
    return Fraction(kept["share"]) if isinstance(kept, dict) else kept


_CONVERTER = _converter()


def frozen(briefing: Briefing) -> str:
    """JSON, the same text for the same Briefing."""
    content = {"format": FORMAT, "briefing": _CONVERTER.unstructure(briefing)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def thawed(text: str) -> Briefing:
    content = json.loads(text)
    if content.get("format") not in KNOWN:
        raise NotPossible("这份简报由其他版本的程序印发，无法重新生成。", "请用印发时的版本打开。")
    return _CONVERTER.structure(in_todays_form(content["briefing"], content["format"]), Briefing)
