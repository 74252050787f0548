"""A damaged, cut, full or read-only data folder: each is called by its name, and nothing that was there is lost."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.core.test_store import contents, progress, save
from tests.disks import MB, leave_free, make_read_only, may_mount, small_disk
from zyb.errors import StoreBusy, ZybError
from zyb.store import DiskFull, Store, Unsure, database, watermark
from zyb.store.faults import KINDS, told

needs_mount = pytest.mark.skipif(not may_mount(), reason="a small disk can only be mounted by root on Linux")
BLOCK = 262144


@pytest.fixture
def kept(store: Store) -> Path:
    """The folder of a closed store with one snapshot."""
    save(store)
    store.close()
    return store.folder


# -- what the libraries say -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("IO Error: Could not set lock on file \"/x/zyb.duckdb\": Conflicting lock is held in python", "占用"),
        ("Corrupt database file: computed checksum 1 does not match stored checksum 2 in block at location 12288", "已损坏"),
        ("IO Error: The file \"/x\" exists, but it is not a valid DuckDB database file!", "已损坏"),
        ("IO Error: Could not read enough bytes from file \"/x\": attempted to read 4096 bytes", "已损坏"),
        ("Failed to commit: Could not write file \"/x.wal\": No space left on device", "磁盘已满"),
        ("IO Error: Cannot open file \"/x\": Read-only file system", "只读"),
        ("IO Error: Cannot open file \"/x\": Permission denied", "只读"),
        ("FATAL Error: Failed: database has been invalidated because of a previous fatal error. Original error: \"No space left on device\"", "重新打开"),
        ("INTERNAL Error: Attempted to access index 0 within vector of size 0", "内部错误"),
    ],
)  # fmt: skip
def test_each_kind_of_fault_has_its_own_sentence(said, means):
    sentence = told(duckdb.Error(said))
    assert sentence is not None and means in sentence.message and sentence.remedy
    assert "/x" not in str(sentence)
    assert isinstance(sentence, StoreBusy) == (means == "占用")


def test_a_fault_of_our_own_is_no_damage():
    assert told(duckdb.BinderException('Binder Error: column "block" not found, no lock held')) is None


@pytest.mark.parametrize(
    ("number", "means"),
    [(errno.ENOSPC, "已满"), (errno.EROFS, "只读"), (errno.EACCES, "只读"), (errno.ENOENT, None)],
)
def test_the_system_numbers_its_faults(number, means):
    sentence = told(OSError(number, "whatever it says"))
    assert (means in sentence.message) if means and sentence else sentence is None


def test_every_sentence_says_what_to_do():
    assert len(KINDS) == 8
    for kind in KINDS:
        assert kind.message.endswith("。") and kind.remedy.endswith("。")


# -- the database file ------------------------------------------------------------------------


@pytest.mark.parametrize("size", [0, 1, 100, 4096, 12288, 12388, 12288 + BLOCK, -BLOCK, -4096, -1])
def test_a_file_that_was_cut_short_is_refused_when_it_is_opened(kept, size):
    file = kept / "zyb.duckdb"
    file.write_bytes(file.read_bytes()[:size])
    with pytest.raises(ZybError, match=r"已损坏或不完整.*备份恢复"):
        Store(kept)


@pytest.mark.parametrize("at", [0, 8, 4096 + 20, 8192 + 20, 12288 + 300])
def test_a_flipped_bit_is_damage_and_no_other_program(kept, at):
    file = kept / "zyb.duckdb"
    content = bytearray(file.read_bytes())
    content[at] ^= 0x10
    file.write_bytes(bytes(content))
    with pytest.raises(ZybError, match="已损坏") as caught:
        Store(kept).snapshots()
    assert not isinstance(caught.value, StoreBusy)


def test_a_sound_file_with_free_blocks_cut_off_at_its_end_opens(store):
    """DuckDB counts them still; a check that took them for damage would lock people out."""
    for number in range(3):
        save(store, content=b"%d" % number)
        with store._cursor() as cursor:
            cursor.execute("create table filled as select range as a, hash(range) as b from range(300000)")
            cursor.execute("checkpoint")
            cursor.execute("drop table filled")
    store.close()
    for _ in range(3):
        again = Store(store.folder)
        assert len(again.snapshots()) == 3
        again.close()


# -- the log ------------------------------------------------------------------------------------


@pytest.fixture
def logged(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder whose second snapshot stands in the log alone, as a crash leaves it."""
    save(store)
    with monkeypatch.context() as patched:
        patched.setattr(Store, "_has_room", lambda self: False)
        save(store, progress("2024年3月2日"), b"second")
    return Path(shutil.copytree(store.folder, tmp_path / "crashed"))


def test_what_stands_in_the_log_alone_is_there_after_a_crash(logged):
    reopened = Store(logged)
    assert [snapshot.id for snapshot in reopened.snapshots()] == [2, 1] and reopened.troubles == []
    reopened.close()


