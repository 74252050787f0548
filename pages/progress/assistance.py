"""帮扶行动: tasks, "五个一", four rates, county floor and quotas."""

from __future__ import annotations

from zyb.access import Permission
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.progress.campaign_page import campaign_page, elsewhere_card

viewer = require(Permission.VIEW_PROGRESS)

# Each 疾控 institution helps 50 enterprises: a measure of 提质合规, but work of this campaign.
CDC_FLOOR = "cdc_floor"

campaign_page(
    the_store(),
    "中小微企业职业健康帮扶行动",
    "assistance",
    lambda _, scene: elsewhere_card(scene, CDC_FLOOR),
)
