"""提质合规: every indicator by region against its threshold."""

from __future__ import annotations

from zyb.access import Permission
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.progress import items, sections

viewer = require(Permission.VIEW_PROGRESS)

sections.campaign_page(the_store(), "职业病防治机构提质合规行动", "institutions", items.items_card)
