"""Second tiers: of words side by side that tell figures of one meaning apart one is what is reported; in lists the answers
to a question have cells of their own."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence

import pytest

from tests.books import codes, sheet, submission, submissions, table
from zyb.intake import Submission
from zyb.rulebook.regions import load_roster

PROGRESS, DECLARED = "专项治理进展", "2024年职业病危害项目申报情况"
TO_DATE = "taken_to_date"
REGIONS = [region.name for region in load_roster("陕西").regions]


def read(title: str, text: str) -> Submission:
    """A table of the title whose lines are drawn; a group's name stands over its first column only."""
    return submission([(f"陕西省{title}（截至2024年6月30日）",), *table(text)], name="表.xlsx")


def saved(found: Submission) -> list[str]:
    """What would go in, a line each: region, year if there is one, figures; nothing of a table that is refused."""
    if found.blocked:
        return []
    return [
        " ".join(str(one) for one in (row.region.short, row.year or "", *row.values.values()) if one != "")
        for row in found.rows
    ]


def asked(found: Submission) -> list[str]:
    return sorted({*codes(found.problems, "error"), *codes(found.problems, "warning")})


# -- summaries --------------------------------------------------------------------------------


def test_the_sum_of_the_parts_of_each_year_is_the_years_figure() -> None:
    found = read(DECLARED, """
        地区   | 申报数 |      |      |        |      |
               | 2023年 |      |      | 2024年 |      |
               | 初次   | 变更 | 合计 | 初次   | 变更 | 合计
        西安市 | 10     | 5    | 15   | 20     | 6    | 26
        宝鸡市 | 11     | 5    | 16   | 21     | 6    | 27
    """)  # fmt: skip
    assert saved(found) == ["西安 2023 15", "西安 2024 26", "宝鸡 2023 16", "宝鸡 2024 27"]
    assert asked(found) == []


# headings over 西安市, two tiers (/ between them) | figures | what goes in | what is asked
SUMMARIES = """
    title        | headings                                                                   | figures         | saved            | asked
    申报情况     | 申报数/初次, 申报数/变更, 申报数/合计                                      | 10, 5, 15       | 西安 2024 15     |
    申报情况     | 申报数/合计, 申报数/首次申报, 申报数/变更申报                              | 15, 10, 5       | 西安 2024 15     |
    申报情况     | 申报数/初次, 申报数/变更                                                   | 10, 5           |                  | missing_column
    申报情况     | 申报数/7月, 申报数/8月, 申报数/合计                                        | 10, 5, 15       |                  | missing_column other_figure
    申报情况     | 申报数/上年同期, 申报数/本期                                               | 12, 15          | 西安 2024 15     | taken_to_date
    申报情况     | 申报数/上月末, 申报数/本月末, 申报数/增减                                  | 12, 15, 3       | 西安 2024 15     |
    治理进展     | 上年同期/纳入, 上年同期/完成, 本期/纳入, 本期/完成                         | 90, 40, 100, 50 | 西安 100 50      |
    治理进展     | 本期/纳入, 本期/完成, 上年同期/纳入, 上年同期/完成                         | 100, 50, 90, 40 | 西安 100 50      |
    治理进展     | 去年同期/纳入数, 去年同期/完成数, 今年/纳入数, 今年/完成数                 | 90, 40, 100, 50 | 西安 100 50      |
    治理进展     | 纳入数/上年同期, 纳入数/本期, 完成数/上年同期, 完成数/本期                 | 90, 100, 40, 50 | 西安 100 50      |
    申报情况     | 申报数/2023年同期, 申报数/2024年                                           | 12, 15          | 西安 2024 15     | other_figure
    治理进展     | 2023年同期/纳入, 2023年同期/完成, 2024年/纳入, 2024年/完成                 | 90, 40, 100, 50 | 西安 100 50      |
    治理进展     | 纳入数/, 完成数/2023年, 完成数/2024年                                      | 100, 40, 50     |                  | missing_column other_figure
    治理进展     | 纳入数/, 完成数/2023年同期, 完成数/2024年                                  | 100, 40, 50     |                  | missing_column other_figure
    治理进展     | 上月末/纳入, 上月末/完成, 本月末/纳入, 本月末/完成                         | 90, 40, 100, 50 | 西安 100 50      |
    治理进展     | 纳入数/, 完成数/上月累计, 完成数/本月累计, 完成数/较上月                   | 100, 40, 50, 10 | 西安 100 50      |
    治理进展     | 纳入数/, 完成数/上月末, 完成数/本月末, 完成数/增减                         | 100, 40, 50, 10 | 西安 100 50      |
    治理进展     | 纳入数/, 完成数/上月数, 完成数/本月新增, 完成数/本月数                     | 100, 40, 10, 50 | 西安 100 50      |
    治理进展     | 纳入数/, 完成数/上月数, 完成数/本月数, 完成数/增减                         | 100, 40, 50, 10 | 西安 100 50      | taken_to_date
    治理进展     | 纳入数/, 完成数/上月数, 完成数/本月数, 完成数/增减                         | 100, 40, 30, -10 |                 | missing_column other_figure
    治理进展     | 纳入数/, 完成数/上月数, 完成数/本月数, 完成数/增减                         | 100, 40, 50, 50 |                  | missing_column other_figure
    治理进展     | 纳入数/, 完成数/上月数, 完成数/本月数                                      | 100, 40, 50     |                  | missing_column other_figure
    治理进展     | 纳入数/, 完成数/本月, 完成数/本月累计                                      | 100, 40, 50     |                  | missing_column other_figure
    治理进展     | 纳入数/, 完成数/去年同期, 完成数/今年                                      | 100, 40, 50     | 西安 100 50      | taken_to_date
    治理进展     | 纳入数/, 完成数/7月, 完成数/8月, 完成数/合计                               | 100, 40, 10, 50 | 西安 100 50      | taken_to_date
    治理进展     | 上期/纳入, 上期/完成, 本期/纳入, 本期/完成                                 | 90, 40, 100, 50 |                  | missing_column
"""  # fmt: skip


