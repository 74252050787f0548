"""演示数据: an invented year of both provinces, clearly marked, in a database of its own."""

from zyb.demo.building import Built, build
from zyb.demo.reports import InventedFile, reports

__all__ = ["Built", "InventedFile", "build", "reports"]
