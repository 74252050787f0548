"""The doors of the pages to the data. Everything remembered hangs on immutable arguments and on the rules, so nothing needs clearing."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

from zyb.alerting import Survey, survey
from zyb.answers import progress
from zyb.answers.counties import CountyFloor, county_floors
from zyb.answers.duties import duty_survey
from zyb.answers.progress import View
from zyb.briefing.composing import compose
from zyb.briefing.model import Briefing, Request
from zyb.changes import ChangeSplit, LookedThen, change_split
from zyb.crosscheck import CheckSurvey, check_survey
from zyb.maps.polygons import ProvinceMap, county_map, region_map
from zyb.maps.tiles import map_of
from zyb.periods import today
from zyb.rulebook.book import remembered
from zyb.rulebook.regions import Roster, load_roster
from zyb.settings import DEMO_WARNING, data_folder, is_demo
from zyb.standing.duties import DutySurvey
from zyb.standing.duties.submissions import SubmissionBoard, board
from zyb.standing.forecast import Point
from zyb.standing.standings import Standings
from zyb.store import Store
from zyb.uploads.opening import open_store
from zyb.wording.templates import wording_stamp

_opening = threading.Lock()
_stores: dict[Path, Store] = {}


def the_store() -> Store:
    """The one store of this process; the first to ask opens it."""
    with _opening:
        folder = data_folder()
        if folder not in _stores:
            _stores[folder] = open_store(folder)
        return _stores[folder]


def close_stores() -> None:
    with _opening:
        for store in _stores.values():
            store.close()
        _stores.clear()


@remembered(256)
def _view(store: Store, revision: int, province: str, measure_id: str, on: date) -> View:
    return progress.view(store, province, measure_id, on)


def load_view(province: str, measure_id: str, on: date) -> View:
    """Which snapshots are in force; asked anew only after something was written."""
    store = the_store()
    return _view(store, store.revision, province, measure_id, on)


@remembered(8)
def _every_day(store: Store, revision: int, province: str, _: date) -> tuple[date, ...]:
    return tuple(progress.every_report_day(store, province))


def load_every_day(province: str) -> list[date]:
    """The days of all campaigns; with tomorrow one may have been closed."""
    store = the_store()
    return list(_every_day(store, store.revision, province, today()))


@remembered(512)
def _standings(store: Store, seen: View) -> Standings:
    return progress.standings(store, seen)


def load_standings(seen: View) -> Standings:
    return _standings(the_store(), seen)


@remembered(512)
def _history(store: Store, seen: View, region_code: str | None) -> tuple[Point, ...]:
    return tuple(progress.history(store, seen, region_code))


def load_history(seen: View, region_code: str | None = None) -> tuple[Point, ...]:
    return _history(the_store(), seen, region_code)


@remembered(64)
def _survey(store: Store, revision: int, province: str, on: date) -> Survey:
    return survey(store, province, on)


def load_survey(province: str, on: date) -> Survey:
    """The alerts of a day; they change with reports and with what people add, and both are writes."""
    store = the_store()
    return _survey(store, store.revision, province, on)


@remembered(64)
def _duties(store: Store, revision: int, province: str, on: date) -> DutySurvey:
    return duty_survey(store, province, on)


def load_duties(province: str, on: date) -> DutySurvey:
    """What is due on a day; it changes with reports and with what people record, and both are writes."""
    store = the_store()
    return _duties(store, store.revision, province, on)


def load_submissions(roster: Roster, on: date, region_code: str | None) -> SubmissionBoard:
    """Who has handed in what, of a region or of all."""
    return board(load_duties(roster.province, on).within(region_code), roster)


@remembered(16)
def _findings(store: Store, revision: int, province: str, on: date) -> CheckSurvey:
    return check_survey(store, province, on)


def load_findings(province: str, on: date) -> CheckSurvey:
    """What the lists say against each other; it changes with reports and with what people say, and both are writes."""
    store = the_store()
    return _findings(store, store.revision, province, on)


@remembered(64)
def _shapes(province: str, folder: Path) -> ProvinceMap:
    return map_of(load_roster(province), folder / "boundaries")


def load_shapes(province: str) -> ProvinceMap:
    """The province's polygons, dissolved and kept on first use; of the whole country tiles."""
    return _shapes(province, data_folder())


@remembered(128)
def _county_shapes(province: str, region_code: str | None, folder: Path) -> ProvinceMap:
    whole = _shapes(province, folder)
    return region_map(load_roster(province), whole, region_code) if region_code else county_map(whole)


def load_county_shapes(province: str, region_code: str | None = None) -> ProvinceMap:
    """The counties of the province, or of one region with a label for each."""
    return _county_shapes(province, region_code, data_folder())


@remembered(64)
def _county_floors(store: Store, seen: View) -> tuple[CountyFloor, ...]:
    return tuple(county_floors(store, seen, _standings(store, seen)))


def load_county_floors(seen: View) -> tuple[CountyFloor, ...]:
    return _county_floors(the_store(), seen)


@remembered(64)
def _change_split(
    store: Store, revision: int, province: str, measure_id: str, looked: tuple[LookedThen, LookedThen], region_code: str | None
) -> ChangeSplit:  # fmt: skip
    return change_split(store, province, measure_id, *looked, region_code=region_code)


def load_change_split(
    province: str, measure_id: str, first: LookedThen, second: LookedThen, region_code: str | None
) -> ChangeSplit:
    """Why the figures are others than they were; split anew only after something was written."""
    store = the_store()
    return _change_split(store, store.revision, province, measure_id, (first, second), region_code)


@remembered(32)
def _briefing(store: Store, revision: int, request: Request, wording_stamp: int) -> Briefing:
    folder = data_folder()
    return compose(
        store,
        request,
        folder=folder,
        demo_warning=DEMO_WARNING if is_demo(folder) else "",
        seen=load_survey(request.province, request.on) if request.known_at is None else None,
    )


def load_briefing(request: Request) -> Briefing:
    """A report; composed anew only after something was written, the wording included."""
    store = the_store()
    return _briefing(store, store.revision, request, wording_stamp(data_folder()))
