"""帮扶行动: tasks, "五个一", four rates, county floor and quotas."""

from __future__ import annotations

from zyb.access import Permission
from zyb.ui import sections
from zyb.ui.identity import require
from zyb.ui.loading import the_store

viewer = require(Permission.VIEW_PROGRESS)

sections.campaign_page(the_store(), "中小微企业职业健康帮扶行动", "assistance")
