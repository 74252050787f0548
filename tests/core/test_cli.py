"""`python -m zyb`: exit codes, the shape of its JSON, and Chinese for whoever reads it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.books import NOTICE, NOTICE_MERGED, csv_bytes, notice_rows, xlsx
from zyb import cli
from zyb.cli import standing

HEAD = ("地区", "纳入治理企业数", "完成治理企业数")
OUTCOME = ["file", "status", "ledger", "province", "as_of", "snapshot", "rows", "regions", "problems"]
PROBLEM = ["severity", "code", "sheet", "cell", "value", "message", "remedy"]
STANDING = [
    "region", "numerator", "denominator", "value", "target", "pace", "gap", "remaining",
    "share_of_remaining", "rank", "verdict", "proposed_verdict", "override_reason", "as_of", "stale", "at_most", "asked", "regions", "regions_reported", "newly", "caveats",
]  # fmt: skip


@dataclass
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def zyb(tmp_path, monkeypatch, capsys) -> Callable[..., Answer]:
    """The command line on an empty data folder, in this process."""
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ZYB_PUBLISHED", "off")

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        return Answer(code, *capsys.readouterr())

    return run


@pytest.fixture
def file(tmp_path) -> Callable[..., Path]:
    """A progress table on disk."""

    def write(day: str = "2024年3月1日", figures=None, name: str = "进展.csv") -> Path:
        path = tmp_path / name
        rows = [(region, *numbers) for region, numbers in (figures or NOTICE).items()]
        path.write_bytes(csv_bytes([(f"陕西省专项治理（截至{day}）",), HEAD, *rows]))
        return path

    return write


# -- import -----------------------------------------------------------------------------------


def test_the_notices_workbook_goes_in_without_a_question(zyb, tmp_path):
    path = tmp_path / "进展.xlsx"
    path.write_bytes(xlsx(notice_rows(), merged=NOTICE_MERGED))
    answer = zyb("import", path, "--json")
    assert answer.code == 0
    assert answer.json == [
        {
            "file": "进展.xlsx", "status": "accepted", "ledger": "governance_progress", "province": "陕西省",
            "as_of": "2024-03-01", "snapshot": 1, "rows": 12, "regions": 12, "problems": [],
        }
    ]  # fmt: skip
    assert [list(outcome) for outcome in answer.json] == [OUTCOME]


def test_a_refused_file_ends_with_two_and_says_everything_at_once(zyb, file):
    answer = zyb("import", file(figures={"火星市": (1, 1), "西安市": (10, 11)}), "--json")
    assert answer.code == 2
    outcome = answer.json[0]
    assert (outcome["status"], outcome["snapshot"]) == ("refused", None)
    assert [(p["severity"], p["code"], p["cell"]) for p in outcome["problems"]] == [
        ("error", "unknown_region", "A3"), ("error", "exceeds", "C4"),
    ]  # fmt: skip
    assert [list(p) for p in outcome["problems"]] == [PROBLEM] * 2
    assert zyb("snapshots", "list", "--json").json == []


def test_an_unreadable_file_has_the_same_shape(zyb, tmp_path):
    path = tmp_path / "图片.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    answer = zyb("import", path, "--json")
    assert answer.code == 2
    outcome = answer.json[0]
    assert list(outcome) == OUTCOME
    assert (outcome["ledger"], outcome["province"], outcome["as_of"]) == (None, None, None)
    assert [list(p) for p in outcome["problems"]] == [PROBLEM]


def test_the_same_file_twice_is_done_and_says_so(zyb, file):
    path = file()
    zyb("import", path)
    answer = zyb("import", path, "--json")
    assert (answer.code, answer.json[0]["status"], answer.json[0]["snapshot"]) == (0, "duplicate", 1)


def test_a_dry_run_saves_nothing(zyb, file):
    answer = zyb("import", file(), "--dry-run", "--json")
    assert (answer.code, answer.json[0]["status"], answer.json[0]["snapshot"]) == (0, "accepted", None)
    assert zyb("snapshots", "list", "--json").json == []
    assert "仅校验" in zyb("import", file(), "--dry-run").out


@pytest.mark.parametrize(
    ("order", "told"), [(("三月.csv", "四月.csv"), "fell"), (("四月.csv", "三月.csv"), "falls_after")]
)
@pytest.mark.parametrize("dry", [["--dry-run"], []])
def test_files_of_one_command_are_held_against_each_other(zyb, file, order, told, dry):
    """April says less than March, in whatever order they stand, tried or imported."""
    paths = {
        "三月.csv": file("2024年3月31日", name="三月.csv"),
        "四月.csv": file("2024年4月30日", {**NOTICE, "西安市": (2367, 1377)}, "四月.csv"),
    }
    answer = zyb("import", *map(paths.__getitem__, order), *dry, "--json")
    first, second = answer.json
    assert (answer.code, first["status"], second["status"]) == (2, "accepted", "refused")
    assert [p["code"] for p in second["problems"] if p["severity"] == "error"] == [told]


def _said(answer) -> list[tuple[str, list[str]]]:
    return [(outcome["status"], [p["code"] for p in outcome["problems"]]) for outcome in answer.json]


@pytest.mark.parametrize(("days", "last"), [
    ((3, 3), ("duplicate", [])),
    ((4, 3), ("accepted", ["older_than_latest"])),
    ((3, 4), ("accepted", [])),
    ((3, 4, 3), ("duplicate", [])),
])  # fmt: skip
def test_a_dry_run_of_several_files_says_what_the_import_would(zyb, file, days, last):
    paths = [file(f"2024年{month}月1日", name=f"{at}.csv") for at, month in enumerate(days)]
    tried = _said(zyb("import", *paths, "--dry-run", "--json"))
    assert tried == _said(zyb("import", *paths, "--json"))
    assert tried[-1] == last


def test_a_corrected_file_and_the_first_one_again_are_three_imports(zyb, file):
    first, second = file(name="一.csv"), file(figures={**NOTICE, "西安市": (2367, 1379)}, name="二.csv")
    paths = (first, second, file(name="三.csv"))
    assert [status for status, _ in _said(zyb("import", *paths, "--dry-run", "--json"))] == [
        "accepted",
        "accepted",
        "refused",
    ]
    assert [status for status, _ in _said(zyb("import", *paths, "--json"))] == [
        "accepted",
        "accepted",
        "refused",
    ]


def test_what_a_dry_run_has_tried_already_has_no_number(zyb, file):
    path = file()
    assert zyb("import", path, path, "--dry-run", "--json").json[1]["snapshot"] is None
    assert "与前面的文件内容相同" in zyb("import", path, path, "--dry-run").out


def test_one_refused_file_among_good_ones_ends_with_two_and_keeps_the_good_ones(zyb, file):
    good, bad = file(), file(figures={"火星市": (1, 1)}, name="错.csv")
    answer = zyb("import", good, bad, "--json")
    assert (answer.code, [outcome["status"] for outcome in answer.json]) == (2, ["accepted", "refused"])
    assert [row["file_name"] for row in zyb("snapshots", "list", "--json").json] == ["进展.csv"]


def test_a_file_that_is_not_there_ends_with_one_and_nothing_is_half_done(zyb, file, tmp_path):
    answer = zyb("import", file(), tmp_path / "没有.xlsx")
    assert answer.code == 1
    assert answer.err == "无法打开文件“没有.xlsx”。请核对文件是否存在、是否有权读取。\n"
    assert zyb("snapshots", "list", "--json").json == []


def test_falling_figures_are_refused_and_with_a_reason_accepted_and_kept(zyb, file):
    zyb("import", file())
    fallen = file("2024年4月1日", {**NOTICE, "西安市": (2367, 1377)}, "四月.csv")
    refused = zyb("import", fallen, "--json")
    assert (refused.code, [p["code"] for p in refused.json[0]["problems"]]) == (2, ["fell"])
    accepted = zyb("import", fallen, "--reason", "两家企业关闭", "--by", "王五", "--json")
    assert (accepted.code, accepted.json[0]["status"]) == (0, "accepted")
    newest = zyb("snapshots", "list", "--json").json[0]
    assert (newest["reason"], newest["uploaded_by"]) == ("两家企业关闭", "王五")


def test_a_day_and_a_province_may_be_given(zyb, tmp_path):
    path = tmp_path / "表.csv"
    path.write_bytes(csv_bytes([HEAD, ("西安市", 10, 5)]))
    assert zyb("import", path).code == 2
    answer = zyb("import", path, "--as-of", "2024-03-01", "--province", "陕西", "--json")
    assert (answer.code, answer.json[0]["as_of"], answer.json[0]["province"]) == (0, "2024-03-01", "陕西省")


def test_the_words_for_people_name_cells_and_remedies(zyb, file):
    out = zyb("import", file(figures={"西安市": (10, 11)})).out
    assert "进展.csv：未入库" in out
    assert "[错误] C3：西安市的“完成治理企业数”为 11，大于“纳入治理企业数” 10。请核对这两个数" in out


# -- standings ----------------------------------------------------------------------------------


def test_standings_have_the_province_first_and_the_best_next(zyb, file):
    zyb("import", file())
    rows = zyb("standings", "governance_completion", "--json").json
    assert [list(row) for row in rows] == [STANDING] * 13
    assert [row["region"] for row in rows[:3]] == ["全省", "汉中市", "商洛市"]
    assert rows[0] == {
        "region": "全省", "numerator": 2575, "denominator": 4699, "value": 2575 / 4699, "target": 1.0,
        "pace": 547 / 1033, "gap": pytest.approx(2575 / 4699 - 547 / 1033), "remaining": 2124,
        "share_of_remaining": 1.0, "rank": None, "verdict": "达到序时",
        "proposed_verdict": "达到序时", "override_reason": None, "as_of": "2024-03-01", "stale": False, "at_most": None, "asked": None, "regions": None,
        "regions_reported": None, "newly": None, "caveats": None,
    }  # fmt: skip


def test_who_has_not_reported_has_nulls_and_no_zeros(zyb, file):
    zyb("import", file(figures={"西安市": (10, 5)}))
    rows = zyb("standings", "governance_completion", "--json").json
    silent = next(row for row in rows if row["region"] == "宝鸡市")
    assert silent == {
        **dict.fromkeys(STANDING), "region": "宝鸡市", "target": 1.0, "pace": 547 / 1033, "verdict": "未报送",
        "proposed_verdict": "未报送", "stale": False,
    }  # fmt: skip


def test_standings_as_csv_say_the_same(zyb, file):
    zyb("import", file())
    rows = list(csv.DictReader(io.StringIO(zyb("standings", "governance_completion", "--csv").out)))
    assert [row["region"] for row in rows] == [
        row["region"] for row in zyb("standings", "governance_completion", "--json").json
    ]
    assert float(rows[0]["value"]) == 2575 / 4699


def test_an_earlier_day_and_an_earlier_knowledge(zyb, file):
    zyb("import", file(figures={"西安市": (10, 5)}))
    zyb("import", file("2024年4月1日", {"西安市": (10, 8)}, "四月.csv"))

    def done(*more: str) -> int | None:
        return zyb("standings", "governance_completion", "--json", *more).json[0]["numerator"]

    assert done() == 8
    assert done("--on", "2024-03-31") == 5
    assert done("--on", "2024-02-01") is None
    first, second = (row["uploaded_at"] for row in reversed(zyb("snapshots", "list", "--json").json))
    assert done("--on", "2024-12-31", "--known-at", first) == 5
    assert done("--on", "2024-12-31", "--known-at", second) == 8
    assert done("--on", "2024-12-31", "--known-at", "2020-01-01") is None


def test_a_verdict_is_put_in_place_of_the_rules_and_taken_back(zyb, file):
    zyb("import", file())
    figures, subject = ("standings", "governance_completion"), ("延安市", "governance_completion")

    def told() -> tuple[str, str, str | None]:
        row = next(row for row in zyb(*figures, "--json").json if row["region"] == "延安市")
        return row["verdict"], row["proposed_verdict"], row["override_reason"]

    done = zyb("verdicts", "set", *subject, "相对滞后", "--reason", "集中验收", "--by", "李四")
    assert (done.code, done.out) == (0, "评价已调整。有新数据后按规则重新评价。\n")
    assert told() == ("相对滞后", "进展缓慢", "集中验收")
    assert "相对滞后（人工调整，规则评价：进展缓慢）" in zyb(*figures).out
    taken_back = zyb("verdicts", "unset", *subject, "--reason", "推迟", "--json").json
    assert taken_back["done"] and re.match(r"由李四于.*调整为“相对滞后”$", taken_back["before"])
    assert told() == ("进展缓慢", "进展缓慢", None)
    rows = zyb("verdicts", "list", "--json").json
    assert [(row["verdict"], row["reason"], row["recorded_by"]) for row in rows] == [
        (None, "推迟", "本机管理员"), ("相对滞后", "集中验收", "李四"),
    ]  # fmt: skip
    told = zyb("verdicts", "list").out
    assert "（撤销调整）" in told and "专项治理完成率" in told and "governance_completion" not in told


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("延安市", "全面完成"), "延安市还差108家，不能评为“全面完成”。请改选其他评价。"),
        (("延安市", "很好"), "没有评价“很好”。可用的评价：进展较快、达到序时、相对滞后。"),
        (("火星市", "相对滞后"), "陕西省没有填报地区“火星市”。"),
    ],
)
def test_a_verdict_that_cannot_be_is_refused_with_a_remedy(zyb, file, words, sentence):
    zyb("import", file())
    region, title = words
    answer = zyb("verdicts", "set", region, "governance_completion", title, "--reason", "原因")
    assert (answer.code, answer.err.startswith(sentence)) == (1, True)


def test_an_empty_store_answers_that_nobody_has_reported(zyb):
    answer = zyb("standings", "governance_completion", "--json")
    assert answer.code == 0
    assert {row["verdict"] for row in answer.json} == {"未报送"}
    assert "尚无数据" in zyb("standings", "governance_completion").out


# -- snapshots ----------------------------------------------------------------------------------


def test_the_register_and_a_withdrawal(zyb, file):
    zyb("import", file(), "--by", "张三")
    row = zyb("snapshots", "list", "--json").json[0]
    assert (row["id"], row["ledger"], row["province"], row["as_of"], row["uploaded_by"], row["withdrawn_at"]) == (
        1, "governance_progress", "陕西省", "2024-03-01", "张三", None,
    )  # fmt: skip
    gone = zyb("snapshots", "withdraw", "1", "--reason", "填错", "--json")
    assert (gone.code, gone.json["withdrawal_reason"]) == (0, "填错")
    assert "已撤回：填错" in zyb("snapshots", "list").out
    again = zyb("snapshots", "withdraw", "1", "--reason", "填错")
    assert again.code == 1
    assert re.fullmatch(r"批次1已由本机管理员于\d{4}年\d+月\d+日\d\d:\d\d撤回，不能重复撤回。\n", again.err)
    assert zyb("import", file(), "--json").json[0]["status"] == "accepted"


def test_the_register_of_one_province(zyb, file):
    zyb("import", file())
    assert len(zyb("snapshots", "list", "--province", "陕西", "--json").json) == 1
    assert zyb("snapshots", "list", "--province", "河北", "--json").json == []


# -- slips ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "缺少参数：命令。"),
        (("import",), "缺少参数：文件。"),
        (("fly",), "参数 命令 不能是“fly”。"),
        (("standings", "no_such_measure"), "没有指标“no_such_measure”。可用的指标：governance_completion"),
        (("standings", "governance_completion", "--province", "火星"), "没有名为“火星”的省级行政区。"),
        (("standings", "governance_completion", "--on", "昨天"), "日期“昨天”写法有误。"),
        (("standings", "governance_completion", "--on", "2024-02-30"), "日期“2024-02-30”写法有误。"),
        (("standings", "governance_completion", "--known-at", "昨天"), "时间“昨天”写法有误。"),
        (("standings", "governance_completion", "--colour"), "不认识的参数：--colour。"),
        (("import", "a.csv", "--ledger", "no_such_ledger"), "参数 --ledger 不能是“no_such_ledger”。"),
        (("import", "a.csv", "--as-of"), "参数 --as-of 后面缺少内容；以“-”开头的内容请用等号连写。"),
        (("snapshots", "withdraw", "一", "--reason", "填错"), "参数 批次号 应为数字，现为“一”。"),
        (("snapshots", "withdraw", "1"), "缺少参数：--reason。"),
        (("snapshots", "withdraw", "9", "--reason", "填错"), "没有批次9。"),
    ],
)
def test_a_slip_ends_with_one_and_a_chinese_sentence(zyb, arguments, said):
    answer = zyb(*arguments)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(said)
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    "arguments", [(), ("import",), ("standings",), ("snapshots",), ("snapshots", "withdraw")]
)
def test_the_help_is_chinese(zyb, arguments):
    answer = zyb(*arguments, "--help")
    assert answer.code == 0
    assert answer.out.startswith("用法：")
    assert not re.findall(r"usage|options|positional|arguments|show this|required", answer.out)
    explained = [
        line for line in answer.out.splitlines() if re.match(r"  +\S", line) and "  " in line.strip()
    ]
    assert explained and all(re.search(r"[\u4e00-\u9fff]", line) for line in explained)


def test_a_fault_in_the_program_is_logged_and_not_shown(zyb, monkeypatch, tmp_path):
    def broken(*arguments):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(standing, "report_days", broken)
    answer = zyb("standings", "governance_completion")
    assert answer.code == 1
    assert answer.err.startswith("程序内部错误") and "secret" not in answer.err
    assert "secret detail" in (tmp_path / "data" / "zyb.log").read_text(encoding="utf-8")


def test_a_data_folder_that_cannot_be_made_is_one_sentence(zyb, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "file" / "data"))
    answer = zyb("snapshots", "list")
    assert (answer.code, answer.err[:8]) == (1, "数据目录无法建立")


def test_a_fresh_installation_opens_on_the_published_figures(zyb, monkeypatch):
    monkeypatch.delenv("ZYB_PUBLISHED")
    rows = zyb("snapshots", "list", "--json").json
    assert {row["province"] for row in rows} == {"陕西省", "河北省"}
    assert all(row["source"] for row in rows)
    assert zyb("standings", "governance_completion", "--json").json[0]["numerator"] == 2575


def test_it_runs_as_a_module(tmp_path):
    """Once as a process of its own, the way a script calls it."""
    environment = {
        **os.environ,
        "ZYB_DATA": str(tmp_path),
        "ZYB_PUBLISHED": "off",
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(
        [sys.executable, "-m", "zyb", "snapshots", "list", "--json"],
        cwd=Path(cli.__file__).parents[2], env=environment, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode, json.loads(done.stdout), done.stderr) == (0, [], "")


# -- alerts -----------------------------------------------------------------------------------

ALERT = ["region", "measure", "state", "level", "since", "periods", "sentence", "owner", "due"]


def test_alerts_are_listed_claimed_and_released(zyb, file):
    zyb("import", file())
    about = ("榆林", "governance_completion")
    (row,) = zyb("alerts", "--region", "榆林", "--json").json
    assert list(row) == ALERT
    assert [row[name] for name in ALERT if name != "sentence"] == [
        "榆林市", "governance_completion", "预警", "提醒", "2024-03-01", 1, None, "2025-06-30",
    ]  # fmt: skip
    claimed = zyb("alerts", "claim", *about, "--by", "张三", "--cause", "停产", "--action", "督导", "--due", "2024-06-30")  # fmt: skip
    assert (claimed.code, claimed.out) == (0, "预警已认领。\n")
    (row,) = zyb("alerts", "--state", "已认领", "--json").json
    assert (row["region"], row["owner"], row["due"]) == ("榆林市", "张三", "2024-06-30")
    assert zyb("alerts", "note", *about, "--reason", "已电话了解").code == 0
    released = zyb("alerts", "release", *about, "--reason", "企业关停").out
    assert re.search(r"预警已解除。.*此前由张三于.*认领，责任人张三，期限2024年6月30日。", released)
    assert "榆林市" not in zyb("alerts", "--state", "预警").out
    assert "预警由本机管理员解除，原因：企业关停。" in zyb("alerts", "--region", "榆林").out


def test_the_alerts_of_another_day_measure_and_knowledge(zyb, file):
    zyb("import", file())
    assert zyb("alerts", "--on", "2024-02-01", "--json").json == []
    assert zyb("alerts", "--known-at", "2024-03-01", "--json").json == []
    assert zyb("alerts", "--measure", "governance_annual", "--on", "2024-03-01", "--json").json == []
    assert "没有符合条件的预警" in zyb("alerts", "--on", "2024-02-01").out
    assert "逾期" in zyb("alerts", "--on", "2025-07-01", "--region", "榆林").out


def test_figures_that_fell_stand_among_the_alerts(zyb, file):
    zyb("import", file())
    lower = file("2024年3月31日", {**NOTICE, "榆林市": (463, 80)}, "更正.csv")
    assert zyb("import", lower, "--reason", "剔除重复").code == 0
    (row,) = zyb("alerts", "--state", "数据存疑", "--json").json
    assert list(row) == ALERT
    assert (row["region"], row["measure"], row["level"]) == ("榆林市", "governance_progress", None)
    assert "数据存疑" in zyb("alerts").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--state", "好"), "没有状态“好”"),
        (("--measure", "好"), "没有指标“好”"),
        (("--region", "石家庄"), "没有填报地区“石家庄”"),
        (("release", "宝鸡", "governance_completion", "--reason", "核实"), "当前没有需要处理的预警"),
        (("claim", "宝鸡", "governance_completion"), "缺少参数：--cause, --action, --due"),
    ],
)
def test_an_alert_that_is_not_there_is_said_to_be_so(zyb, file, arguments, said):
    zyb("import", file())
    answer = zyb("alerts", *arguments)
    assert answer.code == 1
    assert said in answer.err


# -- report -----------------------------------------------------------------------------


@pytest.fixture
def reported(zyb, file) -> Callable[..., Answer]:
    """`report` after the notice's figures have come in."""
    zyb("import", file())
    return lambda *arguments: zyb("report", *arguments)


