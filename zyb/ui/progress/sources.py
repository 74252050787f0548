"""Where each number comes from: 历次报送 of a region, 口径与来源 of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from zyb.answers.tracing import Origin, reports, sources
from zyb.briefing import rolled_note, two_targets
from zyb.exports.inquiries.cards import CardTable, listed_card
from zyb.numerals import as_written, value_text
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.regions import load_roster
from zyb.rulebook.stated import stated_on
from zyb.standing.arithmetic import value_of
from zyb.standing.forecast import Point
from zyb.standing.standings import Standings
from zyb.store import Snapshot, Store
from zyb.ui import look
from zyb.ui.filtered.taking import take
from zyb.ui.frame import leads
from zyb.ui.frame.grids import grid
from zyb.ui.frame.pickers import moment
from zyb.ui.progress.scene import Scene


def report_row(origin: Origin) -> dict[str, object]:
    """One report of a region: its figures in the ledger's own words, and where they stand."""
    ledger, trace, snapshot = origin.ledger, origin.trace, origin.snapshot
    figures = {column.title: as_written(trace.values[column.name], column.type) for column in ledger.stored}
    year = {"年度": str(trace.year)} if trace.year else {}
    return {
        "数据截至": snapshot.as_of.isoformat(), **year, **figures,
        "状态": "已撤回" if snapshot.withdrawn else "有效",
        "批次": snapshot.id, "文件": snapshot.file_name, "位置": origin.place, "依据": snapshot.source,
    }  # fmt: skip


def source_row(snapshot: Snapshot) -> dict[str, object]:
    province = load_roster(snapshot.province_code).province
    return {
        "批次": snapshot.id, "内容": leads.snapshot_address(snapshot, province), "台账": ledgers()[snapshot.ledger].title, "数据截至": snapshot.as_of.isoformat(),
        "文件": snapshot.file_name, "工作表": snapshot.sheet or "—", "地区数": snapshot.regions,
        "来源文件": snapshot.source or "—", "上报人": snapshot.uploaded_by, "上报时间": moment(snapshot.uploaded_at),
    }  # fmt: skip


def point_row(found: Standings, point: Point) -> dict[str, object]:
    """One report of a region that comes from a list: its sums."""
    measure = found.measure
    if measure.surveys:
        value = value_of(measure, point.completed, point.enrolled)
        return {"数据截至": point.day.isoformat(), measure.title: value_text(value, measure.kind)}
    enrolled = {} if measure.counts else {measure.denominator.title: point.enrolled}
    return {
        "数据截至": point.day.isoformat(),
        **enrolled,
        measure.numerator.title: point.completed,
    }


# One click from a snapshot to its rows.
CONTENT = {"内容": st.column_config.LinkColumn(display_text="查看", width=60)}


def history_card(store: Store, scene: Scene) -> None:
    """One region's figures in each report, with the file, sheet and row; an empty place for the whole province."""
    with st.container(height="stretch"):
        if scene.region_code:
            _history(store, scene)


def _history(store: Store, scene: Scene) -> None:
    with st.container(border=True, key="card_history", height="stretch"):
        look.show(look.card_title(f"{scene.standing.region}：历次报送", "最近的在前"))
        rows = _reports(store, scene)
        if rows:
            grid(rows, hide_index=True, alt="历次报送", key="reports", placeholder=look.NO_VALUE)
            look.show(look.on_paper(rows))
            take(history_taken(scene, rows), "history")
        else:
            look.show(look.empty("没有报送记录", "该地区尚未报送，请督促上报。"))


def history_taken(scene: Scene, rows: Sequence[Mapping[str, object]]) -> CardTable:
    place = f"{scene.roster.province}{scene.standing.region}"
    return listed_card(
        f"{scene.found.measure.title}历次报送",
        place,
        scene.view.on,
        rows,
        {"数据截至": "date"},
        notes=scene.notes,
    )


def _reports(store: Store, scene: Scene) -> list[dict[str, object]]:
    """As the summaries say; where a list is what is reported, beside a table of tasks perhaps, by its sums."""
    origins = reports(store, scene.view, scene.standing.region_code)
    reporting = scene.found.measure.report_ledgers
    if any(origin.ledger.id in reporting for origin in origins):
        return [report_row(origin) for origin in origins]
    return [point_row(scene.found, point) for point in reversed(scene.history)]


def definition_card(store: Store, scene: Scene) -> None:
    """口径, documents and sources: where each number comes from."""
    measure, plan = scene.found.measure, scene.found.plan
    with st.container(border=True, key="card_definition"):
        look.show(look.card_title("口径与来源"))
        pairs = [("口径", measure.definition), ("依据", measure.basis)]
        if plan:
            pairs.append(("时限依据", plan.basis))
            pairs += [("说明", plan.note)] if plan.note else []
            pairs += two_targets(scene.found)
        stated = stated_on(scene.roster.province, measure.id, scene.view.on)
        pairs += [("文件中的数", f"{one.sentence}。") for one in stated]
        if told := scene.found.caveats_of(scene.standing):
            pairs.append(("另需说明", f"{'；'.join(told)}。"))
        if apart := [f"{region}{told}" for region, told in scene.found.disagreements]:
            pairs.append(("两表不一致", f"{'；'.join(apart)}。本页采用前者，请核对。"))
        if rolled := rolled_note(scene.found):
            pairs.append(("汇总方式", rolled))
        look.show(look.facts(pairs))
        rows = [source_row(snapshot) for snapshot in sources(store, scene.view)]
        grid(rows, hide_index=True, alt="数据来源", key="sources", column_config=CONTENT)
        look.show(look.on_paper(rows, without=tuple(CONTENT)))
        taken = listed_card(
            f"{measure.title}数据来源", scene.roster.province, scene.view.on, rows, {"数据截至": "date"}, without=tuple(CONTENT),
            notes=pairs,
        )  # fmt: skip
        take(taken, "sources")
