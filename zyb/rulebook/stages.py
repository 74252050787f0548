"""工作阶段: the stages of a campaign as local plans date them, and where a day stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zyb.periods import Window
from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.measures import campaigns
from zyb.rulebook.places.divisions import provinces


@dataclass(frozen=True)
class CampaignStage:
    """`note` says where the program reads the document otherwise than it is written."""

    name: str
    start: date
    end: date
    basis: str
    note: str = ""

    def state_on(self, day: date) -> str:
        """未开始, 进行中 (the first and the last day included) or 已结束."""
        if day < self.start:
            return "未开始"
        return "进行中" if day <= self.end else "已结束"

    def elapsed(self, day: date) -> Fraction:
        """The share of the stage that has passed, 0–1."""
        return Window(self.start, self.end).pace(day) or Fraction(0)

    def days_left(self, day: date) -> int:
        return max((self.end - day).days, 0)


@dataclass(frozen=True)
class Timeline:
    """One document's stages in its own order; they may overlap."""

    id: str
    campaign: str
    province: str
    place: str
    basis: str
    stages: tuple[CampaignStage, ...]

    @property
    def start(self) -> date:
        return min(stage.start for stage in self.stages)

    @property
    def end(self) -> date:
        return max(stage.end for stage in self.stages)

    def running(self, day: date) -> tuple[CampaignStage, ...]:
        return tuple(stage for stage in self.stages if stage.state_on(day) == "进行中")

    def following(self, day: date) -> CampaignStage | None:
        """The next stage to begin."""
        coming = [stage for stage in self.stages if stage.start > day]
        return min(coming, key=lambda stage: stage.start, default=None)


def _stage(table: toml.RulesTable) -> CampaignStage:
    stage = CampaignStage(
        table.text("name"), table.day("start"), table.day("end"), table.text("basis"), table.text("note", "")
    )
    if stage.end <= stage.start:
        raise table.fault("“end”应晚于“start”。")
    table.finish()
    return stage


def _timeline(timeline_id: str, table: toml.RulesTable) -> Timeline:
    found = Timeline(
        timeline_id,
        table.choice("campaign", tuple(campaigns())),
        table.choice("province", [name for _, name in provinces()]),
        table.text("place"),
        table.text("basis"),
        tuple(_stage(stage) for stage in table.tables("stages")),
    )
    if not found.stages:
        raise table.fault("没有写明阶段。")
    table.finish()
    return found


def parse_timelines(table: toml.RulesTable) -> tuple[Timeline, ...]:
    return tuple(_timeline(timeline_id, below) for timeline_id, below in table.items())


@rule
def timelines() -> tuple[Timeline, ...]:
    return parse_timelines(toml.load(rules_file("stages.toml")))


def timelines_for(campaign: str, province: str) -> tuple[Timeline, ...]:
    """The province's own time-tables; where it has none, those of others, as an example to follow."""
    known = tuple(found for found in timelines() if found.campaign == campaign)
    return tuple(found for found in known if found.province == province) or known