@pytest.mark.parametrize(("title", "headings", "figures", "goes_in", "questions"), table(SUMMARIES)[1:])
def test_of_a_second_tier_one_column_is_reported(
    title: str, headings: str, figures: str, goes_in: str, questions: str
) -> None:
    two = [heading.split("/") for heading in headings.split(", ")]
    tiers = [["地区", *(upper for upper, _ in two)], ["", *(lower for _, lower in two)]]
    rows = [(f"陕西省2024年{title}（截至2024年6月30日）",), *tiers, ["西安市", *figures.split(", ")]]
    found = submission(rows, name="表.xlsx")
    assert (saved(found), asked(found)) == ([goes_in] if goes_in else [], questions.split())


def test_years_over_months_are_the_figures_to_date_where_every_line_adds_up() -> None:
    found = read(DECLARED, """
        地区   | 2023年 |        |      | 2024年 |        |
               | 上月数 | 本月数 | 增减 | 上月数 | 本月数 | 增减
        西安市 | 100    | 120    | 20   | 200    | 230    | 30
        宝鸡市 | 90     | 90     | 0    | 100    | 101    | 1
    """)  # fmt: skip
    assert saved(found) == ["西安 2023 120", "西安 2024 230", "宝鸡 2023 90", "宝鸡 2024 101"]
    assert asked(found) == [TO_DATE]


def test_an_item_over_two_figures_as_of_two_times_each() -> None:
    found = read("职业病防治机构提质合规情况", """
        地区   | 能力确认 |        |          |        | 体检诊断机构质控覆盖 |        |          |
               | 应完成数 |        | 已完成数 |        | 应完成数 |        | 已完成数 |
               | 上月末   | 本月末 | 上月末   | 本月末 | 上月末   | 本月末 | 上月末   | 本月末
        西安市 | 3        | 3      | 1        | 2      | 5        | 6      | 4        | 5
    """)  # fmt: skip
    assert saved(found) == ["西安 3 能力确认 2", "西安 6 体检诊断机构质控覆盖 5"]


def test_regions_across_have_their_tiers_beside_the_figures() -> None:
    found = read(PROGRESS, """
        指标           |        | 西安市 | 宝鸡市
        纳入治理企业数 | 上月末 | 90     | 91
                       | 本月末 | 100    | 101
        完成治理企业数 | 上月末 | 40     | 41
                       | 本月末 | 50     | 51
    """)  # fmt: skip
    assert saved(found) == ["西安 100 50", "宝鸡 101 51"]


