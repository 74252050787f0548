"""Small changes of meaning, one at a time, and whether a test hears of each: `python -m tests.mutants [PART OF A FILE]`.

Each line names a file, what stands there once, what stands there instead, and the tests that are asked (one of them,
where its file is slow). A change that nobody hears of survives: either a row for equality, for the same day, for the
second time is missing, or the two mean the same; such a change does not stand here.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
COURSES, ALERTS = "zyb/standing/alert_course.py", "tests/spec/test_alert_boundaries.py"
OVERRIDES, JUDGED = "zyb/answers/overrides.py", "tests/spec/test_overrides.py"
COMPARING, UPLOADS = "zyb/uploads/comparing.py", "tests/core/test_uploads.py"
PROBLEMS = "tests/core/test_problems.py"
LEVELS = "data/rules/alerts.toml"
BOUNDS = "data/rules/verdicts.toml"
PERIODS_HEARD = "zyb/alerting/evidence.py"
FAULTS = "zyb/alerting/faults.py"
CLAIMS = "zyb/alerting/records.py"
COUNTIES = "zyb/answers/counties.py"
PROGRESS = "zyb/answers/progress.py"
NUMERALS = "zyb/numerals.py"
PERIODS = "zyb/periods.py"
MEASURE, MEASURES = "zyb/rulebook/measures/model.py", "zyb/rulebook/measures/loading.py"
VERDICTS = "zyb/rulebook/verdicts.py"
IN_FORCE = "zyb/sql/editions.sql"
REPORT_DAYS = "zyb/sql/report_days.sql"
COUNTING = "zyb/standing/counting.py"
FORECAST = "zyb/standing/forecast.py"
STANDINGS = "zyb/standing/standings.py"
ARITHMETIC = "zyb/standing/arithmetic.py"
SILENCE = "zyb/standing/silence.py"
EVALUATING = "zyb/standing/evaluating.py"
TRENDS = "zyb/standing/trends.py"
EDITIONS = "zyb/store/editions.py"
CAVEATS, ANEW, CLOSING = (
    "zyb/standing/caveats.py",
    "tests/spec/test_begins_anew.py",
    "tests/spec/test_closing.py",
)
UNSAID = "tests/spec/test_unsaid.py"
DUTIES, RHYTHM, DUE = (
    "zyb/standing/duties/states.py",
    "zyb/rulebook/duties/rhythm.py",
    "tests/spec/test_duties.py",
)


class Mutant(NamedTuple):
    file: str
    before: str
    after: str
    tests: str


MUTANTS = (
    Mutant(DUTIES, "done.came <= term.due", "done.came < term.due", DUE),
    Mutant(DUTIES, "if on > term.due:", "if on >= term.due:", DUE),
    Mutant(DUTIES, "(term.due - on).days <= soon_days", "(term.due - on).days < soon_days", DUE),
    Mutant(DUTIES, "(since or term.first) <= day <= term.last", "first <= one.day", DUE),
    Mutant(DUTIES, "if one.day <= on)", "if one.day < on)", DUE),
    Mutant(DUTIES, "term.first <= on and owing and", "owing and", DUE),
    Mutant(DUTIES, "term.first < closing.day", "term.first <= closing.day", CLOSING),
    Mutant(DUTIES, "term.due >= closing.day", "term.due > closing.day", CLOSING),
    Mutant("zyb/alerting/evidence.py", "(standing.told and fresh) or", "fresh or", UNSAID),
    Mutant("zyb/alerting/evidence.py", "if end < first]", "if end <= first]", UNSAID),
    Mutant("zyb/alerting/model.py", "self.end >= plan.first_report", "self.day >= plan.first_report", UNSAID),
    Mutant("zyb/alerting/evidence.py", "newest < opened and first <= opened <= end", "newest < opened and False", UNSAID),
    Mutant("zyb/standing/alert_course.py", "anew = not course.missed and", "anew =", UNSAID),
    Mutant(CAVEATS, "newest >= plan.window.due", "newest > plan.window.due", ANEW),
    Mutant(CAVEATS, "return all(\n        [one.split", "return any(\n        [one.split", ANEW),
    Mutant(CAVEATS, "        and content(part, found[0].source) == content(part, last)\n", "", ANEW),
    Mutant(RHYTHM, "if start <= due <= end:", "if start <= due < end:", DUE),
    Mutant(RHYTHM, "max(begins, start)", "begins", DUE),
    Mutant("zyb/answers/duties.py", "if duty.start <= on]", "if duty.start < on]", DUE),
    Mutant("zyb/answers/duties.py", "closings.get(duty.campaign),", "None,", "tests/spec/test_closing.py"),
    Mutant("zyb/answers/duties.py", "max(report.as_of, in_beijing(report.uploaded_at).date())", "report.as_of", DUE),
    Mutant("zyb/answers/duties.py", "<= set(own)", "& set(own)", DUE),
    Mutant(COURSES, "(signal.lead or 0) < 0 and", "(signal.lead or 0) <= 0 and", ALERTS),
    Mutant(COURSES, "signal.lead < settings.at_once_below", "signal.lead <= settings.at_once_below", ALERTS),
    Mutant(COURSES, "signal.lead - course.gap >= needed", "signal.lead - course.gap > needed", ALERTS),
    Mutant(COURSES, "course.claim.due < day", "course.claim.due <= day", ALERTS),
    Mutant(COURSES, "self.due < day and (bool", "self.due <= day and (bool", ALERTS),
    Mutant(COURSES, "self.due < day and self.silent", "self.due <= day and self.silent", "tests/spec/test_silence.py"),
    Mutant(COURSES, "signal.due < signal.day)", "signal.due <= signal.day)", ALERTS),
    Mutant(COURSES, "(course.state in CLOSED or course.on_pace", "(course.state == NORMAL or course.on_pace", ALERTS),
    Mutant(
        COURSES, "AlertCourse(due=signal.due, silent=course.silent, silent_since=course.silent_since)", "AlertCourse(due=signal.due)", ALERTS
    ),
    Mutant(COURSES, "elif course.due != signal.due:", "elif False:", ALERTS),
    Mutant(COURSES, "periods >= settings.on_pace_periods", "periods > settings.on_pace_periods", "tests/spec/test_alerts.py"),
    Mutant(
        STANDINGS, "return self.numerator, self.denominator or 0", "return self.numerator, 0", JUDGED
    ),
    Mutant(OVERRIDES, "last, proposed = spoken[-1], ", "last, proposed = spoken[0], ", JUDGED),
    Mutant(OVERRIDES, "wanted is None or objection(found, standing, wanted)", "wanted is None", JUDGED),
    Mutant(OVERRIDES, "or standing.stale", "", JUDGED),
    Mutant("zyb/access.py", "if bound and superseded", "if bound and superseded and not bound", "tests/web/test_access.py"),
    Mutant(COMPARING, "number > earlier * (1 +", "number >= earlier * (1 +", UPLOADS),
    Mutant(COMPARING, "number < earlier:", "number <= earlier:", UPLOADS),
    Mutant(COMPARING, "latest[one] > submission.as_of", "latest[one] >= submission.as_of", UPLOADS),
    Mutant(COMPARING, "(first.year, first.month) == (second.year, second.month)", "first.month == second.month", PROBLEMS),
    Mutant(LEVELS, "after_periods = 2", "after_periods = 3", ALERTS),
    Mutant(LEVELS, 'at_once_below = "-30%"', 'at_once_below = "-30.1%"', ALERTS),
    Mutant(LEVELS, "narrowing_periods = 2", "narrowing_periods = 3", ALERTS),
    Mutant(LEVELS, 'narrowed_by = "1%"', 'narrowed_by = "0.9%"', ALERTS),
    Mutant(LEVELS, "on_pace_periods = 2", "on_pace_periods = 3", "tests/spec/test_alerts.py"),
    Mutant(LEVELS, 'level = "supervise"', 'level = "remind"', "tests/spec/test_alerts.py"),
    Mutant(LEVELS, "behind = 6", "behind = 7", "tests/spec/test_alerts.py"),
    Mutant(LEVELS, "silent = 6", "silent = 7", "tests/spec/test_alerts.py"),
    Mutant(LEVELS, "behind = 4", "behind = 5", ALERTS),
    Mutant(LEVELS, "silent = 3", "silent = 4", "tests/spec/test_alerts.py"),
    Mutant(BOUNDS, 'at_least = "10%"', 'at_least = "10.01%"', "tests/spec/test_verdicts.py"),
    Mutant(BOUNDS, 'at_least = "0%"', 'at_least = "0.01%"', "tests/spec/test_verdicts.py"),
    Mutant(BOUNDS, 'at_least = "-30%"', 'at_least = "-29.99%"', "tests/spec/test_verdicts.py"),
    Mutant("zyb/access.py", "if bound and superseded", "if bound and not superseded", "tests/web/test_access.py"),
    Mutant("zyb/access.py", "return SUPERSEDED if bound and superseded else None", "return None", "tests/web/test_access.py"),
    Mutant("zyb/access.py", "bound = role is not None and Permission.WITHDRAW in role.bound_to_region", "bound = role is None", "tests/web/test_access.py"),
    Mutant(PERIODS_HEARD, "if plan is None or end >= evidence.on", "if plan is None or end > evidence.on", "tests/core/test_alerts.py::test_a_month_is_not_over_on_its_last_day_though_another_ledger_was_reported_in_it"),
    Mutant(COURSES, "rank=max(before.rank, after.rank)) if after.missed", "rank=after.rank) if after.missed", ALERTS),
    Mutant(COURSES, "(bool(self.remaining) or self.unsettled)", "bool(self.remaining)", "tests/spec/test_floors.py"),
    Mutant("zyb/alerting/deadlines.py", "if first and not standings.reported", "if first", "tests/spec/test_papers_and_alerts.py"),
    Mutant("zyb/alerting/deadlines.py", "found = {one.due: one for one in course.missed}", "found = {}", "tests/spec/test_papers_and_alerts.py"),
    Mutant("zyb/briefing/gathering.py", "return self.request.made or self.request.on", "return self.request.made or self.as_of", "tests/spec/test_papers_and_alerts.py"),
    Mutant(SILENCE, "last = plan.window.due <= end", "last = plan.window.due < end", "tests/spec/test_silence.py"),
    Mutant(PERIODS_HEARD, "end.replace(day=1), months or 1", "end.replace(day=1), months or 2", "tests/spec/test_silence.py"),
    Mutant(PERIODS_HEARD, "return end >= plan.first_report", "return True", "tests/spec/test_silence.py"),
    Mutant(PERIODS_HEARD, "standing.as_of is not None and standing.as_of >= first", "standing.as_of is not None", "tests/core/test_alerts.py"),
    Mutant(PERIODS_HEARD, "opened > newest:", "opened >= newest:", "tests/core/test_alerts.py::test_a_report_on_the_tasks_first_day_is_a_period_and_so_is_a_silent_month_that_ends_on_its_last"),
    Mutant(FAULTS, "report.amount >= level.amount", "report.amount > level.amount", "tests/core/test_alerts.py"),
    Mutant(FAULTS, "elif fall is None or fall[1].snapshot in explained:", "else:", "tests/core/test_alerts.py"),
    Mutant(FAULTS, "elif fall is None or fall[1].snapshot in explained:", "elif fall is None:", "tests/core/test_alerts.py::test_a_second_fall_without_a_reason_is_told_in_place_of_the_explained_one"),
    Mutant(FAULTS, "month_end(source.as_of) == month_end(totals.sources[other].as_of)", "source.as_of.month == totals.sources[other].as_of.month", "tests/core/test_alerts.py::test_a_list_of_the_same_month_a_year_before_is_no_contradiction"),
    Mutant(CLAIMS, "if due <= alert.as_of:", "if due < alert.as_of:", "tests/core/test_alerts.py"),
    Mutant(CLAIMS, "decision.id > seen", "decision.id >= seen", "tests/core/test_decisions.py"),
    Mutant(CLAIMS, "claimed.due >= alert.as_of", "claimed.due > alert.as_of", "tests/core/test_alerts.py::test_a_claim_holds_through_its_last_day_and_is_made_anew_after_it"),
    Mutant(COUNTIES, "value >= goal if rises", "value > goal if rises", "tests/spec/test_counties.py"),
    Mutant(COUNTIES, '"below" if self.amount + self.unplaced > 0', '"below" if self.amount > 0', "tests/spec/test_counties.py"),
    Mutant(COUNTIES, "self.amount >= self.at_least", "self.amount > self.at_least", "tests/spec/test_counties.py"),
    Mutant("zyb/answers/drilling.py", "figure.value is None, sign * (figure.value or 0))", "figure.value or 0)", "tests/spec/test_drilling.py::test_counties_without_a_value_come_after_those_with_the_lowest"),
    Mutant("zyb/answers/judging.py", "if now.override != standing.override:", "if False:", "tests/core/test_decisions.py"),
    Mutant("zyb/answers/judging.py", "> REASON_LENGTH", "> REASON_LENGTH - 1", "tests/spec/test_overrides.py::test_a_reason_may_be_five_hundred_letters_long"),
    Mutant(OVERRIDES, "    return own[-1]\n", "    return own[0]\n", "tests/spec/test_overrides.py::test_of_two_overrides_of_the_old_figures_the_later_is_told"),
    Mutant(OVERRIDES, "record.as_of <= day", "record.as_of < day", JUDGED),
    Mutant(OVERRIDES, "or not own[-1].verdict:", "or not own[0].verdict:", JUDGED),
    Mutant(OVERRIDES, "if standing.override or not own", "if not own", JUDGED),
    Mutant(PROGRESS, "return reports[-2] if len(reports) > 1", "return reports[-2] if len(reports) > 2", "tests/spec/test_ranks.py"),
    Mutant(PROGRESS, "if day <= on]", "if day < on]", "tests/spec/test_ranks.py"),
    Mutant(PROGRESS, "if len(measure.report_ledgers) > 1:", "if len(measure.report_ledgers) > 9:", "tests/spec/test_sources.py"),
    Mutant(PROGRESS, "e.on.year == seen.on.year or", "", "tests/spec/test_forecast.py"),
    Mutant(NUMERALS, "shown == 100 and value < 1 else", "shown == 100 else", "tests/spec/test_printing.py"),
    Mutant(NUMERALS, "ROUND_HALF_UP)", "'ROUND_HALF_EVEN')", "tests/spec/test_printing.py"),
    Mutant(PERIODS, "if day < self.start:", "if day <= self.start:", "tests/spec/test_pace.py"),
    Mutant(PERIODS, "if day > due:", "if day >= due:", "tests/spec/test_schedule.py"),
    Mutant(PERIODS, "remaining * DAYS_A_WEEK >= days", "remaining * DAYS_A_WEEK > days", "tests/spec/test_schedule.py"),
    Mutant(PERIODS, "days >= DAYS_A_WEEK:", "days > DAYS_A_WEEK:", "tests/spec/test_schedule.py"),
    Mutant(PERIODS, "self.remaining > 0 and self.days_left < 0", "self.remaining > 0 and self.days_left <= 0", "tests/spec/test_schedule.py"),
    Mutant(PERIODS, "if share <= high:", "if share < high:", "tests/spec/test_pace.py::test_a_share_at_which_the_pace_stands_still_is_reached_on_the_first_of_its_days"),
    Mutant(PERIODS, "min(day.day, calendar.monthrange(year, month)[1])", "min(day.day, 28)", "tests/spec/test_silence.py::test_figures_are_due_anew_on_the_same_day_of_the_next_month_quarter_or_year"),
    Mutant(PERIODS, "return self.start.year <= year <= self.due.year", "return self.due.year == year", "tests/spec/test_plans.py"),
    Mutant(PERIODS, "return self.start.year <= year <= self.due.year", "return self.start.year < year <= self.due.year", "tests/spec/test_plans.py"),
    Mutant(MEASURE, "max(ended, key", "min(ended, key", "tests/spec/test_plans.py"),
    Mutant(MEASURE, "min(plans, key=lambda plan: plan.window.start", "max(plans, key=lambda plan: plan.window.start", "tests/spec/test_plans.py"),
    Mutant(MEASURE, "plan.window.start <= day <= plan", "plan.window.start < day <= plan", "tests/spec/test_plans.py"),
    Mutant(MEASURE, "<= day <= plan.window.due)", "<= day < plan.window.due)", "tests/spec/test_plans.py"),
    Mutant(MEASURE, "ended.year in told and day <= now.window.due and self.plan_on(ended)", "ended.year in told and day <= now.window.due", "tests/spec/test_levels.py"),
    Mutant(MEASURE, "ended.year in told and day <= now.window.due", "day <= now.window.due", "tests/spec/test_levels.py"),
    Mutant(MEASURE, "newest <= ended.year < day.year else day", "ended.year < day.year else day", "tests/spec/test_levels.py"),
    Mutant("zyb/alerting/model.py", "answerable and owed", "answerable", "tests/spec/test_unsaid.py"),
    Mutant(STANDINGS, "if self.measure.whole:\n            return (self.province,)", "if False:\n            return (self.province,)", "tests/spec/test_floors.py"),
    Mutant(MEASURE, "return self.held == TARGET", "return self.held != PACE", "tests/spec/test_levels.py"),
    Mutant("zyb/standing/arithmetic.py", "if together and whole:", "if together and False:", "tests/spec/test_floors.py"),
    Mutant(EVALUATING, "0 if measure.counts and row.numerator is not None else row.denominator", "row.denominator", "tests/spec/test_counts.py"),
    Mutant(COUNTIES, "self.amount + self.unplaced >= self.at_least", "self.amount + self.unplaced > self.at_least", "tests/spec/test_counties.py"),
    Mutant(COUNTIES, "own if best == own == worst else", "own if best == own else", "tests/spec/test_counties.py"),
    Mutant(COUNTING, "most += left >= 0", "most += left > 0", "tests/spec/test_counties.py"),
    Mutant(MEASURE, "min(day, date(max(self.numerator.years), 12, 31))", "day", "tests/spec/test_floors.py"),
    Mutant(COURSES, "return course.due in signal.owed and (", "return bool(course.due) and (", "tests/spec/test_levels.py"),
    Mutant(COURSES, "(course.past_due(signal.day) or course.unheard_by(signal.day))\n\n\ndef _anew", "True\n\n\ndef _anew", "tests/spec/test_levels.py"),
    Mutant(COURSES, "elif course.missed:", "elif False:", "tests/spec/test_levels.py"),
    Mutant(COURSES, "or course.missed or late_claim", "or late_claim", "tests/spec/test_levels.py"),
    Mutant("zyb/rulebook/measures/plans.py", "if any(later <= earlier", "if any(later < earlier", "tests/spec/test_plans.py"),
    Mutant(MEASURE, "if running:\n", "if running and not ended:\n", "tests/spec/test_plans.py"),
    Mutant("zyb/rulebook/campaigns.py", "day >= self.closing.day", "day > self.closing.day", "tests/spec/test_closing.py"),
    Mutant("zyb/rulebook/campaigns.py", "if day <= until))", "if day < until))", "tests/spec/test_closing.py"),
    Mutant("zyb/rulebook/campaigns.py", "{**national, **closed}", "{**closed, **national}", "tests/spec/test_closing.py"),
    Mutant("zyb/alerting/surveying.py", "measure.alerts and measure.campaign not in resting", "measure.alerts", "tests/spec/test_closing.py"),
    Mutant("zyb/ui/progress/scene.py", "any(day <= until for", "any(day < until for", "tests/pages/test_campaign_tiles.py"),
    Mutant("zyb/rulebook/stages.py", "if stage.start > day]", "if stage.start >= day]", "tests/spec/test_plans.py"),
    Mutant("zyb/rulebook/stages.py", "if stage.end <= stage.start:", "if stage.end < stage.start:", "tests/spec/test_plans.py"),
    Mutant(VERDICTS, "if not begun:", "if not begun and numerator:", "tests/spec/test_verdicts.py"),
    Mutant(VERDICTS, "if numerator == 0 and rises:", "if numerator == 0 and rises and lead is not None:", "tests/spec/test_verdicts.py"),
    Mutant(VERDICTS, "lead >= bound", "lead > bound", "tests/spec/test_verdicts.py"),
    Mutant(VERDICTS, "if numerator == 0 and rises:", "if numerator == 0:", "tests/spec/test_direction.py"),
    Mutant(VERDICTS, "if denominator == 0:", "if denominator == 0 and numerator == 0:", "tests/spec/test_verdicts.py"),
    Mutant(IN_FORCE, "(latest.as_of, latest.id) > (whole.as_of, whole.id)", "latest.as_of > whole.as_of", "tests/spec/test_editions.py"),
    Mutant(IN_FORCE, "(latest.as_of, latest.id) > (whole.as_of, whole.id)", "latest.as_of >= whole.as_of", "tests/spec/test_editions.py"),
    Mutant(IN_FORCE, "(latest.as_of, latest.id) > (whole.as_of, whole.id)", "latest.id > whole.id", "tests/spec/test_editions.py"),
    Mutant(IN_FORCE, "snapshots.uploaded_at <= $known_at", "snapshots.uploaded_at < $known_at", "tests/spec/test_editions.py"),
    Mutant(IN_FORCE, "withdrawals.withdrawn_at <= $known_at", "withdrawals.withdrawn_at < $known_at", "tests/spec/test_editions.py"),
    Mutant(IN_FORCE, "snapshots.as_of desc, snapshots.id desc", "snapshots.as_of desc, snapshots.id", "tests/spec/test_editions.py"),
    Mutant(IN_FORCE, "snapshots.as_of desc, snapshots.id desc", "snapshots.id desc", "tests/spec/test_editions.py"),
    Mutant(REPORT_DAYS, "uploaded_at <= ?", "uploaded_at < ?", "tests/spec/test_editions.py"),
    Mutant(REPORT_DAYS, "withdrawn_at <= ?", "withdrawn_at < ?", "tests/spec/test_editions.py"),
    Mutant("zyb/sql/same_bytes.sql", "order by id desc", "order by id", "tests/spec/test_comparing.py"),
    Mutant(COUNTING, "(done[one.name] >= operand.at_least)", "(done[one.name] > operand.at_least)", "tests/spec/test_floors.py::test_each_region_answers_for_its_own_institutions_of_the_list"),
    Mutant(COUNTING, "if one.name not in done:", "if not done:", "tests/spec/test_floors.py::test_each_region_answers_for_its_own_institutions_of_the_list"),
    Mutant(COUNTING, "newest = max(sources,", "newest = min(sources,", "tests/spec/test_floors.py::test_who_is_in_no_table_of_quotas_has_no_task_as_of_the_newest_of_them"),
    Mutant(COUNTING, "if found and (found.source.as_of.year, found.source.as_of.month) == wanted", "if found and found.source.as_of.month == 12", "tests/spec/test_annual_task.py"),
    Mutant(COUNTING, "(found.source.as_of.year, found.source.as_of.month) == wanted", "found.source.as_of.year == wanted[0]", "tests/spec/test_annual_task.py"),
    Mutant(COUNTING, "(whole or startless or speaking or list(found))[0]", "(whole or startless or list(found))[0]", "tests/spec/test_sources.py"),
    Mutant(COUNTING, "together, max((report", "together, min((report", "tests/spec/test_floors.py"),
    Mutant(COUNTING, "year < moment.day.year", "year <= moment.day.year", "tests/spec/test_floors.py"),
    Mutant(COUNTING, "moment.is_now and report", "report", "tests/spec/test_annual_task.py"),
    Mutant(COUNTING, "self.numerator.source or self.denominator.source", "self.denominator.source or self.numerator.source", "tests/spec/test_annual_task.py"),
    Mutant(COUNTING, "(whole or startless or speaking or list(found))[0]", "(startless or speaking or list(found))[0]", "tests/spec/test_sources.py"),
    Mutant(COUNTING, "n - earlier.get(county, 0)", "n", "tests/spec/test_drilling.py"),
    Mutant(COURSES, "sorted(records, key=lambda record: record.id)", "sorted(records, key=lambda record: -record.id)", ALERTS),
    Mutant(COURSES, "if course.shown in CLOSED:", "if course.state in CLOSED:", ALERTS),
    Mutant(COURSES, "since=signal.day if anew else course.since", "since=signal.day", ALERTS),
    Mutant(COURSES, "if course.release or not (", "if not (", ALERTS),
    Mutant(COURSES, "course.state in CLOSED or course.on_pace > 0", "course.state in CLOSED", ALERTS),
    Mutant(COURSES, "periods >= level.behind", "periods > level.behind", ALERTS),
    Mutant(COURSES, "periods >= level.silent", "periods > level.silent", "tests/spec/test_alerts.py"),
    Mutant(COURSES, "course.behind >= settings.warning_after", "course.behind > settings.warning_after", ALERTS),
    Mutant(COURSES, "course.narrowing >= settings.narrowing_periods", "course.narrowing > settings.narrowing_periods", ALERTS),
    Mutant(COURSES, "if record.as_of <= on}", "if record.as_of < on}", "tests/spec/test_alerts.py"),
    Mutant(COURSES, "if signal.day >= record.as_of)", "if signal.day > record.as_of)", ALERTS),
    Mutant(COURSES, "next(reached, len(signals) - 1)", "next(reached, 0)", "tests/core/test_alerts.py"),
    Mutant(COURSES, 'claimed = course.state in ("watch", "warning", "overdue")', 'claimed = course.state in ("watch", "warning")', "tests/spec/test_alerts.py"),
    Mutant(COURSES, 'course if course.state == "cleared" else _normal(course)', "_normal(course)", "tests/spec/test_alerts.py"),
    Mutant(COURSES, "if signal.remaining == 0 or periods", "if periods", "tests/spec/test_alerts.py"),
    Mutant(COURSES, "since = course.silent_since or max(", "since = max(", ALERTS),
    Mutant(COURSES, 'needed = Fraction(0) if course.state == "recovering" else settings.narrowed_by', "needed = settings.narrowed_by", "tests/spec/test_alerts.py"),
    Mutant(COURSES, "return max(course.rank, reached, 1", "return max(reached, 1", "tests/spec/test_alerts.py"),
    Mutant(COURSES, "rank=max(course.rank, settings.overdue_rank)", "rank=settings.overdue_rank", "tests/spec/test_alerts.py"),
    Mutant(COURSES, "and course.is_behind\n", "\n", "tests/spec/test_alerts.py"),
    Mutant(COURSES, "on_pace=0,\n    )\n    state", "on_pace=course.on_pace,\n    )\n    state", ALERTS),
    Mutant(FORECAST, "last.day - p.day >= SPAN", "last.day - p.day > SPAN", "tests/spec/test_forecast.py"),
    Mutant(FORECAST, "if len(points) < 2:", "if len(points) <= 2:", "tests/spec/test_forecast.py"),
    Mutant(FORECAST, "if per_week <= 0:", "if per_week < 0:", "tests/spec/test_forecast.py"),
    Mutant(FORECAST, "math.ceil((finish - due).days / 7)", "(finish - due).days // 7", "tests/spec/test_forecast.py"),
    Mutant(FORECAST, "days <= HORIZON.days", "days < HORIZON.days", "tests/spec/test_forecast.py"),
    Mutant(FORECAST, "max(last.enrolled - last.completed, 0)", "last.enrolled - last.completed", "tests/spec/test_forecast.py"),
    Mutant("zyb/wording/schedules.py", "finish.year > year", "finish.year >= year", "tests/spec/test_silence.py::test_a_count_of_the_year_is_finished_in_it_or_not_at_all"),
    Mutant(ARITHMETIC, "first.setdefault(value, place)", "first[value] = place", "tests/spec/test_ranks.py"),
    Mutant("zyb/standing/arithmetic.py", "if None not in pair]", "if pair[0] is not None]", "tests/spec/test_ratio.py"),
    Mutant("zyb/standing/arithmetic.py", "if None not in pair]", "if pair[1] is not None]", "tests/spec/test_ratio.py"),
    Mutant("zyb/standing/arithmetic.py", "number for number, _ in whole or pairs", "number for number, _ in whole", "tests/spec/test_ratio.py"),
    Mutant("zyb/standing/arithmetic.py", "number for _, number in whole or pairs", "number for _, number in pairs", "tests/spec/test_ratio.py"),
    Mutant("zyb/standing/arithmetic.py", "number for _, number in whole or pairs", "number for _, number in whole", "tests/spec/test_ratio.py"),
    Mutant("zyb/standing/rolling_up.py", "_day(line) >= _day(rolled)", "_day(line) > _day(rolled)", "tests/spec/test_national_level.py"),
    Mutant("zyb/standing/rolling_up.py", "_day(line) >= _day(rolled)", "True", "tests/spec/test_national_level.py"),
    Mutant("zyb/standing/rolling_up.py", "replace(line, others=(*line.others, rolled))", "line", "tests/spec/test_national_level.py"),
    Mutant("zyb/standing/rolling_up.py", "replace(rolled, others=(line,))", "rolled", "tests/spec/test_national_level.py"),
    Mutant("zyb/standing/rolling_up.py", "if counts not in spoken", "if counts in spoken", "tests/spec/test_national_level.py"),
    Mutant(STANDINGS, "return self.added == 0 and bool(self.remaining) and", "return self.added == 0 and", "tests/spec/test_ranks.py"),
    Mutant(EVALUATING, 'if measure.kind != "growth" and province.remaining is not None', "if province.remaining is not None", "tests/spec/test_growth.py"),
    Mutant(ARITHMETIC, "math.ceil(wanted - numerator if", "math.floor(wanted - numerator if", "tests/spec/test_pace.py"),
    Mutant(STANDINGS, "share >= 1 or day <= plan.window.start", "share >= 1 or day < plan.window.start", "tests/spec/test_pace.py"),
    Mutant(STANDINGS, "rate.finish < asked", "rate.finish <= asked", "tests/spec/test_silence.py"),
    Mutant(SILENCE, "while end < day", "while end <= day", "tests/spec/test_silence.py"),
    Mutant(SILENCE, "first and first > heard", "first", "tests/spec/test_silence.py"),
    Mutant("zyb/standing/speaking.py", "return self.silent or is_stale(", "return is_stale(", "tests/spec/test_silence.py"),
    Mutant("zyb/standing/speaking.py", "asked if silent or over or not names", "asked if silent or not names", "tests/spec/test_silence.py"),
    Mutant("zyb/rulebook/measures/model.py", "plan.window.due < asked", "plan.window.due <= asked", "tests/spec/test_silence.py"),
    Mutant(SILENCE, "if as_of == month_end(as_of) else due) <= newest", "if as_of == month_end(as_of) else due) < newest", JUDGED),
    Mutant(ARITHMETIC, "else numerator - wanted)", "else numerator - math.ceil(wanted))", "tests/spec/test_direction.py"),
    Mutant(EVALUATING, "value <= goal", "value < goal", "tests/spec/test_direction.py"),
    Mutant(EVALUATING, "value >= goal", "value > goal", "tests/spec/test_growth.py"),
    Mutant(STANDINGS, "if share >= 1 or day <= plan.window.start", "if share > 1 or day <= plan.window.start", "tests/spec/test_pace.py"),
    Mutant("zyb/standing/trends.py", "if standing.as_of != earlier.as_of else None", "if True else None", "tests/spec/test_ranks.py"),
    Mutant("zyb/standing/tallies.py", "if NO_COUNTY in gone:", "if gone:", "tests/spec/test_editions.py"),
    Mutant(TRENDS, "if first <= point.day <= last]", "if first <= point.day < last]", "tests/spec/test_trends.py"),
    Mutant(TRENDS, "if first <= point.day <= last]", "if first < point.day <= last]", "tests/spec/test_trends.py"),
    Mutant(TRENDS, "if point.day < first]", "if point.day <= first]", "tests/spec/test_trends.py"),
    Mutant(TRENDS, "step.last_day(number) < course.plan.window.start", "step.last_day(number) <= course.plan.window.start", "tests/spec/test_trends.py"),
    Mutant(TRENDS, "return self.number(due + DAY) - number", "return self.number(due) - number", "tests/spec/test_trends.py"),
    Mutant(TRENDS, "if before.day.year != point.day.year and course.annual", "if course.annual", "tests/spec/test_trends.py"),
    Mutant(TRENDS, "own[-1].completed if own", "own[0].completed if own", "tests/spec/test_trends.py"),
    Mutant(TRENDS, "return before[-1]", "return before[0]", "tests/spec/test_trends.py"),
    Mutant(TRENDS, "date(point.day.year, 1, 1)) + 1)", "date(point.day.year, 1, 1)))", "tests/spec/test_trends.py"),
    Mutant(TRENDS, "step.first_day(number) > course.plan.window.due", "step.first_day(number) >= course.plan.window.due", "tests/spec/test_trends.py"),
    Mutant(TRENDS, "max(number - step.number(before.day), 1)", "number - step.number(before.day)", "tests/spec/test_trends.py"),
    Mutant("zyb/store/bulletins.py", 'province_code = ? and year = ?"', 'province_code = ? and year <= ?"', "tests/core/test_bulletins.py"),
    Mutant(EDITIONS, "source.as_of > newest.as_of", "source.as_of < newest.as_of", "tests/spec/test_editions.py"),
    Mutant(EDITIONS, "self.edition(snapshot.province_code, date.max)", "self.edition(snapshot.province_code, snapshot.as_of)", "tests/pages/test_snapshots_page.py"),
    Mutant("zyb/store/snapshots.py", "_refuse_withdrawn(self.snapshot(snapshot))", "self.snapshot(snapshot)", "tests/core/test_store.py::test_it_cannot_be_withdrawn_twice"),
    Mutant("zyb/uploads/permitted.py", " or late_withdrawal(viewer, not store.speaks(snapshot))", "", "tests/spec/test_guards.py"),
    Mutant(COMPARING, "for one in (part.whole, part)", "for one in (part.whole,)", "tests/spec/test_comparing.py"),
    Mutant(COMPARING, "for one in (part.whole, part)", "for one in (part,)", "tests/spec/test_comparing.py"),
    Mutant(COMPARING, "for one in (part.whole, part)", "for one in (part, part.whole)", "tests/spec/test_comparing.py"),
    Mutant(COMPARING, "latest[part] = max(day, ", "latest[part] = min(day, ", "tests/core/test_cli.py"),
    Mutant(COMPARING, "chinese_day(max(newer.values()))", "chinese_day(min(newer.values()))", "tests/spec/test_comparing.py"),
    Mutant(COMPARING, "all_of_them = len(newer) ==", "all_of_them = len(newer) <=", "tests/spec/test_comparing.py"),
    Mutant(COMPARING, "return twin if speaking == {twin} else None", "return twin if twin in speaking else None", "tests/spec/test_comparing.py"),
    Mutant(COMPARING, "return twin if speaking == {twin} else None", "return twin", "tests/spec/test_comparing.py"),
    Mutant(COMPARING, "earlier = [said for said in earlier if said[1].as_of.year == edition.on.year]\n", "\n", "tests/spec/test_comparing.py"),
    Mutant(COMPARING, "chinese_day(max(source.as_of", "chinese_day(min(source.as_of", "tests/spec/test_comparing.py"),
    Mutant(COMPARING, '"等" if number > len(names)', '"等" if number >= len(names)', "tests/spec/test_comparing.py"),
    Mutant(COMPARING, "spoken & {said[0], said[0].whole}", "spoken & {said[0]}", "tests/spec/test_comparing.py"),
    Mutant(COMPARING, "if earlier and number", "if earlier is not None and number", "tests/spec/test_comparing.py"),
    Mutant("zyb/intake/summaries/derived.py", "0 < smaller < larger or", "0 <= smaller <= larger or", "tests/core/test_derived.py"),
    Mutant("zyb/intake/summaries/derived.py", "2 * agree > len(asked)", "2 * agree >= len(asked)", "tests/core/test_derived.py"),
    Mutant("zyb/intake/summaries/derived.py", "exact = self.word == UNDONE or", "exact = self.word == SHARE or", "tests/core/test_derived.py"),
    Mutant("zyb/intake/summaries/checks.py", '"小计" not in line.plain and reader.roster.is_total(line.text)', "reader.roster.is_total(line.text)", "tests/core/test_parts_and_sums.py"),
    Mutant("zyb/intake/tables/assigning.py", "if len(grouped.get(name, ())) > 1 else []", "if len(grouped.get(name, ())) > 2 else []", "tests/core/test_parts_and_sums.py"),
    Mutant("zyb/uploads/effects.py", "part not in before.sources]", "part in before.sources]", "tests/core/test_uploads.py::test_the_effect_is_shown_before_anything_is_saved"),
    Mutant(COUNTING, "not all(weights)", "not any(weights)", "tests/spec/test_surveys.py"),
    Mutant(COUNTING, "line.source.as_of >= latest", "line.source.as_of != latest", "tests/spec/test_surveys.py"),
    Mutant("zyb/intake/cells/values.py", "0 < number <= 1", "0 < number < 1", "tests/spec/test_percentages_say.py"),
    Mutant("zyb/uploads/prepared.py", "return standing.numerator, standing.denominator, standing.value", "return standing.numerator, None, None", "tests/spec/test_comparing.py::test_a_region_of_which_only_the_task_changes_is_among_the_changed"),
    Mutant("zyb/exports/documents.py", "insist(to, Permission.EXPORT)", "insist(to, Permission.VIEW_PROGRESS)", "tests/spec/test_guards.py::test_a_file_is_for_whoever_may_export"),
    Mutant("zyb/exports/inquiries/rows.py", "insist(to, Permission.EXPORT)", "insist(to, Permission.VIEW_PROGRESS)", "tests/spec/test_guards.py::test_a_file_is_for_whoever_may_export"),
    Mutant("zyb/answers/inquiring.py", "Permission.UNMASK if unmasked", "Permission.VIEW_PROGRESS if unmasked", "tests/core/test_inquiry_rows.py::test_personal_data_are_for_whoever_may_see_them"),
    Mutant("zyb/store/lists/inquiring.py", "{turned} nulls last", "{turned} nulls first", "tests/core/test_inquiry_rows.py::test_rows_numbers_sums_and_order_are_those_of_an_obvious_loop"),
    Mutant("zyb/sql/asked_rows.sql", "own.on_day = part.on_day and ", "", "tests/core/test_inquiry_rows.py::test_rows_numbers_sums_and_order_are_those_of_an_obvious_loop"),
    Mutant("zyb/exports/books/unfinished.py", "insist(to, Permission.EXPORT)", "insist(to, Permission.VIEW_PROGRESS)", "tests/spec/test_guards.py::test_a_file_is_for_whoever_may_export"),
    Mutant("zyb/intake/tallying.py", "if not _needed(rule) <= {ROWS, *told}:", "if (rule.count or rule.sum) not in (ROWS, *told):", "tests/spec/test_tallies_say.py"),
    Mutant(MEASURES, "return operand if split else replace(operand, item=None)", "return operand", "tests/spec/test_institution_lists.py::test_each_rate_counts_the_problems_of_its_own_kind"),
    Mutant("zyb/rulebook/stated.py", "one.day <= day", "one.day < day", "tests/spec/test_stated.py::test_nothing_is_told_before_the_notice"),
    Mutant("zyb/rulebook/checks/check_lists.py", "self.place in (province, region)", "self.place == province", "tests/spec/test_dust_plans.py::test_a_form_has_the_items_of_the_places_own_plan"),
    Mutant("zyb/rulebook/book.py", "self._found(in_force(), ", "self._found(Rulebook, ", "tests/pages/test_other_rules.py"),
)  # fmt: skip


def survives(mutant: Mutant) -> bool:
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "tree"
        shutil.copytree(
            ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "local", "__pycache__", ".*_cache")
        )
        file = copy / mutant.file
        text = file.read_text(encoding="utf-8")
        if text.count(mutant.before) != 1:
            raise SystemExit(
                f"{mutant.file}: {mutant.before!r} stands there {text.count(mutant.before)} times"
            )
        file.write_text(text.replace(mutant.before, mutant.after), encoding="utf-8")
        return passes(mutant.tests, copy)


def passes(tests: str, tree: Path = ROOT) -> bool:
    asked = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", tests]
    return subprocess.run(asked, cwd=tree, capture_output=True, check=False).returncode == 0


def main(part: str = "") -> int:
    alive, asked = [], [one for one in MUTANTS if part in one.file]
    for tests in dict.fromkeys(mutant.tests for mutant in asked):
        if not passes(tests):
            raise SystemExit(f"{tests} fails without any change")
    for mutant in asked:
        heard = not survives(mutant)
        print(
            f"{'heard   ' if heard else 'SURVIVES'} {mutant.file}: {mutant.before}  →  {mutant.after or '(nothing)'}",
            flush=True,
        )
        alive += [] if heard else [mutant]
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
