"""What kinds of report there are, how each is built up, and how each campaign is called in documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from zyb.errors import NotPossible
from zyb.rulebook import toml
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.measures import campaigns, measure_ids
from zyb.rulebook.places.divisions import provinces_and_nation


@dataclass(frozen=True)
class TextBlock:
    """A stretch of the text: an optional heading, an optional subheading and the sentences of a paragraph.

    `heading_alone` takes the place of the heading when only one region has figures.
    """

    heading: str
    heading_alone: str
    subheading: str
    sentences: tuple[str, ...]
    groups: bool
    requirements: bool


@dataclass(frozen=True)
class Comparison:
    """What a kind of report compares its figures with: the report before, or what stood before the period began.

    `earlier` and `now` are how the two are called: 上年, 本年.
    """

    id: str
    earlier: str
    now: str


@dataclass(frozen=True, kw_only=True)
class KindOfReport:
    """周小结 and its like. `regional` reports are on one region; a `red_head` one is an official letter.

    `by_year` ones judge the regions by the yearly task at the year's end, all others by the pace: one
    basis in a document.
    """

    id: str
    title: str
    document: str
    document_after_work: str
    """Behind a subject that ends in 工作: 年度总结, not 年度工作总结."""
    red_head: bool
    regional: bool
    by_year: bool
    compared: Comparison
    outline: tuple[TextBlock, ...]

    def outline_for(self, *, alone: bool) -> tuple[TextBlock, ...]:
        """As it is written, or for the figures of one region alone."""
        if not alone:
            return self.outline
        return tuple(replace(block, heading=block.heading_alone or block.heading) for block in self.outline)


@dataclass(frozen=True)
class MeasureGroup:
    """Measures that are told together in one sentence, such as the four rates."""

    title: str
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Demand:
    """A paragraph of 工作要求 and the document that says so; blank `province` for what binds the whole country."""

    title: str
    text: str
    province: str = ""


@dataclass(frozen=True, kw_only=True)
class CampaignText:
    """`measures` are told in full, the first is the lead; `annual` is the yearly track beside it."""

    id: str
    subject: str
    source: str
    measures: tuple[str, ...]
    annual: str
    groups: tuple[MeasureGroup, ...]
    requirements: tuple[Demand, ...]

    def demands_on(self, province: str) -> tuple[Demand, ...]:
        """What the province's own documents demand; where it has none, what national ones do. Never another's."""
        own = tuple(demand for demand in self.requirements if demand.province == province)
        return own or tuple(demand for demand in self.requirements if not demand.province)


@dataclass(frozen=True)
class Rhythm:
    """How often a province wants to be told, in its document's own words, for some campaigns."""

    province: str
    campaigns: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Plans:
    kinds: Mapping[str, KindOfReport]
    rhythms: tuple[Rhythm, ...]
    campaigns: Mapping[str, CampaignText]


def _block(table: toml.RulesTable) -> TextBlock:
    block = TextBlock(
        table.text("heading", ""),
        table.text("heading_alone", ""),
        table.text("subheading", ""),
        table.texts("sentences", ()),
        table.flag("groups", False),
        table.flag("requirements", False),
    )
    table.finish()
    return block


def _comparison(comparison_id: str, table: toml.RulesTable) -> Comparison:
    found = Comparison(comparison_id, table.text("earlier"), table.text("now"))
    table.finish()
    return found


def _rhythm(table: toml.RulesTable) -> Rhythm:
    table.text("basis")
    found = Rhythm(table.text("province"), table.texts("campaigns"), table.text("text"))
    table.finish()
    return found


def _kind(kind_id: str, table: toml.RulesTable, known: Mapping[str, Comparison]) -> KindOfReport:
    kind = KindOfReport(
        id=kind_id,
        title=table.text("title"),
        document=table.text("document"),
        document_after_work=table.text("document_after_work", table.text("document")),
        red_head=table.flag("red_head"),
        regional=table.flag("regional", False),
        by_year=table.flag("by_year", False),
        compared=known[table.choice("compare", tuple(known))],
        outline=tuple(_block(block) for block in table.tables("outline")),
    )
    table.finish()
    return kind


def _group(table: toml.RulesTable) -> MeasureGroup:
    group = MeasureGroup(table.text("title"), table.texts("measures"))
    table.finish()
    return group


def _demand(table: toml.RulesTable) -> Demand:
    table.text("basis")
    demand = Demand(table.text("title"), table.text("text"), table.text("province", ""))
    if demand.province and demand.province not in {name for _, name in provinces_and_nation()}:
        raise table.fault(f"没有名为“{demand.province}”的省级行政区。")
    table.finish()
    return demand


def _campaign(campaign_id: str, table: toml.RulesTable) -> CampaignText:
    named = [
        *table.texts("measures"),
        *(name for group in table.tables("groups") for name in group.texts("measures")),
    ]
    if odd := [name for name in (*named, table.text("annual", "")) if name and name not in measure_ids()]:
        raise table.fault(f"measures.toml 中没有指标：{'、'.join(odd)}。")
    campaign = CampaignText(
        id=campaign_id, subject=table.text("subject"), source=table.text("source"),
        measures=table.texts("measures"), annual=table.text("annual", ""),
        groups=tuple(_group(group) for group in table.tables("groups")),
        requirements=tuple(_demand(demand) for demand in table.tables("requirements")),
    )  # fmt: skip
    table.finish()
    return campaign


def parse_plans(table: toml.RulesTable) -> Plans:
    """Every campaign must say how it is told; a sentence that has no wording is found by zyb.wording.templates."""
    known = {name: _comparison(name, below) for name, below in table.table("comparisons").items()}
    kinds = {kind_id: _kind(kind_id, below, known) for kind_id, below in table.table("kinds").items()}
    rhythms = tuple(_rhythm(below) for below in table.tables("rhythms"))
    told = {name: _campaign(name, below) for name, below in table.table("campaigns").items()}
    table.finish()
    if set(told) != set(campaigns()):
        odd = sorted(set(told) ^ set(campaigns()))
        raise table.fault(f"[campaigns] 应与 campaigns.toml 一致，不一致的有：{'、'.join(odd)}。")
    return Plans(kinds, rhythms, {name: told[name] for name in campaigns()})


@rule
def plans() -> Plans:
    return parse_plans(toml.load(rules_file("briefing.toml")))


def rhythm(province: str, campaign: str) -> str:
    """“周小结、月分析、季通报”: what the province's own documents ask for; "" where they say nothing."""
    said = (r.text for r in plans().rhythms if r.province == province and campaign in r.campaigns)
    return next(said, "")


def kind_of(kind_id: str) -> KindOfReport:
    if kind_id not in plans().kinds:
        raise NotPossible(f"没有“{kind_id}”这种简报。", f"可用的种类：{'、'.join(plans().kinds)}。")
    return plans().kinds[kind_id]


def campaign_texts(campaign: str) -> list[CampaignText]:
    """One campaign, or with "" all of them in their order."""
    known = plans().campaigns
    if not campaign:
        return list(known.values())
    if campaign not in known:
        raise NotPossible(f"没有专项行动“{campaign}”。", f"可用的专项行动：{'、'.join(known)}。")
    return [known[campaign]]
