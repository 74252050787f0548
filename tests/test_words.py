"""Words that describe the program stay true: README, docs, the guide to the rules, the users' guide, the pictures."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from tests.recipes import recipes, rules_with, section
from tests.screenshots import LARGEST, SCENES, SIZE, WRONG, picture_of, workbook
from tests.spec.conftest import Province
from tests.test_architecture import LINE
from zyb import __version__, cli
from zyb.briefing.composing import compose
from zyb.briefing.model import Request
from zyb.intake.cells.as_of import find_as_of
from zyb.intake.cells.values import count
from zyb.periods import Window
from zyb.reading import BULK_LIMITS, LIMITS
from zyb.reading.limits import GB, MB
from zyb.reading.refusals import REFUSALS
from zyb.rulebook import toml
from zyb.rulebook.book import RULES as SHIPPED
from zyb.rulebook.book import Rulebook, using
from zyb.rulebook.checks.cross_checks import cross_checks, finding_states
from zyb.rulebook.duties import every_duty
from zyb.rulebook.ledgers import ledgers
from zyb.rulebook.measures import measures
from zyb.rulebook.places.aliases import read_aliases
from zyb.rulebook.places.divisions import provinces
from zyb.rulebook.problems import catalogue
from zyb.rulebook.regions import load_roster
from zyb.rulebook.verdicts import verdicts
from zyb.store import Store
from zyb.ui.frame.navigation import pages
from zyb.ui.help import guide
from zyb.ui.help.guide import RulesBlock
from zyb.ui.upload.waiting import MINUTES_KEPT, MOST_OF_ALL, MOST_OF_ONE
from zyb.wording.templates import wording

ROOT = Path(__file__).resolve().parents[1]
NAMED_PLACE = re.compile(r"^(?:\.?[\w.-]+/)[\w./-]*$|^(?:[\w-]+\.(?:py|toml|txt|csv)|Makefile|LICENSE)$")


PAPERS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), SHIPPED / "README.md"]
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in PAPERS if path.name != "README.md"}
README, DEVELOPING, COMMANDS, RULES = (
    PAPERS[0].read_text(encoding="utf-8"), TEXTS["developing.md"], TEXTS["command-line.md"],
    PAPERS[-1].read_text(encoding="utf-8"),
)  # fmt: skip
EVERYTHING = "\n".join([README, *TEXTS.values(), RULES])
PROSE = re.sub(r"^```.*?^```", "", EVERYTHING, flags=re.M | re.S)
LARGEST_README = 10_000


def fenced(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


def rows_of(text: str) -> list[list[str]]:
    """The rows of the Markdown tables in a text, without headings."""
    lines = [line.strip().split("|")[1:-1] for line in text.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line] for line in lines]
    rules_below = [n for n, row in enumerate(rows) if set("".join(row)) <= set("-: ")]
    headings = {n - 1 for n in rules_below}
    return [row for n, row in enumerate(rows) if n not in rules_below and n not in headings]


# -- README: places, commands, words ----------------------------------------------------------


def named_places() -> Iterator[str]:
    """Paths in backticks, but for examples with <…> and what is made at run time."""
    for quoted in re.findall(r"`([^`\n]+)`", PROSE):
        if NAMED_PLACE.match(quoted) and not quoted.startswith("data/local"):
            yield quoted


def mapped_places() -> Iterator[str]:
    """Every path that the map of the code draws (left of the words), with the folder it stands under."""
    folder = ""
    for line in filter(None, fenced(section(DEVELOPING, "Map of the code"), "text")[0].splitlines()):
        names = re.split(r"\s{2,}", line.strip())[0].split(", ")
        if line.startswith(" "):
            yield from (folder + name for name in names)
        else:
            folder = names[0]
            yield folder


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert len(README.encode()) <= LARGEST_README


def test_the_map_shows_the_order_in_which_packages_import() -> None:
    drawn = [
        place.removeprefix("zyb/").removesuffix("/").removesuffix(".py")
        for place in mapped_places()
        if place != "zyb/" and place.startswith("zyb/")
    ]
    lines = [LINE[module] for module in drawn if module in LINE]
    assert len(lines) == len(LINE) and lines == sorted(lines)


def test_every_place_that_the_papers_name_is_there() -> None:
    named = {*named_places(), *mapped_places()} - {"data/local/"}
    assert len(named) > 60
    assert {place for place in named if not _exists(place)} == set()


def _exists(place: str) -> bool:
    """A path from the root; a bare file name stands in a province's folder."""
    province = SHIPPED / "provinces" / "陕西省"
    folders = (ROOT, province, province / "published")
    return any((folder / place).exists() for folder in folders)


