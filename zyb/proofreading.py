"""Every rule file read once, before anything is made of any: a slip is told at the start and not on the page that meets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from zyb.briefing.outlines import plans
from zyb.demo.further import further
from zyb.demo.story import claims, corrections, judgements, stories
from zyb.errors import RulesError
from zyb.exports.books.forms import layouts
from zyb.rulebook.book import rule, rules_file
from zyb.rulebook.campaigns import campaigns_of
from zyb.rulebook.checks.cross_checks import cross_checks, finding_states
from zyb.rulebook.duties import duty_rules, every_duty
from zyb.rulebook.industries import classification, risks
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.lexicon.headings import tier_words
from zyb.rulebook.measures import measures
from zyb.rulebook.places.counties import former_counties
from zyb.rulebook.places.divisions import NATION, provinces_and_nation
from zyb.rulebook.places.institutions import institutions
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.places.tiles import tiles
from zyb.rulebook.problems import catalogue
from zyb.rulebook.regions import load_roster
from zyb.rulebook.sheets import sheet_words
from zyb.rulebook.stages import timelines
from zyb.rulebook.stated import stated_figures
from zyb.rulebook.toml import label
from zyb.rulebook.verdicts import verdicts
from zyb.standing.alert_course import alert_rules
from zyb.uploads.published import published_tables
from zyb.wording.templates import shipped

NATIONAL: tuple[Callable[[], object], ...] = (
    ledgers, catalogue, sheet_words, tier_words, classification, risks, tiles, timelines, duty_rules, every_duty, finding_states,
    plans, shipped, layouts, stories, claims, judgements, corrections, further,
)  # fmt: skip
PROVINCIAL: tuple[Callable[[str], object], ...] = (
    level_words, load_roster, former_counties, institutions, measures, campaigns_of, verdicts, alert_rules,
    stated_figures, cross_checks,
)  # fmt: skip
# What a province's folder may hold; beside them whatever is no rule file.
OWN_FILES = (
    "alerts.toml", "campaigns.toml", "cross_checks.toml", "duties.toml", "institutions.csv", "plan.toml", "roster.csv", "verdicts.toml",
)  # fmt: skip
RULE_FILES = (".toml", ".csv")


@rule
def proofread() -> bool:
    """Raises `RulesError` at the first slip; what was read is remembered with the rulebook in force."""
    own = list(_folders())
    for _, name in provinces_and_nation():
        load_roster(name)
    for of_one in PROVINCIAL:
        for name in (NATION.name, *own):
            of_one(name)
    for of_all in NATIONAL:
        of_all()
    return bool(list(published_tables()))


def _folders() -> Iterator[str]:
    """The provinces that have a folder. One under another name would be read by nobody, nor would another file in it."""
    known = {name for _, name in provinces_and_nation()}
    for folder in sorted(path for path in rules_file("provinces").iterdir() if path.is_dir()):
        if folder.name not in known:
            raise RulesError(label(folder), "", "文件夹应以省份全称命名，例如“陕西省”，现在不起作用。")
        for file in folder.iterdir():
            if file.suffix.lower() in RULE_FILES and file.name not in OWN_FILES:
                raise RulesError(
                    label(file), "", f"没有这个规则文件，现在不起作用；可用的有：{'、'.join(OWN_FILES)}。"
                )
        yield folder.name
