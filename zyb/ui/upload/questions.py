"""What an official explains beside a file: which column a heading is, which region a name means,
what a value counts as.

Only what the program could not tell is asked; the answers hold at once and, after the file has gone in, for
every later file of the same reporting unit, the one region that the file speaks for. A file of several regions
is the province's own: its answers hold wherever a unit has none of its own. So what one city explains never
changes how another city's file is read.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import streamlit as st

from zyb.intake.unclear import UnclearValue, unclear_values
from zyb.intake.units import reporting_unit
from zyb.periods import chinese_day, today
from zyb.rulebook.columns import Column
from zyb.rulebook.ledgers import Ledger, ledgers
from zyb.rulebook.lexicon.headings import written_heading
from zyb.rulebook.places.levels import level_words
from zyb.rulebook.regions import Region, Roster, load_roster
from zyb.store import Learned
from zyb.ui import look
from zyb.ui.frame.labels import literal
from zyb.ui.upload.waiting import Arrived
from zyb.uploads import Prepared

# What the official is asked about when the file does not say it.
ASKS_FOR_DAY = {"as_of_unknown", "as_of_future", "year_of_another_day"}
WHICH_LEDGER = {"ledger_unclear", "title_of_another"}
# So many at once.
PLACES_ASKED = 12
NEAR_TOLD = 4
VALUES_ASKED = 12


def explained(file_id: str) -> Learned:
    """The answers given for this file."""
    found: Learned = st.session_state.get(f"explained_{file_id}", Learned())
    return found


def _keep(file_id: str, learned: Learned) -> None:
    st.session_state[f"explained_{file_id}"] = learned


def _explain_place(file_id: str, text: str, key: str, roster: Roster) -> None:
    region = roster.find(st.session_state[key])
    if region:
        _take_as(file_id, ((text, region),))


def _take_as(file_id: str, named: tuple[tuple[str, Region], ...]) -> None:
    said = explained(file_id)
    more = ((text, region.code) for text, region in named)
    _keep(file_id, replace(said, places=(*said.places, *more)))


def _explain_value(file_id: str, one: UnclearValue, key: str) -> None:
    chosen, said = st.session_state[key], explained(file_id)
    if chosen:
        entry = (f"{one.ledger.id}.{one.column.name}", one.plain, chosen)
        _keep(file_id, replace(said, values=(*said.values, entry)))


def _explain_heading(file_id: str, ledger: Ledger, column: str, key: str) -> None:
    heading, said = st.session_state[key], explained(file_id)
    if heading:
        entry = (ledger.id, written_heading(heading), column)
        _keep(file_id, replace(said, headings=(*said.headings, entry)))


def _ask_to_explain(file_id: str, tables: list[Prepared]) -> None:
    """One question for each unknown name and each missing column, and what has been answered."""
    for prepared in tables:
        _ask_places(file_id, prepared)
        _ask_headings(file_id, prepared)
        _ask_values(file_id, prepared)
    _told(file_id, tables)


def _ask_places(file_id: str, prepared: Prepared) -> None:
    """The first of the unknown names; the next stand there when these are answered."""
    roster = prepared.submission.roster
    unknown = Counter(p.value for p in prepared.problems if p.code == "unknown_region" and p.value)
    if roster is None or not unknown:
        return
    _offer_all(file_id, unknown, roster)
    for text, number in list(unknown.items())[:PLACES_ASKED]:
        _ask_place(file_id, text, number, roster)
    if len(unknown) > PLACES_ASKED:
        look.show(look.muted(f"还有 {len(unknown) - PLACES_ASKED} 个地名，以上答完后接着问。"))


def _ask_place(file_id: str, text: str, number: int, roster: Roster) -> None:
    key, near = f"place_{file_id}_{text}", roster.nearest(text)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            literal(f"“{text}”（{number} 处）按哪个地区入库？"), [region.name for region in roster.regions],
            index=None, key=key, width=360, placeholder="请选择，或改正文件后重新上报",
            on_change=_explain_place, args=(file_id, text, key, roster),
        )  # fmt: skip
        if near:
            st.button(
                literal(f"{number} 处都按“{near.name}”入库"), key=f"near_{key}", icon=":material/done_all:",
                on_click=_take_as, args=(file_id, ((text, near),)),
            )  # fmt: skip


def _offer_all(file_id: str, unknown: Counter[str], roster: Roster) -> None:
    """One click for all names of which it is clear what was meant."""
    near = tuple((text, region) for text in unknown if (region := roster.nearest(text)))
    if len(near) > 1:
        told = "、".join(f"{text}→{region.name}" for text, region in near[:NEAR_TOLD])
        more = "等" if len(near) > NEAR_TOLD else ""
        st.button(
            literal(f"{len(near)} 个地名都按建议的地区入库：{told}{more}"), key=f"near_all_{file_id}",
            icon=":material/done_all:", on_click=_take_as, args=(file_id, near),
        )  # fmt: skip


def _ask_headings(file_id: str, prepared: Prepared) -> None:
    """Which column is one that is missing, or the places; and which of two that may be one."""
    table = prepared.submission.table
    if table is None:
        return
    unplaced = table.placeless and any(one.code == "region_unknown" for one in prepared.problems)
    missing = [*table.missing, *([table.ledger.of_type("region")] if unplaced else [])]
    unknown = [one.heading for one in table.unknown]
    for column in filter(None, missing if unknown else ()):
        _ask_heading(file_id, table.ledger, column, f"表中哪一列是“{column.title}”？", unknown)
    for name, twins in table.doubled.items():
        headings, column = list(dict.fromkeys(one.heading for one in twins)), table.ledger.column(name)
        if len(headings) > 1:
            question = f"“{column.title}”有 {len(headings)} 列，取哪一列？"
            _ask_heading(file_id, table.ledger, column, question, headings)


def _ask_heading(file_id: str, ledger: Ledger, column: Column, question: str, headings: list[str]) -> None:
    key = f"heading_{file_id}_{ledger.id}_{column.name}"
    st.selectbox(
        literal(question), headings, index=None, key=key, width=360, placeholder="请选择，或改正表头后重新上报",
        on_change=_explain_heading, args=(file_id, ledger, column.name, key),
    )  # fmt: skip


def _ask_values(file_id: str, prepared: Prepared) -> None:
    """One question for all equal values of a column that the program could not tell."""
    unclear = unclear_values(prepared.submission)
    if not 0 < len(unclear) <= VALUES_ASKED:
        return
    for one in unclear:
        key = f"value_{file_id}_{one.column.name}_{one.text}"
        st.selectbox(
            literal(f"“{one.column.title}”中的“{one.text}”（{one.count} 处）按哪一项计？"), one.options,
            index=None, key=key, width=480, placeholder="请选择，或改正文件后重新上报",
            on_change=_explain_value, args=(file_id, one, key),
        )  # fmt: skip


def _told(file_id: str, tables: list[Prepared]) -> None:
    said = explained(file_id)
    if said == Learned():
        return
    roster = next((t.submission.roster for t in tables if t.submission.roster), None)
    words = [f"“{text}”按“{_name(roster, code)}”入库" for text, code in said.places]
    words += [
        f"“{heading}”作为“{ledgers()[ledger].column(column).title}”"
        for ledger, heading, column in said.headings
    ]
    words += [f"“{text}”按“{meant}”计" for _, text, meant in said.values]
    with st.container(horizontal=True, vertical_alignment="center"):
        look.show(look.muted(f"已说明：{'；'.join(words)}。{_for_whom(roster, tables)}"))
        st.button(
            "重新说明", key=f"again_{file_id}", type="tertiary", on_click=_keep, args=(file_id, Learned())
        )


def _for_whom(roster: Roster | None, tables: list[Prepared]) -> str:
    found = [prepared.submission for prepared in tables]
    unit = reporting_unit(found, tables[0].file_name)
    if unit:
        return f"入库后记住，{_name(roster, unit)}以后上报不再询问，其他地区不受影响。"
    whole = level_words(roster.province).whole if roster else "各地"
    return f"入库后记住，{whole}的汇总表以后不再询问；各地没有另作说明的，也按此处理。"


def _name(roster: Roster | None, code: str) -> str:
    return roster.name_of(code) if roster else code


# -- what the file leaves open ----------------------------------------------------------------


def _asked(file: Arrived, question: str, codes: set[str], reasons: set[str]) -> bool:
    """A question stays on the card once it was asked, so that the answer can be changed."""
    return bool(codes & reasons) or f"{question}_{file.file_id}" in st.session_state


def ask(file: Arrived, tables: list[Prepared], province: str) -> None:
    """Only what the file leaves open: the day, the ledger, the region, the reason for a fall."""
    codes = {problem.code for prepared in tables for problem in prepared.problems}
    key = file.file_id
    if _asked(file, "as_of", codes, ASKS_FOR_DAY):
        st.date_input(
            "数据截至日期", value=None, key=f"as_of_{key}", max_value=today(), format="YYYY-MM-DD", width=220
        )
        _offer_day_of_filing(key, tables)
    if _asked(file, "place", codes, {"region_unknown", "place_contradicted"}):
        own = next((one.submission.roster for one in tables if one.submission.roster), None)
        names = [region.name for region in (own or load_roster(province)).regions]
        st.selectbox(
            "这是哪个地区的名单", names, index=None, key=f"place_{key}", placeholder="请选择地区", width=320
        )
    if _asked(file, "ledger", codes, {"no_ledger", "missing_column", *WHICH_LEDGER}):
        titles = {ledger.id: ledger.title for ledger in ledgers().values()}
        unknown = codes & {"no_ledger", *WHICH_LEDGER}
        question = "这是哪张台账" if unknown else "如果台账认错了，请选择是哪张台账"
        st.selectbox(
            literal(question), list(titles), index=None, format_func=titles.__getitem__, key=f"ledger_{key}",
            placeholder="请选择台账", width=320,
        )  # fmt: skip
    _ask_to_explain(key, tables)
    if codes & {"fell", "fell_with_reason", "falls_after", "falls_after_with_reason"}:
        _ask_reason(key, "累计数减少的原因", "例如：3家企业关停，经核实核减")
    elif codes & {"locked", "locked_with_reason"}:
        _ask_reason(key, "锁定后补报或更正的原因", "例如：系统迁移未能按时报送，经省级同意补报")


def _ask_reason(key: str, label: str, example: str) -> None:
    st.text_input(literal(label), key=f"reason_{key}", max_chars=200, placeholder=example)


def _offer_day_of_filing(key: str, tables: list[Prepared]) -> None:
    """The only day in the file may be the one on which it was filled in: a person says whether it is the figures'."""
    said = [p.value for table in tables for p in table.problems if p.code == "as_of_unknown" and p.value]
    day = date.fromisoformat(said[0]) if said else None
    if day and day <= today():
        st.button(
            literal(f"数据就是填报日期{chinese_day(day)}的"), key=f"filed_{key}",
            on_click=_answer_day, args=(key, day),
        )  # fmt: skip


def _answer_day(key: str, day: date) -> None:
    st.session_state[f"as_of_{key}"] = day