@pytest.mark.parametrize("left", [None, 0, 10, 100, -1, -100])
def test_a_log_that_is_shorter_than_it_was_or_gone_is_noticed_until_somebody_takes_note(logged, left):
    log = logged / "zyb.duckdb.wal"
    log.unlink() if left is None else log.write_bytes(log.read_bytes()[:left])
    for _ in range(2):
        reopened = Store(logged)
        assert len(reopened.snapshots()) == 1
        (sentence,) = reopened.troubles
        assert "少了记录" in sentence and "上报 批次2" in sentence and "备份恢复" in sentence
        assert reopened.sweep() == 0, "the original is all that is left of it"
        reopened.close()
    reopened.take_note_of_loss(by="管理员")
    assert reopened.troubles == [] and reopened.audit_lines()[0][2] == "核对缺失"
    reopened.close()
    assert Store(logged).troubles == []


def test_a_log_with_a_flipped_bit_is_damage(logged):
    log = logged / "zyb.duckdb.wal"
    content = bytearray(log.read_bytes())
    content[len(content) // 2] ^= 1
    log.write_bytes(bytes(content))
    with pytest.raises(ZybError, match="已损坏"):
        Store(logged)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"line": 9}',
        '{"line": 9, "at": "x", "said": "", "lost": ""}',
        "\0\xff",
        '{"line": 99, "at": "9999-12-31T23:59:59", "said": "", "lost": ""}',
        '{"line": 99, "at": "2024-03-01T08:00:00", "said": "\\ud800", "lost": ""}',
    ],
)
def test_a_watermark_that_is_not_whole_says_nothing(kept, text):
    (kept / watermark.FILE).write_text(text, encoding="utf-8")
    reopened = Store(kept)
    assert reopened.troubles == []
    reopened.close()


def test_after_an_upload_the_log_is_empty_also_in_a_database_that_was_opened_before(kept):
    store = Store(kept)
    for number in range(3):
        save(store, content=b"%d" % number)
        assert not (kept / "zyb.duckdb.wal").exists()
    store.close()


def test_a_checkpoint_that_fails_is_logged_and_tried_again(store, monkeypatch, caplog):
    monkeypatch.setattr(database, "AGAIN", 0.05)
    monkeypatch.setattr(Store, "_has_room", lambda self: False)
    save(store)
    assert store.unfolded and "log was not folded in" in caplog.text
    monkeypatch.undo()
    assert store._later is not None
    store._later.join(timeout=10)
    assert not store.unfolded and not (store.folder / "zyb.duckdb.wal").exists()


def test_a_reader_that_stopped_halfway_keeps_no_log_alive(store):
    """Not only is no result left open: one that is does no harm either."""
    save(store)
    with store._cursor() as reader:
        reader.execute("select * from tallies, range(100000)").fetchone()
        save(store, progress("2024年3月2日"), b"second")
    save(store, progress("2024年3月3日"), b"third")
    assert not store.unfolded and not (store.folder / "zyb.duckdb.wal").exists()


# -- a full disk --------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 24 * MB) as place:
        yield place


@needs_mount
def test_no_room_for_the_log_means_not_saved_and_works_on_when_there_is(disk):
    store = Store(disk)
    save(store)
    before = contents(store)
    filler = leave_free(disk, 0)
    with pytest.raises(DiskFull, match=r"磁盘已满，没有保存。请清理"):
        save(store, progress("2024年3月2日"), b"second")
    assert contents(store) == before and len(store.troubles) == 0
    filler.unlink()
    assert save(store, progress("2024年3月2日"), b"second") and len(store.snapshots()) == 2
    store.close()


@needs_mount
@pytest.mark.parametrize(
    "knows", [True, False], ids=["room is looked at", "the disk is full without warning"]
)
def test_no_room_for_the_checkpoint_means_saved_and_its_original_is_kept(disk, monkeypatch, knows):
    store = Store(disk)
    save(store)
    if not knows:
        monkeypatch.setattr(Store, "_has_room", lambda self: True)
    filler = leave_free(disk, 60 << 10)
    number = save(store, progress("2024年3月2日"), b"second")
    assert (number, store.unfolded) == (2, True)
    assert store.original(store.snapshot(2).sha256) == b"second"
    assert len(store.snapshots()) == 2
    monkeypatch.undo()
    assert ["空间不足" in sentence for sentence in store.troubles] == [True]
    filler.unlink()
    assert store.troubles == []
    assert save(store, progress("2024年3月3日"), b"third") == 3
    assert not store.unfolded
    store.close()


