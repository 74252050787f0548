"""通报与文件: the report as Word, slides, workbook and text; checked, issued, and produced again."""

from __future__ import annotations

from zyb.access import Permission
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.reports import drafting, issued

viewer = require(Permission.EXPORT)

store = the_store()
roster, choice = drafting.pick(store)
if choice:
    drafting.page(store, viewer, choice)
issued.card(store, viewer, roster)
