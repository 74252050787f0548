"""监督执法: cases resolved and rectified, by region; cases by violation and by disposal."""

from __future__ import annotations

from zyb.access import Permission
from zyb.ui import sections
from zyb.ui.breakdowns import breakdown_cards
from zyb.ui.identity import require
from zyb.ui.loading import the_store

viewer = require(Permission.VIEW_PROGRESS)

sections.campaign_page(the_store(), "职业健康专项监督执法", "enforcement", breakdown_cards)
