"""What the command line says, on any console, to any reader, and file by file."""

from __future__ import annotations

import ast
import errno
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.books import NOTICE, csv_bytes
from zyb import cli
from zyb.cli import commands, standing
from zyb.cli.intake import importing
from zyb.cli.places import write_file
from zyb.errors import NotPossible, ZybError
from zyb.store import Store

ROOT = Path(__file__).resolve().parents[2]
HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
FULL = ZybError("原始文件没有保存：磁盘可能已满。", "请清理磁盘空间后重试。")
HOSTILE = "西安\x1b[2J\u202e\u200b\x9b"


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ZYB_PUBLISHED", "off")
    return tmp_path / "data"


@pytest.fixture
def file(tmp_path):
    def write(day: str, name: str, figures=NOTICE) -> str:
        rows = [(region, *numbers) for region, numbers in figures.items()]
        path = tmp_path / name
        path.write_bytes(csv_bytes([(f"陕西省专项治理（截至{day}）",), HEAD, *rows]))
        return str(path)

    return write


def test_only_the_terminals_own_module_prints():
    modules = list((ROOT / "zyb" / "cli").glob("*.py"))
    assert len(modules) > 5
    offenders = [
        f"{path.name}: {ast.unparse(node)[:60]}"
        for path in modules
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("print", "sys.std"))
        and path.name not in {"terminal.py"} and not ast.unparse(node.func).startswith("print_")
    ]  # fmt: skip
    assert offenders == []


