"""Files that wait for their confirmation: how long, how much, and that nothing of them is left afterwards."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from tests.pages.screen import shown, texts
from tests.pages.test_upload_page import april, book, confirm, confirmation, numbers_of_snapshots, upload
from tests.pages.wording import english_words
from tests.reading.files import zipped
from zyb.reading.limits import MB
from zyb.ui.upload import confirming, door, file_card, problems, waiting
from zyb.ui.upload.waiting import MINUTES_KEPT, MOST_OF_ALL, MOST_OF_ONE, SECONDS_AWAY, Dropped, Room
from zyb.uploads import files_in

ME, YOU = "my tab", "your tab"
LARGE = bytes(45 * MB)


@dataclass
class Hall:
    """A room whose clock and connections a test turns."""

    now: float = 0.0
    connected: set[str] = field(default_factory=lambda: {ME, YOU, "test session id"})
    room: Room = field(init=False)

    def __post_init__(self) -> None:
        self.room = Room(lambda: self.now, lambda session: session in self.connected)

    def drop(self, name: str = "台账.csv", content: bytes = b"rows", session: str = ME) -> Dropped:
        file = self.room.take_in(session, name, name, content)
        self.room.look_into(session, file)
        return file

    def after(self, seconds: float) -> None:
        self.now += seconds
        self.room.sweep()


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def on_the_page(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    """The room that the page and Streamlit's door lead to."""
    for module in (waiting, file_card, confirming, door):
        monkeypatch.setattr(module, "the_room", lambda: hall.room)
    yield hall


def held(file: Dropped) -> bool:
    return file.content is not None


# -- how long ---------------------------------------------------------------------------------


def test_a_file_waits_as_long_as_somebody_looks_at_the_page(hall: Hall) -> None:
    file = hall.drop()
    for _ in range(9):
        hall.after(MINUTES_KEPT * 60 - 1)
        assert held(file)
        hall.room.look(ME)


def test_after_minutes_in_which_nobody_looked_it_is_released_and_says_why(hall: Hall) -> None:
    file, other = hall.drop(), hall.drop(session=YOU)
    hall.after(MINUTES_KEPT * 60 - 1)
    hall.room.look(YOU)
    hall.after(1)
    assert not held(file) and held(other)
    (card,) = file.cards()
    assert card.gone
    assert str(card.gone) == (
        "这个文件 10 分钟没有确认，已从内存中清除；没有入库，数据没有变化。如需上报，请在上方移除后重新拖入。"
    )


def test_a_file_that_is_taken_off_is_gone_at_once(hall: Hall) -> None:
    file, other = hall.drop("一.csv"), hall.drop("二.csv")
    hall.room.keep_only(ME, {"一.csv", "二.csv"})
    hall.room.keep_only(ME, {"二.csv"})
    assert not held(file) and held(other)
    hall.room.remove(ME, "二.csv")
    assert not held(other) and hall.room.weight == 0


@given(st.lists(st.tuples(st.sampled_from(["arrive", "take off", "draw", "draw late"]), st.integers(0, 5))))
def test_no_file_is_lost_by_a_page_that_was_asked_for_before_it_came(events: list[tuple[str, int]]) -> None:
    """A browser sends files while the page is drawn from the list that it had sent before."""
    hall = Hall()
    files: dict[str, Dropped] = {}
    there: list[str] = []
    asked_for: set[str] = set()
    for event, number in events:
        if event == "arrive":
            name = f"{len(files)}.csv"
            files[name] = hall.drop(name)
            there.append(name)
        elif event == "take off" and there:
            there.remove(there[number % len(there)])
        elif event == "draw":
            asked_for = set(there)
            hall.room.keep_only(ME, asked_for)
        elif event == "draw late":
            hall.room.keep_only(ME, asked_for)
            asked_for = set(there)
        assert all(held(files[name]) for name in there)
    hall.room.keep_only(ME, files)
    hall.room.keep_only(ME, there)
    assert [name for name in files if held(files[name])] == there


def test_a_closed_tab_takes_its_files_along_and_a_moment_without_network_does_not(hall: Hall) -> None:
    file, other = hall.drop(), hall.drop(session=YOU)
    hall.connected.remove(ME)
    hall.after(1)
    hall.after(SECONDS_AWAY - 1)
    hall.connected.add(ME)
    hall.after(1)
    assert held(file)
    hall.connected.remove(ME)
    hall.after(1)
    hall.after(SECONDS_AWAY)
    assert not held(file) and "连接断开后" in str(file.gone) and held(other)


