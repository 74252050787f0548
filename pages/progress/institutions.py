"""提质合规: every indicator by region against its threshold."""

from __future__ import annotations

from zyb.access import Permission
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.progress.campaign_page import campaign_page
from zyb.ui.progress.items import items_card

viewer = require(Permission.VIEW_PROGRESS)

campaign_page(the_store(), "职业病防治机构提质合规行动", "institutions", items_card)