def test_whether_a_commit_that_failed_went_in_is_looked_up(store, monkeypatch):
    """Saved or not is what the database says when it is opened anew, never what the fault suggests."""

    class Cursor:
        def __init__(self, real, first):
            self.real, self.first = real, first

        def execute(self, query, *values):
            if query == "commit":
                if self.first:
                    self.real.execute("commit")
                raise duckdb.IOException("IO Error: Could not fsync file: No space left on device")
            return self.real.execute(query, *values)

        def __getattr__(self, name):
            return getattr(self.real, name)

    commit = Store._commit
    monkeypatch.setattr(Store, "_commit", lambda self, cursor, last: commit(self, Cursor(cursor, True), last))
    assert save(store) == 1 and len(store.snapshots()) == 1
    monkeypatch.setattr(
        Store, "_commit", lambda self, cursor, last: commit(self, Cursor(cursor, False), last)
    )
    with pytest.raises(DiskFull):
        save(store, progress("2024年3月2日"), b"second")
    assert len(store.snapshots()) == 1 and len(list(store.uploads.iterdir())) == 1


def test_what_cannot_be_known_is_said_and_its_original_is_kept(store, monkeypatch):
    save(store)
    monkeypatch.setattr(database, "PATIENCE", 0.0)

    def gone(self):
        raise ZybError("打不开")

    monkeypatch.setattr(Store, "_commit", lambda self, cursor, last: self._went_in(last, duckdb.Error("x")))
    monkeypatch.setattr(Store, "close", lambda self: monkeypatch.setattr(Store, "_connect", gone))
    with pytest.raises(Unsure, match=r"无法确认是否已经保存.*核对"):
        save(store, progress("2024年3月2日"), b"second")
    monkeypatch.undo()
    assert len(list(store.uploads.iterdir())) == 2


# -- read-only ------------------------------------------------------------------------------------


@needs_mount
def test_a_read_only_folder_says_read_only(disk):
    store = Store(disk)
    save(store)
    store.close()
    make_read_only(disk)
    with pytest.raises(ZybError, match="只读"):
        Store(disk)


@needs_mount
def test_a_missing_folder_on_a_read_only_disk_says_read_only(disk):
    make_read_only(disk)
    with pytest.raises(ZybError, match="只读"):
        Store(disk / "data")


# -- what is left over ------------------------------------------------------------------------------


def test_leftovers_of_a_killed_upload_go_and_nothing_else_does(store):
    save(store, content=b"kept")
    (store.uploads / "incoming-abc_1234").write_bytes(b"half")
    (store.uploads / ("0" * 64)).write_bytes(b"an original whose snapshot never was")
    (store.uploads / "说明.txt").write_text("somebody's own")
    (store.uploads / "incoming-notes.txt").write_text("nor is this ours")
    (store.uploads / ("1" * 64)).mkdir()
    assert store.sweep() == 2
    assert [file.name for file in (store.folder / "unclaimed").iterdir()] == ["0" * 64]
    assert sorted(file.name for file in store.uploads.iterdir()) == sorted(
        [store.snapshots()[0].sha256, "说明.txt", "incoming-notes.txt", "1" * 64]
    )


# -- originals --------------------------------------------------------------------------------------


@pytest.mark.parametrize("fails", [False, True], ids=["saved", "not saved"])
def test_a_damaged_original_is_put_right_by_the_same_bytes_whatever_becomes_of_the_upload(
    store, monkeypatch, fails
):
    number = save(store, content=b"original")
    sha256 = store.snapshot(number).sha256
    (store.uploads / sha256).write_bytes(b"0riginal")
    with pytest.raises(ZybError, match="已损坏"):
        store.original(sha256)
    if fails:
        monkeypatch.setattr("zyb.store.snapshots.audit", lambda *arguments: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            save(store, progress("2024年3月2日"), b"original")
    else:
        save(store, progress("2024年3月2日"), b"original")
    assert store.original(sha256) == b"original"


@pytest.mark.parametrize("fault", [OSError(5, "the disk went away"), KeyboardInterrupt()])
@pytest.mark.parametrize("step", ["fold", "_has_room"])
def test_nothing_that_goes_wrong_after_the_commit_takes_the_original_away(store, monkeypatch, fault, step):
    def failing(self):
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(Store, step, failing)
        try:
            save(store)
        except KeyboardInterrupt:
            assert isinstance(fault, KeyboardInterrupt)
    assert store.original(store.snapshots()[0].sha256) == b"bytes"


def test_a_commit_that_was_interrupted_is_looked_up(store, monkeypatch):
    commit = Store._commit

    class Interrupted:
        def __init__(self, cursor):
            self.cursor = cursor

        def execute(self, query):
            self.cursor.execute(query)
            raise RuntimeError("Query interrupted")

    monkeypatch.setattr(Store, "_commit", lambda self, cursor, last: commit(self, Interrupted(cursor), last))
    assert save(store) == 1 and store.has_original(store.snapshot(1).sha256)