def test_a_session_that_is_over_leaves_nothing(hall: Hall) -> None:
    file = hall.drop()
    hall.room.close(ME)
    assert not held(file) and hall.room.weight == 0


# -- how much ---------------------------------------------------------------------------------


def test_one_visitor_may_have_so_much_waiting_and_no_more(hall: Hall) -> None:
    files = [hall.drop(f"{number}.csv", LARGE) for number in range(16)]
    assert sum(map(held, files)) == MOST_OF_ONE // (2 * len(LARGE))
    assert hall.room.weight <= MOST_OF_ONE
    assert str(files[-1].gone) == (
        "您等待确认的文件连同读出的数据不能超过 500 MB，这个文件（45 MB）放不下，没有接收；没有入库，数据没有变化。"
        "请先确认入库或移除其他文件，再移除并重新拖入这个文件。"
    )
    assert held(hall.drop("别人的.csv", LARGE, YOU))


def test_all_visitors_together_may_have_so_much_waiting_and_no_more(hall: Hall) -> None:
    files = [hall.drop(f"{n}.csv", LARGE, session=f"tab {n}") for n in range(30)]
    assert sum(map(held, files)) == MOST_OF_ALL // (2 * len(LARGE))
    assert "所有人等待确认的文件连同读出的数据不能超过 1000 MB" in str(files[-1].gone)
    hall.after(MINUTES_KEPT * 60)
    assert held(hall.drop("后来.csv", LARGE))


def test_confirming_makes_room(hall: Hall) -> None:
    files = [hall.drop(f"{number}.csv", LARGE) for number in range(6)]
    assert not held(files[-1])
    (part,) = files[0].cards()
    hall.room.confirmed(part)
    assert not held(files[0]) and files[0].gone is None
    assert held(hall.drop("再来.csv", LARGE))


def test_a_zip_counts_as_what_it_unpacks_to_and_is_held_as_it_came(hall: Hall) -> None:
    content = zipped({"甲.csv": b"a,b\n" * MB, "乙.csv": b"c,d\n" * MB, "说明.pdf": b"%PDF" + LARGE[:MB]})
    file = hall.drop("各县.zip", content)
    assert file.content is content
    assert hall.room.weight == len(content) + 4 * MB + 4 * MB + MB + 4
    assert [(part.name, part.content()) for part in file.cards()] == files_in(content, "各县.zip")


def test_a_zip_that_unpacks_to_more_than_there_is_room_for_is_turned_away_whole(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "MOST_OF_ONE", 10 * MB)
    other = hall.drop("一.csv")
    file = hall.drop("各县.zip", zipped({f"县{number}.csv": b"a,b\n" * MB for number in range(4)}))
    assert not held(file) and held(other)
    assert "不能超过 10 MB，这个文件（解压后 16 MB）放不下" in str(file.gone)
    assert [card.name for card in file.cards()] == ["各县.zip"]


def test_the_bytes_of_a_zip_stay_until_its_last_part_is_confirmed(hall: Hall) -> None:
    file = hall.drop("各县.zip", zipped({"甲.csv": b"a,b", "乙.csv": b"c,d"}))
    first, second = file.cards()
    hall.room.confirmed(first)
    assert held(file) and second.content() == b"c,d"
    hall.after(MINUTES_KEPT * 60)
    done, gone = file.cards()
    assert (done.name, done.confirmed) == ("甲.csv", True), "what went in keeps its receipt"
    assert (gone.name, gone.confirmed) == ("乙.csv", False) and gone.gone


def test_a_damaged_zip_stays_one_file(hall: Hall) -> None:
    content = bytearray(zipped({"甲.csv": bytes(range(256)) * 9, "乙.csv": b"c,d"}))
    content[100] ^= 0xFF
    assert [card.name for card in hall.drop("各县.zip", bytes(content)).cards()] == ["各县.zip"]


# -- Streamlit's door -------------------------------------------------------------------------


