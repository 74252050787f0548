"""数据质量: how the files of each unit were checked, mended and accepted, and how completely they were filled in."""

from zyb.quality.model import (
    SEVERAL,
    ColumnFilling,
    MonthQuality,
    ProblemKind,
    QualityCounts,
    QualitySurvey,
    UnitQuality,
)
from zyb.quality.note import unit_note
from zyb.quality.surveying import quality_survey

__all__ = [
    "SEVERAL",
    "ColumnFilling",
    "MonthQuality",
    "ProblemKind",
    "QualityCounts",
    "QualitySurvey",
    "UnitQuality",
    "quality_survey",
    "unit_note",
]
