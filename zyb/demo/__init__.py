"""演示数据: an invented year of both provinces, clearly marked, in a database of its own."""

from zyb.demo.building import Built, build
from zyb.demo.files import InventedFile
from zyb.demo.further import LAST_MONTH, month_end
from zyb.demo.reports import reports

__all__ = ["LAST_MONTH", "Built", "InventedFile", "build", "month_end", "reports"]