# -- generated: what the code was not written for ----------------------------------------------

Truth = dict[str, tuple[int, int]]
Layout = tuple[Sequence[str], Sequence[str], Sequence[Sequence[object]]]
TIMES = [
    ("上年同期", "本期"),
    ("去年同期", "今年"),
    ("上月末", "本月末"),
    ("上月累计", "本月累计"),
    ("截至上月底", "截至本月底"),
]
PARTS = [("初次", "变更"), ("首次申报", "变更申报"), ("中央企业", "地方企业", "其他"), ("已核", "在办")]


def _by_time_above(dice: random.Random, truth: Truth) -> Layout:
    """As of two times over 纳入 | 完成, in either order; the earlier one is another table's."""
    earlier, now = dice.choice(TIMES)
    times = dice.sample([earlier, now], 2)
    lower = dice.sample([0, 1], 2)
    names = ("纳入治理企业数", "完成治理企业数")
    lines = [
        [region, *(figures[n] if time == now else dice.randint(0, 999) for time in times for n in lower)]
        for region, figures in truth.items()
    ]
    return ["地区", times[0], "", times[1], ""], ["", *(names[n] for _ in times for n in lower)], lines


def _by_time_below(dice: random.Random, truth: Truth) -> Layout:
    """纳入 and 完成 each as of two times, with the change between them or without."""
    earlier, now = dice.choice(TIMES)
    sides = dice.choice([[earlier, now], [now, earlier], [earlier, now, "增减"], ["较上月", earlier, now]])
    lines: list[Sequence[object]] = []
    for region, figures in truth.items():
        before = [dice.randint(0, number) for number in figures]
        told = [
            {earlier: old, now: new}.get(side, new - old)
            for old, new in zip(before, figures, strict=True)
            for side in sides
        ]
        lines.append([region, *told])
    blank = [""] * (len(sides) - 1)
    return ["地区", "纳入治理企业数", *blank, "完成治理企业数", *blank], ["", *sides, *sides], lines


def _by_part(dice: random.Random, truth: Truth) -> Layout:
    """Two years, each in parts with their sum, which stands anywhere among them."""
    parts = [*dice.choice(PARTS)]
    at = dice.randint(0, len(parts))
    lower = [*parts[:at], dice.choice(["合计", "小计", "总计"]), *parts[at:]]
    lines: list[Sequence[object]] = []
    for region, figures in truth.items():
        told: list[object] = [region]
        for whole in figures:
            cuts = [0, *sorted(dice.randint(0, whole) for _ in parts[1:]), whole]
            shares = [later - earlier for earlier, later in itertools.pairwise(cuts)]
            told += [*shares[:at], whole, *shares[at:]]
        lines.append(told)
    blank = [""] * (len(lower) - 1)
    years = dice.choice([("2023年", "2024年"), ("2023年申报数", "2024年申报数")])
    return ["地区", years[0], *blank, years[1], *blank], ["", *lower, *lower], lines


def _boxes(upper: Sequence[str], row: int) -> Iterator[tuple[int, int, int, int]]:
    """The groups of a tier, merged as offices merge them, and 地区 over both tiers."""
    starts = [at for at, text in enumerate(upper) if text]
    yield row, 0, row + 1, 0
    for start, end in zip(starts[1:], [*starts[2:], len(upper)], strict=True):
        yield row, start, row, end - 1


@pytest.mark.parametrize("layout", [_by_time_above, _by_time_below, _by_part])
@pytest.mark.parametrize("seed", range(12))
def test_whatever_stands_in_a_second_tier_the_truth_goes_in(layout, seed: int) -> None:
    dice = random.Random(f"{layout.__name__} {seed}")
    truth = {}
    for region in dice.sample(REGIONS, dice.randint(1, len(REGIONS))):
        enrolled = dice.randint(1, 3000)
        truth[region] = (enrolled, dice.randint(0, enrolled))
    title = DECLARED if layout is _by_part else PROGRESS
    upper, lower, lines = layout(dice, truth)
    merged = _boxes(upper, 1) if dice.random() < 0.5 else ()
    rows = [(f"陕西省{title}（截至2024年6月30日）",), upper, lower, *lines]
    found = submission(sheet(rows, merged=merged), name="表.xlsx")
    assert not found.blocked, asked(found)
    told: dict[str, tuple[object, ...]] = {}
    for row in found.rows:
        told[row.region.name] = (*told.get(row.region.name, ()), *row.values.values())
    assert told == truth