def test_a_report_is_written_under_its_own_name(reported, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    assert reported("text", "--out", out).code == 0
    (written,) = out.iterdir()
    assert written.name == "陕西省职业病危害专项治理进展通报（截至2024年3月1日）.txt"
    assert "已完成治理2575家、占纳入治理企业总数的54.8%" in written.read_text(encoding="utf-8-sig")


def test_a_bundle_holds_every_form_and_the_checklist(reported, tmp_path):
    assert reported("bundle", "--out", tmp_path / "all.zip").code == 0
    with zipfile.ZipFile(tmp_path / "all.zip") as bundle:
        names = bundle.namelist()
    assert [Path(name).suffix for name in names] == [".docx", ".pptx", ".xlsx", ".txt", ".docx"]
    assert names[-1] == "陕西省职业病危害专项治理进展通报校核单（截至2024年3月1日）.docx"


def test_a_failed_check_refuses_until_it_is_let_stand(zyb, file, tmp_path):
    """Eleven regions have not reported."""
    zyb("import", file(figures={"西安市": (2367, 1378)}))
    asked = ("report", "text", "--out", tmp_path / "out.txt")
    refused = zyb(*asked)
    assert refused.code == 2
    assert "有地区未报送：" in refused.err and "--accept reported" in refused.err
    assert not (tmp_path / "out.txt").exists()
    assert [
        check["id"] for check in json.loads(zyb(*asked, "--json").out)["checks"] if not check["passed"]
    ] == ["reported"]
    unknown = zyb(*asked, "--accept", "报送")
    assert unknown.code != 0 and "没有校核项“报送”" in unknown.err and "有地区未报送" in unknown.err
    assert zyb(*asked, "--accept", "有地区未报送").code == 0
    assert zyb(*asked, "--accept", "reported").code == 0
    assert "校核说明：有地区未报送——" in (tmp_path / "out.txt").read_text(encoding="utf-8-sig")


def test_a_supervision_sheet_wants_a_region(reported, tmp_path):
    asked = ("text", "--kind", "supervision", "--out", tmp_path / "sheet.txt")
    answer = reported(*asked)
    assert (answer.code, "请选择地区" in answer.err) == (1, True)
    assert reported(*asked, "--region", "榆林").code == 0
    assert "榆林市" in (tmp_path / "sheet.txt").read_text(encoding="utf-8-sig")