def test_the_map_shows_every_module_every_page_and_every_file_of_rules() -> None:
    mapped = set(mapped_places())
    modules = {f"zyb/{path.name}" for path in (ROOT / "zyb").glob("*.py")} - {"zyb/__init__.py"}
    parts = {f"zyb/{path.parent.name}/" for path in (ROOT / "zyb").glob("*/__init__.py")}
    pages = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").rglob("*.py")}
    rules = {f"data/rules/{path.name}" for path in SHIPPED.iterdir() if path.suffix in {".toml", ".csv"}}
    assert len(rules) > 15
    assert (modules | parts | pages | rules) - mapped == set(), (
        "draw them into the map of the code (docs/developing.md)"
    )


def test_every_make_target_of_the_readme_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = set(re.findall(r"\bmake ([a-z]+)\b", " ".join(re.findall(r"`[^`]+`", PROSE))))
    assert {"run", "test"} <= named <= targets


def test_every_setting_of_the_environment_is_explained() -> None:
    settings = set(re.findall(r"ZYB_[A-Z]+", (ROOT / "zyb" / "settings.py").read_text(encoding="utf-8")))
    explained = {row[0].strip("`") for row in rows_of(section(README, "安装"))}
    assert {"ZYB_DATA", "ZYB_PUBLISHED"} <= settings <= explained


def help_of(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as end:
        cli.main([*words, "--help"])
    assert end.value.code == 0
    return capsys.readouterr().out


def test_every_command_and_option_of_the_readme_is_understood(capsys: pytest.CaptureFixture[str]) -> None:
    commands = [row for row in rows_of(COMMANDS) if row[0].startswith("`python -m zyb")]
    assert len(commands) == 16
    for command, does in commands:
        words = re.findall(r"(?<=zyb )[a-z]+(?: [a-z]+)?", command)[0].split()
        shown = help_of(words, capsys)
        assert [option for option in re.findall(r"--[a-z-]+", command + does) if option not in shown] == []


def test_what_the_readme_shows_of_the_command_line_is_what_it_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "data"))
    file = tmp_path / "进展.xlsx"
    file.write_bytes(workbook(WRONG))
    assert cli.main(["import", str(file)]) == cli.REFUSED
    assert cli.main(["standings", "governance_completion"]) == cli.DONE
    printed = {line.strip() for line in capsys.readouterr().out.splitlines()}
    session = fenced(COMMANDS, "text")[0].splitlines()
    shown = [line.strip() for line in session if line.strip() not in ("", "…") and not line.startswith("$")]
    assert len(shown) == 11
    assert [line for line in shown if line not in printed] == []


def test_the_json_in_the_readme_has_the_shape_of_the_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "data"))
    file = tmp_path / "进展.xlsx"
    file.write_bytes(workbook(WRONG))
    answers = []
    for words in (
        ["import", str(file)], ["standings", "governance_completion"], ["duties", "--on", "2024-12-01"], ["cadence", "--on", "2024-12-01"], ["snapshots", "list"],
    ):  # fmt: skip
        cli.main([*words, "--json"])
        answers.append(json.loads(capsys.readouterr().out)[0])
    told = [found for text in fenced(COMMANDS, "json") if "check" not in (found := json.loads(text)[0])]
    assert [list(one) for one in told] == [list(one) for one in answers]
    assert told[0] | {"problems": None} == answers[0] | {"problems": None}
    assert told[0]["problems"][0] == answers[0]["problems"][0]


def test_every_word_of_the_glossary_is_a_word_of_the_code() -> None:
    sources = [*(ROOT / "zyb").rglob("*.py"), *SHIPPED.rglob("*.toml"), *(ROOT / "zyb").rglob("*.sql")]
    words = set(re.findall(r"[A-Za-z_]+", "\n".join(path.read_text(encoding="utf-8") for path in sources)))
    glossary = [
        word for row in rows_of(section(DEVELOPING, "Glossary")) for word in re.findall(r"`(\w+)`", row[1])
    ]
    assert len(glossary) > 50
    assert [word for word in glossary if word not in words] == []
    assert len(set(glossary)) == len(glossary)


# -- README: rules, limits, recipes, pictures ---------------------------------------------------


def test_the_readme_and_the_guide_list_every_verdict_in_the_order_in_which_it_is_asked() -> None:
    titles = [verdicts("")[name].title for name in guide.JUDGED]
    assert [row[0] for row in rows_of(section(RULES, "评价与序时"))] == titles
    assert set(guide.JUDGED) == set(verdicts(""))


def test_the_thresholds_in_the_readme_are_those_of_the_rules() -> None:
    told = {row[0]: row[1] for row in rows_of(section(RULES, "评价与序时"))}
    bounds = {one.title: one.at_least for one in verdicts("").values() if one.at_least is not None}
    assert len(bounds) == 4
    for title, bound in bounds.items():
        assert f"{int(bound * 100)}".replace("-", "−") in told[title]


