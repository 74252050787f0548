"""通报与文件: the report as Word, slides, workbook and text; checked, issued, and produced again."""

from __future__ import annotations

from zyb.access import Permission
from zyb.ui import drafting, issued
from zyb.ui.identity import require
from zyb.ui.loading import the_store

viewer = require(Permission.EXPORT)

store = the_store()
roster, choice = drafting.pick(store)
if choice:
    drafting.page(store, viewer, choice)
issued.card(store, roster)