def test_streamlit_keeps_names_and_the_room_the_bytes(on_the_page: Hall) -> None:
    manager = door.Door("/upload")
    for name in ("一.csv", "二.csv"):
        manager.add_file(ME, UploadedFileRec(name, name, "text/csv", b"rows"))
    assert [(file.name, file.data) for file in manager.get_files(ME, ["一.csv"])] == [
        ("一.csv", waiting.CAME_BY_THE_DOOR)
    ]
    one, other = (on_the_page.room.look(ME).files[name] for name in ("一.csv", "二.csv"))
    assert (one.content, other.content) == (b"rows", b"rows")
    manager.remove_file(ME, "一.csv")
    assert not held(one) and held(other)
    manager.remove_session_files(ME)
    assert not held(other)


def test_a_file_that_a_browser_shows_after_its_session_was_given_up_says_so(
    on_the_page: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "this_session", lambda: YOU)
    manager = door.Door("/upload")
    manager.add_file(ME, UploadedFileRec("one", "一.csv", "text/csv", b"rows"))
    manager.remove_session_files(ME)
    (record,) = manager.get_files(YOU, ["one"])
    (card,) = waiting.wait_here(UploadedFile(record, FileURLs())).cards()
    assert card.gone and "断开之前是否已经入库，请在“历史批次”中核对" in str(card.gone), "it may have gone in"


# -- the page ---------------------------------------------------------------------------------


def test_after_the_confirmation_nothing_of_the_file_is_held(data: object, on_the_page: Hall) -> None:
    page = upload(("四月.xlsx", book(april())))
    (file,) = on_the_page.room.look("test session id").files.values()
    (card,) = file.cards()
    assert card.work
    rows = weakref.ref(card.work.tables()[0].submission)
    page = confirm(page)
    assert "已入库" in shown(page) and "54.8% → 55.4%" in shown(page)
    assert not held(file) and on_the_page.room.weight == 0
    gc.collect()
    assert rows() is None
    page = page.run()
    assert "已入库" in shown(page) and "修改 1 行，不变 11 行" in shown(page)
    assert [one.proto.label for one in page.get("download_button")] == ["下载回执"]


def test_a_released_file_is_told_on_its_card_and_its_button_saves_nothing(
    data: object, on_the_page: Hall
) -> None:
    page = upload(("四月.xlsx", book(april())))
    before = numbers_of_snapshots()
    on_the_page.after(MINUTES_KEPT * 60)
    page = confirm(page)
    assert not page.exception
    assert numbers_of_snapshots() == before
    assert "这个文件 10 分钟没有确认，已从内存中清除；没有入库，数据没有变化。" in shown(page)
    assert confirmation(page) == [] and english_words(texts(page)) == []
    page = upload(("四月.xlsx", book(april())))
    assert confirmation(page) == ["确认入库"]


def test_a_file_for_which_there_is_no_room_has_a_card_that_says_so(
    data: object, on_the_page: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = book(april())
    monkeypatch.setattr(waiting, "MOST_OF_ONE", 5 * len(content))
    page = upload(("一.xlsx", content), ("二.xlsx", content), ("三.xlsx", content))
    assert shown(page).count("可以入库") == 2
    assert "这个文件（1 MB）放不下，没有接收" in shown(page)
    assert english_words(texts(page)) == []


def test_the_marked_workbook_can_be_fetched_while_the_file_waits(data: object, on_the_page: Hall) -> None:
    rows = [list(row) for row in april()]
    rows[5][0] = "宝鸡县"
    upload(("四月.xlsx", book(rows)))
    (file,) = on_the_page.room.look("test session id").files.values()
    (card,) = file.cards()
    assert problems._marked(card).startswith(b"PK")
    on_the_page.after(MINUTES_KEPT * 60)
    with pytest.raises(waiting.Gone):
        problems._marked(card)


def test_the_uploader_of_another_page_reads_its_file_in_the_room(
    on_the_page: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "this_session", lambda: ME)
    manager = door.Door("/upload")
    manager.add_file(ME, UploadedFileRec("id", "措辞.toml", "text/plain", b"words"))
    (record,) = manager.get_files(ME, ["id"])
    handle = UploadedFile(record, FileURLs())
    assert waiting.content_of(handle) == b"words"
    on_the_page.room.close(ME)
    with pytest.raises(waiting.Gone):  # and is not read as an empty file
        waiting.content_of(handle)
