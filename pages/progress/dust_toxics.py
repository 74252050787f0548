"""尘毒专项: check items by region, contract and insurance rates."""

from __future__ import annotations

from zyb.access import Permission
from zyb.ui import sections
from zyb.ui.identity import require
from zyb.ui.loading import the_store

viewer = require(Permission.VIEW_PROGRESS)

sections.campaign_page(the_store(), "粉尘与高毒物品危害治理专项行动", "dust_toxics")
