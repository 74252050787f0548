"""申报扩面: growth on 2023 and coverage, by region and by industry."""

from __future__ import annotations

from zyb.access import Permission
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.progress.breakdowns import breakdown_cards
from zyb.ui.progress.campaign_page import campaign_page

viewer = require(Permission.VIEW_PROGRESS)

campaign_page(the_store(), "职业病危害项目申报扩面行动", "declaration", breakdown_cards)
