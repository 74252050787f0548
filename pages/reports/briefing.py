"""领导汇报: the slides of a report on a projector, turned by keys; before that, what there is to show."""

from __future__ import annotations

from zyb.access import Permission
from zyb.ui.frame.identity import require
from zyb.ui.frame.loading import the_store
from zyb.ui.wall import show

viewer = require(Permission.VIEW_PROGRESS)

show.present(show.pick(the_store()))
