"""报送日历: what will be due, as a calendar file (RFC 5545) that Outlook, phones and WPS take in."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from zyb.access import Permission, Viewer, insist
from zyb.periods import chinese_day
from zyb.rulebook.campaigns import closing_of
from zyb.rulebook.duties import Duty, DutySubject, DutyTerm, duties, duty_rules
from zyb.rulebook.measures import campaigns
from zyb.rulebook.regions import Region, Roster
from zyb.settings import DEMO_MARK
from zyb.standing.duties.submissions import coming_terms

PRODUCT = "-//zyb//duties//ZH"
# At nine in the morning three days before, when everybody is at work.
REMINDED = timedelta(hours=9) - timedelta(days=3)


def due_ahead(roster: Roster, region: Region | None, on: date) -> list[tuple[Duty, DutyTerm]]:
    """What anybody, or one region, will have to hand in from a day on; nothing of a campaign that will be over."""
    owed = [duty for duty in duties(roster.province) if _owing(duty, roster, region)]
    return [
        (duty, term)
        for duty, term in coming_terms(owed, on)
        if not (duty.campaign and closing_of(roster.province, duty.campaign, term.due))
    ]


def calendar_file(roster: Roster, region: Region | None, on: date, *, to: Viewer, warning: str = "") -> bytes:
    """An event a day that something is due, reminding three days before. The same again is the same events (UID).

    `NotPermitted` for whom it is not; `warning` marks invented data.
    """
    insist(to, Permission.EXPORT)
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("x-wr-calname", calendar_title(roster, region))
    for duty, term in due_ahead(roster, region, on):
        made.add_component(_event(duty, term, _owing(duty, roster, region), on, warning))
    return bytes(made.to_ical())


def calendar_title(roster: Roster, region: Region | None) -> str:
    return f"{roster.titled(region)}报送日历"


def calendar_name(roster: Roster, region: Region | None, on: date, warning: str = "") -> str:
    """陕西省西安市报送日历（2025年6月30日起）.ics"""
    mark = f"{DEMO_MARK}_" if warning else ""
    return f"{mark}{calendar_title(roster, region)}（{chinese_day(on)}起）.ics"


def _owing(duty: Duty, roster: Roster, region: Region | None) -> list[DutySubject]:
    return [one for one in duty.subjects(roster) if region is None or one.region_code == region.code]


def _event(duty: Duty, term: DutyTerm, owing: list[DutySubject], on: date, warning: str) -> Event:
    event = Event()
    event.add("uid", f"{duty.id}-{term.due}@zyb")
    event.add("dtstamp", datetime.combine(on, time(), UTC))
    event.add("dtstart", term.due)
    event.add("dtend", term.due + timedelta(days=1))
    event.add("summary", f"报送：{duty.title}（{term.label}）" if term.label else f"报送：{duty.title}")
    event.add("description", "\n".join(filter(None, _told(duty, owing, warning))))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{chinese_day(term.due)}前报送{duty.title}")
    alarm.add("trigger", REMINDED)
    event.add_component(alarm)
    return event


def _told(duty: Duty, owing: list[DutySubject], warning: str) -> tuple[str, ...]:
    whom = duty_rules().words.whom[duty.who]
    names = "、".join(one.name for one in owing)
    return (
        warning, f"由谁报送：{whom}（{names}）", f"专项：{campaigns()[duty.campaign]}" if duty.campaign else "",
        f"依据：{duty.basis}", f"原文：{duty.clause}", duty.note,
    )  # fmt: skip
