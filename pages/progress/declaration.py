"""申报扩面: growth on 2023 and coverage, by region and by industry."""

from __future__ import annotations

from zyb.access import Permission
from zyb.ui import sections
from zyb.ui.breakdowns import breakdown_cards
from zyb.ui.identity import require
from zyb.ui.loading import the_store

viewer = require(Permission.VIEW_PROGRESS)

sections.campaign_page(the_store(), "职业病危害项目申报扩面行动", "declaration", breakdown_cards)
