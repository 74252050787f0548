"""专项治理: completion by region against pace, the schedule backwards, definitions and sources."""

from __future__ import annotations

from zyb.access import Permission
from zyb.ui import sections
from zyb.ui.identity import require
from zyb.ui.loading import the_store

viewer = require(Permission.VIEW_PROGRESS)

sections.campaign_page(the_store(), "职业病危害专项治理", "governance")