def test_the_pace_of_the_example_is_right() -> None:
    window = Window(date(2022, 9, 1), date(2025, 6, 30))
    assert f"{float(window.pace(date(2024, 3, 1)) or 0):.1%}" == "53.0%"
    assert ((date(2024, 3, 1) - window.start).days, (window.due - window.start).days) == (547, 1033)


def test_the_limits_in_the_readme_are_those_of_the_code() -> None:
    small, large = LIMITS.ordinary, LIMITS.large
    said = [
        f"{LIMITS.max_bytes // MB} MB a file ({BULK_LIMITS.max_bytes // MB} MB from the command line)",
        f"{small.memory // GB} GB of memory, {small.cpu_seconds} s of processor and {small.wall_seconds} s of clock",
        f"{large.memory // GB} GB, {large.cpu_seconds} s and {large.wall_seconds} s",
        f"more than {LIMITS.large_from // MB} MB of XML",
    ]
    assert [words for words in said if words not in section(README, "Safety")] == []
    assert LIMITS.at_once == 2 and "two at once" in section(README, "Safety")
    waits = f"{MOST_OF_ONE // MB} MB of one visitor, {MOST_OF_ALL // MB:,} MB of all"
    assert waits in section(README, "Safety") and f"{MINUTES_KEPT} minutes" in section(README, "Safety")


@pytest.fixture
def rules_with_recipes(tmp_path: Path) -> Iterator[Path]:
    """The shipped rules with everything that their guide shows added to the file it names."""
    folder = rules_with("常见的改动", tmp_path / "rules")
    with using(Rulebook(folder)):
        yield folder


def test_a_sentence_is_reworded_as_the_readme_tells(tmp_path: Path) -> None:
    recipes = fenced(section(RULES, "常见的改动"), "toml")
    (recipe,) = (text for text in recipes if text.startswith("# ZYB_DATA/wording.toml"))
    (tmp_path / "wording.toml").write_text(recipe, encoding="utf-8")
    facts = {"范围": "全省", "剩余": 2124, "全部完成": False}
    said = wording(tmp_path).say("remainder", facts, "governance_completion")
    assert said == "全省还有2124家企业未完成治理。"


def test_what_the_readme_tells_to_add_loads_as_it_is_written(rules_with_recipes: Path) -> None:
    assert ledgers()["inspections"].title == "监督检查进展汇总表"
    plan = measures("陕西省")["inspection_progress"].plan_on(date(2025, 3, 1))
    assert plan is not None and plan.window.pace(date(2025, 6, 30)) == plan.window.milestones[0].share
    aliases = read_aliases(rules_with_recipes / "region_aliases.csv", "河北省")
    assert load_roster("河北省").find(aliases["雄安新区管委会"]) is not None


def test_a_measure_that_is_added_alone_is_in_the_documents_as_the_readme_tells(
    rules_with_recipes: Path, store: Store
) -> None:
    """Without the step for briefing.toml it is on its page and in no document."""
    shaanxi = Province(store, "陕西省")
    shaanxi.reports("region | enrolled | completed\n西安 | 100 | 60", "2025-03-31")
    shaanxi.reports("region | planned | inspected\n西安 | 40 | 10", "2025-03-31", "inspections")
    request = Request(province="陕西省", kind="monthly", on=date(2025, 3, 31), campaign="governance")

    def told() -> str:
        found = compose(store, request)
        return "".join(part.text for part in found.paragraphs)

    assert "监督检查" in told() and "25.0%" in told()
    outline = rules_with_recipes / "briefing.toml"
    step = next(text for name, text in recipes("常见的改动") if name == "briefing.toml")
    outline.write_text(outline.read_text(encoding="utf-8").replace(step, ""), encoding="utf-8")
    with using(Rulebook(rules_with_recipes)):
        assert "监督检查" not in told()


@pytest.mark.parametrize("name", SCENES)
def test_the_pictures_are_there_and_not_too_heavy(name: str) -> None:
    path = picture_of(name)
    assert path.relative_to(ROOT).as_posix() in README
    assert path.stat().st_size < LARGEST
    with Image.open(path) as picture:
        assert picture.size == (SIZE["width"], SIZE["height"])


def test_the_readme_tells_what_changed_in_this_version() -> None:
    assert f"### {__version__}（" in section(README, "更新记录")


# -- the users' guide ---------------------------------------------------------------------------


def text_of(piece: str | RulesBlock) -> str:
    return piece if isinstance(piece, str) else " ".join([piece.title, *piece.parts])


def said_in(chapter: str) -> str:
    found = next(one for one in guide.chapters() if one.title == chapter)
    return "\n".join(map(text_of, found.pieces))


