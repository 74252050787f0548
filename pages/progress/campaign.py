"""A campaign's page, each at its own address; what it shows is written in data/rules/campaigns.toml."""

from __future__ import annotations

from zyb.access import Permission
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.frame.navigation import opened_campaign
from zyb.ui.progress.campaign_page import campaign_page

viewer = require(Permission.VIEW_PROGRESS)

campaign_page(the_store(), opened_campaign())