# -- any console ------------------------------------------------------------------------------


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """As a console of Chinese Windows starts it."""
    console = {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0", "ZYB_DATA": str(folder)}
    command = [sys.executable, "-m", "zyb", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | console, capture_output=True, check=False)


def test_every_row_and_every_sentence_comes_through_a_console_that_is_not_utf8(tmp_path):
    figures = run(tmp_path, "standings", "governance_completion")
    assert (figures.returncode, figures.stderr) == (0, b"")
    lines = figures.stdout.decode("utf-8").splitlines()
    assert len(lines) == 15 and "−44.6" in lines[-1] and "杨凌示范区" in lines[-1]

    report = run(tmp_path, "report", "text", "--out", "-")
    assert (report.returncode, report.stderr) == (0, b"")
    text = report.stdout.decode("utf-8")
    assert "杨凌示范区" in text and "\r" not in text.replace(os.linesep, "\n") and text.endswith("\n")

    refused = run(tmp_path, "standings", "没有−的指标")
    assert refused.returncode == 1
    assert "没有−的指标" in refused.stderr.decode("utf-8") and "Traceback" not in refused.stderr.decode(
        "utf-8"
    )


# -- standard output --------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["word", "excel"])
def test_a_document_goes_out_as_the_bytes_of_its_file(form, tmp_path, monkeypatch, capsysbinary):
    monkeypatch.setenv("ZYB_DATA", str(tmp_path))
    assert cli.main(["report", form, "--out", "-"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"PK\x03\x04")


def test_a_document_is_not_thrown_at_a_screen(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ZYB_DATA", str(tmp_path))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert cli.main(["report", "word", "--out", "-"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "这种文件不能显示在屏幕上。请用 --out 写明文件名，或把输出转到文件。\n"


def test_a_report_on_standard_output_has_no_room_for_json(data, capsys):
    assert cli.main(["report", "text", "--out", "-", "--json"]) == 1
    assert "不能同时使用" in capsys.readouterr().err


def test_a_reader_who_has_seen_enough_stops_no_file_from_going_in(data, file, tmp_path):
    """`… | head -1`: the pipe breaks after the first line."""
    files = [file(f"2024年{month}月1日", f"{month}月.csv") for month in (3, 4, 5)]
    command = f"{sys.executable} -m zyb import {' '.join(files)} | head -1"
    environment = os.environ | {"ZYB_DATA": str(data), "ZYB_PUBLISHED": "off"}
    shown = subprocess.run(command, shell=True, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert (shown.stdout.decode(), shown.stderr) == ("3月.csv：已入库\n", b"")
    assert run(data, "snapshots", "list").stdout.decode().count(".csv") == 3


# -- nothing that a terminal obeys ----------------------------------------------------------------


def test_names_and_notes_cannot_steer_the_terminal(data, file, capsys):
    path = file("2024年3月1日", f"{HOSTILE}.csv".replace("\x9b", ""))
    assert cli.main(["import", path, "--by", f"{HOSTILE}\n批次 9 有效"]) == 0
    assert cli.main(["snapshots", "withdraw", "1", "--reason", f"{HOSTILE}\r\n二"]) == 0
    assert cli.main(["snapshots", "list"]) == 0
    assert cli.main(["import", f"{HOSTILE}没有.csv"]) == 1
    assert cli.main(["alerts", "--province", HOSTILE]) == 1
    for wrong in ([HOSTILE], ["snapshots", HOSTILE], ["snapshots", "list", HOSTILE]):
        with pytest.raises(SystemExit):
            cli.main(wrong)
    said = capsys.readouterr()
    assert not set("\x1b\u202e\u200b\x9b\r") & set(said.out + said.err)
    assert len([line for line in said.out.splitlines() if "有效" in line and not line.startswith("1 ")]) == 0
    assert cli.main(["snapshots", "list", "--json"]) == 0
    shown = capsys.readouterr().out
    assert not set("\x1b\u202e\u200b\x9b") & set(shown)
    assert json.loads(shown)[0]["uploaded_by"] == f"{HOSTILE}\n批次 9 有效"


# -- several files ----------------------------------------------------------------------------

FAULTS = {
    "a full disk": (FULL, "failed", 1, "磁盘可能已满"),
    "a refusal": (NotPossible("累计数减少。", "请说明原因。"), "refused", 2, "累计数减少"),
    "what nobody foresaw": (RuntimeError("FatalException"), "failed", 1, "zyb.log"),
}


@pytest.fixture
def second_fails(monkeypatch, capsys):
    """What was said by the time that the second file was to be saved."""
    heard: list[str] = []

    def fail_with(error: Exception) -> list[str]:
        accept = importing.accept_all

        def fails(store, tables, *, by):
            if tables[0].file_name != "二.csv":
                return accept(store, tables, by=by)
            heard.append(capsys.readouterr().out)
            raise error

        monkeypatch.setattr(importing, "accept_all", fails)
        return heard

    return fail_with


@pytest.fixture
def three(file) -> list[str]:
    return [file(f"2024年{month}月1日", f"{name}.csv") for month, name in ((3, "一"), (4, "二"), (5, "三"))]


@pytest.mark.parametrize("fault", FAULTS)
def test_each_file_is_told_as_what_became_of_it(fault, data, three, second_fails, capsys):
    error, status, code, words = FAULTS[fault]
    heard = second_fails(error)
    assert cli.main(["import", *three]) == code
    assert heard[0].startswith("一.csv：已入库\n"), "told as it happened"
    out, err = capsys.readouterr()
    assert out.startswith("二.csv：未") and words in out
    assert "三.csv：已入库\n" in out
    assert (f"二.csv：{error if isinstance(error, ZybError) else ''}" in err) == (status == "failed")
    assert "Traceback" not in out + err


@pytest.mark.parametrize("fault", FAULTS)
def test_json_tells_every_file_too(fault, data, three, second_fails, capsys):
    error, status, code, words = FAULTS[fault]
    second_fails(error)
    assert cli.main(["import", *three, "--json"]) == code
    outcomes = json.loads(capsys.readouterr().out)
    assert [outcome["status"] for outcome in outcomes] == ["accepted", status, "accepted"]
    assert [outcome["snapshot"] for outcome in outcomes] == [1, None, 2]
    assert len({tuple(outcome) for outcome in outcomes}) == 1, "one shape"
    assert words in outcomes[1]["problems"][-1]["message"]
    assert list(outcomes[1]["problems"][-1]) == [
        "severity", "code", "sheet", "cell", "value", "message", "remedy"
    ]  # fmt: skip


def test_our_own_fault_goes_before_one_in_a_file(data, file, second_fails, capsys):
    second_fails(FULL)
    files = [file("2024年3月1日", "一.csv", {"火星市": (1, 1)}), file("2024年4月1日", "二.csv")]
    assert cli.main(["import", *files]) == 1
    assert cli.main(["import", files[0]]) == 2


def test_a_file_that_cannot_even_be_prepared_has_the_same_shape(data, three, monkeypatch, capsys):
    prepare = importing.prepare_all

    def breaks(store, content, name, *rest):
        if name == "二.csv":
            raise MemoryError
        return prepare(store, content, name, *rest)

    monkeypatch.setattr(importing, "prepare_all", breaks)
    assert cli.main(["import", *three, "--json"]) == 1
    outcomes = json.loads(capsys.readouterr().out)
    assert [outcome["status"] for outcome in outcomes] == ["accepted", "failed", "accepted"]
    assert len({tuple(outcome) for outcome in outcomes}) == 1


# -- Ctrl-C ------------------------------------------------------------------------------------


def press_ctrl_c() -> None:
    signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize(
    ("where", "what", "second", "said"),
    [
        ("prepare_all", press_ctrl_c, "failed", "已中断，没有入库。"),
        ("prepare_all", lambda: (suppressed(press_ctrl_c), fail()), "failed", "已中断，没有入库。"),
        ("prepare_all", lambda: suppressed(press_ctrl_c), "failed", "已中断，没有入库。"),
        ("accept_all", press_ctrl_c, "accepted", ""),
    ],
    ids=["while it is read", "a library makes another error of it", "a library swallows it", "while it is saved"],
)  # fmt: skip
def test_ctrl_c_ends_the_file_in_hand_and_begins_no_other(
    data, file, monkeypatch, capsys, where, what, second, said
):
    real, calls = getattr(importing, where), []

    def pressed(*arguments, **named):
        calls.append(1)
        if len(calls) == 2:
            what()
        return real(*arguments, **named)

    monkeypatch.setattr(importing, where, pressed)
    names = [file(f"2024年{month}月1日", f"{month}.csv") for month in (3, 4, 5)]
    assert cli.main(["import", *names, "--json"]) == cli.FAILED
    outcomes = json.loads(capsys.readouterr().out)
    assert [outcome["status"] for outcome in outcomes] == ["accepted", second, "failed"]
    assert [problem["message"] for problem in outcomes[1]["problems"] if said] == ([said] if said else [])
    assert outcomes[2]["problems"][0]["message"] == "此前已中断，没有处理，没有入库。"
    assert cli.main(["snapshots", "list", "--json"]) == cli.DONE
    saved = 1 + (second == "accepted")
    assert len(json.loads(capsys.readouterr().out)) == saved


def suppressed(act) -> None:
    with suppress(KeyboardInterrupt):
        act()


def fail() -> None:
    raise RuntimeError("Query interrupted")


def test_ctrl_c_in_any_other_command_is_told_in_chinese(data, monkeypatch, capsys):
    monkeypatch.setattr(commands, "open_store", press_ctrl_c)
    assert cli.main(["snapshots", "list"]) == cli.FAILED
    assert capsys.readouterr() == ("", "已中断，操作可能没有完成，请核对后再决定是否重试。\n")


def test_ctrl_c_after_a_file_was_saved_calls_it_saved(data, file, monkeypatch, capsys):
    real = importing._outcome
    monkeypatch.setattr(importing, "_outcome", lambda *said: (press_ctrl_c(), real(*said))[1])
    assert cli.main(["import", file("2024年3月1日", "三.csv"), file("2024年4月1日", "四.csv")]) == cli.FAILED
    out = capsys.readouterr().out
    assert "三.csv：已入库" in out and "四.csv：未能入库" in out and "此前已中断" in out


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
@pytest.mark.parametrize("seconds", [0.15, 0.5])
def test_ctrl_c_while_the_program_is_loading_has_no_trace(tmp_path, seconds):
    command = [sys.executable, "-m", "zyb", "snapshots", "list"]
    environment = {**os.environ, "ZYB_DATA": str(tmp_path)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    # Before the first line of ours Python ends by the signal, or with a trace of its own files.
    assert process.returncode in (-signal.SIGINT, 1), err
    assert b"zyb" not in err, "a trace of ours"
    if process.returncode == 1:
        assert "已中断" in err.decode() or b"Traceback" in err


# -- an output that takes nothing ----------------------------------------------------------------


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize("as_json", [[], ["--json"]])
def test_what_could_not_be_told_was_done_and_is_called_so(data, file, as_json):
    names = [file("2024年3月1日", "三.csv"), file("2024年4月1日", "四.csv")]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "zyb", "import", *names, *as_json], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "结果没有完整写出：磁盘已满。命令已经执行完毕，如有改动即已生效；请核对后再决定是否重试。\n"
    )
    with closing(Store(data)) as store:
        assert len(store.snapshots()) == 2


def test_an_output_that_is_closed_is_no_fault_of_the_work(data, file, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdout", None)
    assert cli.main(["import", file("2024年3月1日", "三.csv")]) == cli.FAILED
    assert "结果没有完整写出：输出已关闭" in capsys.readouterr().err
    with closing(Store(data)) as store:
        assert len(store.snapshots()) == 1


def test_a_document_on_a_full_disk_leaves_the_older_one_whole(tmp_path, monkeypatch):
    path = tmp_path / "通报.docx"
    path.write_bytes(b"older")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ZybError, match="无法写入文件夹"):
        write_file(path, b"newer")
    assert path.read_bytes() == b"older" and [one.name for one in tmp_path.iterdir()] == ["通报.docx"]


def test_a_document_may_have_the_longest_name_that_a_disk_takes(tmp_path):
    path = tmp_path / ("汇" * 83 + ".docx")  # 254 bytes
    write_file(path, b"words")
    assert path.read_bytes() == b"words" and len(list(tmp_path.iterdir())) == 1


# -- words in other encodings --------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="names there are always text")
def test_a_name_in_the_encoding_of_older_systems_is_read_and_kept_as_text(data, file, tmp_path, capsys):
    old = os.fsencode(tmp_path) + b"/" + "陕西四月.csv".encode("gb18030")
    Path(file("2024年4月1日", "四月.csv")).rename(os.fsdecode(old))
    assert cli.main(["import", os.fsdecode(old), "--json"]) == cli.DONE
    assert json.loads(capsys.readouterr().out)[0]["file"] == "陕西四月.csv"
    assert cli.main(["import", os.fsdecode(old + b"x")]) == cli.FAILED
    assert "无法打开文件“陕西四月.csvx”" in capsys.readouterr().err


def test_words_in_another_encoding_are_refused_and_nothing_is_kept(data, file, capsys):
    odd = "陕西".encode("gb18030").decode("utf-8", "surrogateescape")
    assert cli.main(["import", file("2024年4月1日", "四月.csv"), "--reason", odd]) == cli.FAILED
    assert "参数“reason”的内容不是 UTF-8 编码" in capsys.readouterr().err
    assert cli.main(["snapshots", "list", "--json"]) == cli.DONE
    assert json.loads(capsys.readouterr().out) == []


def test_words_without_end_are_not_repeated_to_whoever_sent_them(data, capsys):
    assert cli.main(["standings", "某" * 3_000]) == cli.FAILED
    assert capsys.readouterr().err == "参数“measure”的内容超过 1000 字。请精简后重试。\n"


def test_a_data_folder_that_is_no_text_is_refused(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("ZYB_DATA", f"{tmp_path}/\udcc9")
    assert cli.main(["snapshots", "list"]) == cli.FAILED
    assert "数据目录（设置 ZYB_DATA）的路径中有无法识别的字符" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows writes names in Unicode, whatever its language")
def test_a_system_without_chinese_names_is_told_so(tmp_path):
    folder = {"ZYB_DATA": str(tmp_path), "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8"}
    command = [
        sys.executable,
        "-c",
        "import sys; from zyb.cli import main; sys.exit(main(['snapshots', 'list']))",
    ]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **folder}, capture_output=True)
    assert (done.returncode, "系统的语言设置不支持中文文件名" in done.stderr.decode()) == (1, True)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31"])
@pytest.mark.parametrize("option", ["--on", "--known-at"])
def test_a_day_beyond_all_figures_is_a_slip(data, capsys, option, day):
    assert cli.main(["standings", "governance_completion", option, day]) == cli.FAILED
    assert "写法有误" in capsys.readouterr().err


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
def test_a_moment_beyond_the_calendar_is_a_slip(data, capsys, moment):
    assert cli.main(["standings", "governance_completion", "--known-at", moment]) == cli.FAILED
    assert f"时间“{moment}”写法有误" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["import", "坏的.csv"], 2, "命令没有全部完成"),
        (["snapshots", "list"], 1, "命令已经执行完毕，如有改动即已生效"),
        (["--help"], 1, "没有完整写出：磁盘已满。"),
        (["--version"], 1, "没有完整写出：磁盘已满。"),
    ],
)
def test_what_could_not_be_told_is_told_as_what_it_was(data, tmp_path, arguments, code, said):
    (tmp_path / "坏的.csv").write_text("地区,数\n火星市,1\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "zyb", *arguments], cwd=tmp_path, env=environment, stdout=full, stderr=subprocess.PIPE,
            check=False,
        )  # fmt: skip
    assert (done.returncode, said in done.stderr.decode()) == (code, True), done.stderr.decode()


@pytest.mark.parametrize("name", ["长" * 90, "长" * 90 + ".txt"], ids=["a folder", "a file"])
def test_a_name_that_no_disk_can_hold_is_told(data, file, capsys, tmp_path, name):
    assert cli.main(["import", file("2024年3月1日", "三.csv")]) == cli.DONE
    assert cli.main(["report", "text", "--on", "2024-03-01", "--out", str(tmp_path / name)]) == cli.FAILED
    said = capsys.readouterr().err
    assert "无法写入文件夹" in said and "名称" in said and "程序内部错误" not in said


def test_a_want_of_memory_is_called_so(data, capsys, monkeypatch):
    monkeypatch.setattr(standing, "report_days", lambda *_: (_ for _ in ()).throw(MemoryError()))
    assert cli.main(["standings", "governance_completion"]) == cli.FAILED
    assert "可用内存不足" in capsys.readouterr().err
