"""What a file would change: rows new, changed and the same; every measure that it feeds, before and after."""

from __future__ import annotations

from datetime import date

from zyb.answers import linkage
from zyb.answers.overrides import applied
from zyb.answers.repeating import ReportContents
from zyb.intake import Submission
from zyb.rulebook.measures import Measure, measures
from zyb.rulebook.regions import Roster
from zyb.standing.caveats import repeated
from zyb.standing.counting import KnownTotals
from zyb.standing.evaluating import evaluate
from zyb.standing.tallies import Totals
from zyb.store import Edition, Store
from zyb.uploads.prepared import Effect, RowCounts, figures_of


def rows_against(store: Store, submission: Submission, before: Totals) -> RowCounts:
    """A list is compared enterprise by enterprise, a summary region by region."""
    assert submission.ledger
    if submission.ledger.is_list:
        return RowCounts(*store.compare_rows(submission))
    after = {(tally.part, tally.name, tally.item): tally.amount for tally in submission.tallies()}
    items = {item for _, _, item in after} or {""}
    keys = [(name, item) for name in submission.ledger.tally_names for item in items]
    new = [part for part in submission.parts() if part not in before.sources]
    changed = [
        part
        for part in submission.parts()
        if part not in new and any(after.get((part, n, i)) != before.amount(part, n, i) for n, i in keys)
    ]
    return RowCounts(len(new), len(changed), len(submission.parts()) - len(new) - len(changed))


def foreseen_effects(
    store: Store,
    submission: Submission,
    edition: Edition,
    before: Totals,
    after: Totals,
    content: ReportContents,
) -> tuple[Effect, ...]:
    """Every measure that the ledger feeds, as it stands and as it would stand, on the day of the upload."""
    ledger, roster, on = submission.ledger, submission.roster, edition.on
    assert ledger and roster
    new_year = store.edition(roster.province_code, date(on.year - 1, 12, 31))
    last_year = store.totals([new_year])[0] if new_year.sources else None
    fed = [m for m in measures(roster.province).values() if ledger.id in m.ledger_ids]
    before, after = linkage.foreseen(store, fed, edition, before, after, submission)
    records = store.verdict_records(roster.province_code)
    effects = []
    for measure in fed:
        old, new = (
            applied(
                evaluate(measure, roster, _known(measure, roster, known, last_year, on, content), on), records
            )
            for known in ((before,), (before, after))
        )
        pairs = zip(old.regions, new.regions, strict=True)
        changed = tuple((a, b) for a, b in pairs if figures_of(a) != figures_of(b))
        effects.append(Effect(measure, old.province, new.province, changed))
    return tuple(effect for effect in effects if effect.after.value is not None)


def _known(
    measure: Measure,
    roster: Roster,
    known: tuple[Totals, ...],
    last_year: Totals | None,
    on: date,
    content: ReportContents,
) -> KnownTotals:
    """The last of them are in force; those before tell whether a count has begun anew this year."""
    codes = [region.code for region in roster.regions]
    again = repeated(measure, codes, last_year, known, on, content) if last_year else {}
    return KnownTotals(known[-1], last_year=last_year, repeated=again)