def test_the_chapters_stand_in_order_and_have_no_open_mark() -> None:
    titles = [
        "快速上手",
        "上报数据",
        "看懂总览",
        "历史批次与撤回",
        "口径与评价",
        "通报与汇报",
        "报送与节点",
        "联动核查",
        "常见问题",
    ]
    assert [chapter.title for chapter in guide.chapters()] == titles
    assert [title for title in titles if re.search(r"[{}]|…", said_in(title))] == []


def test_a_paragraph_of_the_guide_is_one_line() -> None:
    """A line break between Chinese letters would show as a blank."""
    begins_anew = re.compile(r"$|[#|{-]|\d+\.")
    chapters = list(guide.HELP.glob("*.md"))
    assert chapters
    for file in chapters:
        lines = file.read_text(encoding="utf-8").splitlines()
        follows = [line for before, line in pairwise(lines) if before and not begins_anew.match(line)]
        assert follows == []


def test_help_names_every_ledger_with_its_required_columns() -> None:
    said = said_in("上报数据")
    assert ledgers()
    for ledger in ledgers().values():
        assert ledger.title in said
        assert [c.title for c in ledger.columns if c.required and c.title not in said] == []


def test_help_names_every_verdict_and_every_measure_with_its_definition() -> None:
    said = said_in("口径与评价")
    assert len(verdicts("")) == 15
    assert [v.title for v in verdicts("").values() if v.title not in said or v.rule not in said] == []
    every = [measure for _, province in provinces() for measure in measures(province).values()]
    assert len(every) > 1000
    assert [m.title for m in every if m.title not in said or m.definition not in said] == []
    assert [plan.basis for m in every for plan in m.plans if plan.basis not in said] == []


@pytest.mark.parametrize("code", catalogue())
def test_every_problem_has_an_example_for_each_of_its_words(code: str) -> None:
    shown = guide.example(code)
    assert "…" not in shown.message + shown.remedy, "add one to data/help/examples.toml"
    assert shown.message in said_in("常见问题")


def test_no_example_is_left_of_a_problem_that_is_gone() -> None:
    known = toml.load(guide.HELP / "examples.toml").data.keys()
    assert set(known) - {"common"} - set(catalogue()) == set()


def test_help_tells_every_reason_why_a_file_cannot_be_read() -> None:
    assert f"（{len(REFUSALS)} 种）" in said_in("常见问题")


def test_the_days_that_help_promises_to_understand_are_understood() -> None:
    promised = rows_of(said_in("上报数据"))
    assert len(promised) == 6
    for written, understood in promised:
        for text in written.split("、"):
            found = find_as_of([text], [], [])
            assert found is not None and found.day == date.fromisoformat(understood[:10])
            assert found.exact != ("没有写到日" in understood)
            assert found.impossible == ("不存在" in understood)


def test_the_spellings_that_help_promises_to_understand_are_understood() -> None:
    assert [count(text).number for text in ("１２８", "1,234", "12家", "约300")] == [128, 1234, 12, 300]
    shaanxi, hebei = load_roster("陕西省"), load_roster("河北省")
    found = [shaanxi.find("西安"), shaanxi.find("杨凌"), shaanxi.find("杨陵区"), hebei.find("雄安")]
    assert [region.name if region else None for region in found] == [
        "西安市",
        "杨凌示范区",
        "杨凌示范区",
        "雄安新区",
    ]


def test_help_names_every_check_between_lists_with_its_document() -> None:
    said = said_in("联动核查")
    known = [check for place in ("陕西省", "河北省") for check in cross_checks(place)]
    assert len(known) > 15
    assert [one.title for one in known if one.title not in said or one.basis not in said] == []
    assert [state.title for state in finding_states().values() if state.title not in said] == []


def test_help_names_every_kind_of_file_that_the_upload_page_takes() -> None:
    page = ast.parse((ROOT / "pages" / "intake" / "upload.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(page) if isinstance(node, ast.Call)]
    uploader = next(call for call in calls if ast.unparse(call.func) == "st.file_uploader")
    kinds = next(ast.literal_eval(word.value) for word in uploader.keywords if word.arg == "type")
    said = said_in("上报数据")
    assert len(kinds) > 2
    assert [kind for kind in kinds if f".{kind}" not in said] == []


def test_help_names_every_duty_with_the_page_that_answers_it() -> None:
    said, titles = said_in("报送与节点"), {entry.title for entry in pages()}
    known = every_duty()
    assert len(known) > 35
    for duty in known:
        assert duty.title in said and duty.note in said
        where = guide.answered_where(duty)
        assert where in said
        named = re.findall(r"“([^”]+)”", where)
        assert named and set(named) <= titles
        assert not duty.ledger or f"《{ledgers()[duty.ledger].title}》" in where


def test_the_guide_says_what_each_page_is_for() -> None:
    told = [row[0] for row in rows_of(said_in("快速上手"))]
    assert told == [entry.title for entry in pages() if entry.script.is_file()]
