"""监督执法: cases resolved and rectified, by region; cases by violation and by disposal."""

from __future__ import annotations

from zyb.access import Permission
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.progress.breakdowns import breakdown_cards
from zyb.ui.progress.campaign_page import campaign_page

viewer = require(Permission.VIEW_PROGRESS)

campaign_page(the_store(), "职业健康专项监督执法", "enforcement", breakdown_cards)