# -- lists ------------------------------------------------------------------------------------


def ticked(answers: Sequence[str], *cells: Sequence[str], question: str = "是否完成治理") -> Submission:
    """A list of as many enterprises, the answers to the question side by side."""
    blank = [""] * (len(answers) - 1)
    head = [["企业名称", "地区", question, *blank], ["", "", *answers]]
    firms = [[f"{name}公司", "西安市", *ticks] for name, ticks in zip("甲乙丙丁戊己", cells, strict=False)]
    return submission(
        [("陕西省专项治理企业台账（截至2024年6月30日）",), *head, *firms], name="表.xlsx", province="陕西"
    )


TICKS = """
    answers        | 甲    | 乙    | what is read | asked
    是 否          | √ .   | . √   | 是 否        |
    是 否          | ○ .   | . ○   | 是 否        |
    是 否          | ● ○   | ○ ●   | 是 否        |
    是 否          | ☑ □   | □ ☑   | 是 否        |
    是 否          | 1 .   | . 1   | 是 否        |
    是 否          | 1 0   | 0 1   | 是 否        |
    是 否          | √ ×   | × √   | 是 否        |
    是 否          | 是 .  | . √   | 是 否        |
    否 是          | √ .   | . √   | 否 是        |
    是 否          | 是 .  | . 否  | 是 否        |
    有 无          | √ .   | . √   | 是 否        |
    已完成 未完成  | √ .   | . √   | 是 否        |
    是 否          | √ .   | . .   | 是 -         | blank_cell
    是 否          | √ .   | √ √   | 是 -         | unclear_choice
    是 否          | √ .   | . ×   | 是 -         | not_a_flag
    是 否          | √ .   | . 待查 | 是 -        | not_a_flag
"""


@pytest.mark.parametrize(("answers", "one", "other", "values", "questions"), table(TICKS)[1:])
def test_the_answer_that_is_ticked_is_the_cells_text(
    answers: str, one: str, other: str, values: str, questions: str
) -> None:
    cells = [["" if cell == "." else cell for cell in row.split()] for row in (one, other)]
    found = ticked(answers.split(), *cells)
    assert found.body is not None
    assert [value or "-" for value in found.body["completed"].to_pylist()] == values.split()
    assert set(asked(found)) - {"figures_missing"} == set(questions.split())


def test_each_item_of_a_check_list_has_its_verdicts_side_by_side() -> None:
    found = submission(
        [
            ("天津市粉尘与高毒物品自查复查表（截至2024年6月30日）",),
            *table("""
                企业名称 | 地区   | 职业危害防治责任制 |        |        | 规章制度和操作规程 |        |
                         |        | 合格               | 不合格 | 不适用 | 合格               | 不合格 | 不适用
                甲公司   | 和平区 | √                  |        |        |                    | √      |
                乙公司   | 河东区 |                    |        | √      | √                  |        |
                丙公司   | 河东区 |                    | √      |        |                    |        |
            """),
        ],
        name="天津.xlsx",
    )  # fmt: skip
    assert found.body is not None
    assert found.body["responsibility"].to_pylist() == ["合格", "不适用", "不合格"]
    assert found.body["rules"].to_pylist() == ["不合格", "合格", None]
    assert not found.blocked


def test_questions_of_their_own_under_one_group_stay_apart() -> None:
    """Each of them has its √: none rules out another."""
    found = ticked(["是否完成治理", "是否超标"], ["√", "√"], ["", "√"], question="治理情况")
    assert found.body is not None
    assert found.body["completed"].to_pylist()[0] == "是"


# What stands in the columns of the violations | what is read | asked
VIOLATIONS = """
    √ . √       | 未申报、未体检 |
    1 0 0       | 未申报         |
    × √ 无      | 未检测         |
    否 是 否    | 未检测         |
    有 无 /     | 未申报         |
    √ 整改中 .  |                | unknown_choice
    . . .       |                | blank_cell
    × 0 否      |                | blank_cell
"""


