"""专项治理: completion by region against pace, the schedule backwards, definitions and sources."""

from __future__ import annotations

from zyb.access import Permission
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.progress.campaign_page import campaign_page

viewer = require(Permission.VIEW_PROGRESS)

campaign_page(the_store(), "职业病危害专项治理", "governance")
