"""What a file would change: rows new, changed and the same; every measure that it feeds, before and after."""

from __future__ import annotations

from datetime import date

from zyb.answers import linkage
from zyb.answers.overrides import applied
from zyb.intake import Submission
from zyb.rulebook.measures import measures
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
    store: Store, submission: Submission, edition: Edition, before: Totals, after: Totals
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
            applied(evaluate(measure, roster, KnownTotals(now, last_year=last_year), on), records)
            for now in (before, after)
        )
        pairs = zip(old.regions, new.regions, strict=True)
        changed = tuple((a, b) for a, b in pairs if figures_of(a) != figures_of(b))
        effects.append(Effect(measure, old.province, new.province, changed))
    return tuple(effect for effect in effects if effect.after.value is not None)