@pytest.mark.parametrize(("cells", "read", "questions"), table(VIOLATIONS))
def test_of_options_side_by_side_only_a_mark_ticks(cells: str, read: str, questions: str) -> None:
    first, others = ("√", "", ""), ["" if cell == "." else cell for cell in cells.split()]
    rows = [
        (f"{name}公司", "西安市", *ticks, "2024.1.5", "是", "2024.2.1")
        for name, ticks in (("甲", first), ("乙", others))
    ]
    found = submission(
        [
            ("陕西省职业健康专项执法台账（截至2024年6月30日）",),
            ("企业名称", "地区", "违法行为", "", "", "立案日期", "是否查处到位", "整改完成日期"),
            ("", "", "未申报", "未检测", "未体检", "", "", ""),
            *rows,
        ],
        name="表.xlsx", province="陕西",
    )  # fmt: skip
    assert found.body is not None
    assert found.body["violations"].to_pylist() == ["未申报", read or None]
    assert set(asked(found)) - {"figures_missing"} == set(questions.split())


@pytest.mark.parametrize("pair", ["已申报 未申报", "未申报 已申报", "是 否"])
@pytest.mark.parametrize("tick", ["√", "✔", "●", "○"])
def test_answers_that_deny_each_other_ask_for_themselves(pair: str, tick: str) -> None:
    """With nothing above them; 是 and 否 do not say what is asked."""
    answers = pair.split()
    rows = [(f"{name}公司", "西安市", *ticks) for name, ticks in (("甲", (tick, "")), ("乙", ("", tick)))]
    found = submission(
        [("陕西省职业病危害用人单位数据库（截至2024年6月30日）",), ("用人单位名称", "地区", *answers), *rows],
        name="表.xlsx", province="陕西",
    )  # fmt: skip
    if pair == "是 否":
        assert found.blocked
        return
    assert found.body is not None
    assert found.body["declared"].to_pylist() == ["是" if one == "已申报" else "否" for one in answers]


def test_a_day_may_stand_beside_the_answers() -> None:
    found = ticked(["是", "否", "确认日期"], ["√", "", "2024.1.5"], ["", "√", ""])
    assert found.body is not None
    assert found.body["completed"].to_pylist()[:2] == ["是", "否"]


@pytest.mark.parametrize("seed", range(8))
def test_ticks_of_any_list_are_what_was_meant(seed: int) -> None:
    dice = random.Random(seed)
    answers = dice.sample(["是", "否"], 2)
    tick, empty = dice.choice([("√", ""), ("1", "0"), ("○", ""), ("■", "□"), ("✔", "×"), ("Y", "")])
    meant = [dice.choice(answers) for _ in range(5)]
    found = ticked(answers, *([tick if answer == one else empty for answer in answers] for one in meant))
    assert found.body is not None
    assert found.body["completed"].to_pylist() == meant


# -- months side by side ----------------------------------------------------------------------

# what the figures of both months are called | the reports that come of it
MONTHS = """
    enrolled       | completed (May)  | completed (June) | reports
    纳入治理企业数 | 完成治理企业数   | 完成治理企业数   | 5-31 西安 801 299; 6-30 西安 802 341
    纳入治理企业数 | 治理到位企业数   | 治理到位企业数   | 5-31 西安 801 299; 6-30 西安 802 341
    纳入治理企业数 | 完成治理企业数   | 甲乙丙数         |
    纳入治理企业数 | 甲乙丙数         | 完成治理企业数   | 6-30 西安 802 341
"""


@pytest.mark.parametrize(("enrolled", "may", "june", "reports"), table(MONTHS)[1:])
def test_of_months_side_by_side_each_is_understood_alike_and_none_goes_in_for_the_latest(
    enrolled: str, may: str, june: str, reports: str
) -> None:
    lines = [
        ["陕西省2024年专项治理进展情况"],
        ["地区", "截至5月底", None, "截至6月底", None],
        [None, enrolled, may, enrolled, june],
        ["西安市", 801, 299, 802, 341],
    ]
    found = [
        f"{one.as_of.month}-{one.as_of.day} {line}"
        for one in submissions(lines, name="表.xlsx")
        if one.as_of
        for line in saved(one)
    ]
    assert "; ".join(found) == reports
