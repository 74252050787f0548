"""领导汇报: the slides of a report on a projector, turned by keys; before that, what there is to show."""

from __future__ import annotations

from zyb.access import Permission
from zyb.ui import slideshow
from zyb.ui.identity import require
from zyb.ui.loading import the_store

viewer = require(Permission.VIEW_PROGRESS)

slideshow.present(slideshow.pick(the_store()))
