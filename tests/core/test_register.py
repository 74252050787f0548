"""The register of uploads: filtered, sorted and paged by the database; what each snapshot still says, held against a loop."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.spec.conftest import Province
from zyb import cli
from zyb.access import LOCAL_ADMIN, NotPermitted, Viewer
from zyb.exports.inquiries.register import register_taken
from zyb.inquiries.register import (
    LINES_A_PAGE,
    SNAPSHOT_STATES,
    SORTS,
    RegisterInquiry,
    register_address,
    register_chips,
    register_inquiry,
)
from zyb.store import Store

SHAANXI = RegisterInquiry(province="陕西省")
MANY = 5_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "data")) as store:
        yield store


def sends(store: Store, regions: str, day: str, by: str = "王某", name: str = "") -> int:
    lines = "\n".join(f"{region} | 10 | 5" for region in regions.split())
    Province(store, "陕西省").reports(f"region | enrolled | completed\n{lines}", day)
    number = store.snapshots()[0].id
    with store._transaction() as cursor:
        words = [by, name or f"{regions}.xlsx", number]
        cursor.execute("update snapshots set uploaded_by = ?, file_name = ? where id = ?", words)
        cursor.execute("insert into audit (happened_at, actor, action, subject, detail) values (now()::timestamp, '', '', '', '')")  # fmt: skip
    return number


def states(store: Store, asked: RegisterInquiry = SHAANXI) -> dict[int, str]:
    page = store.register_page(asked)
    return {line.snapshot.id: SNAPSHOT_STATES[line.state] for line in page.lines}


def test_what_a_snapshot_still_says(store: Store) -> None:
    both = sends(store, "西安 宝鸡", "2024-03-31")
    old = sends(store, "榆林", "2024-03-31")
    sends(store, "西安", "2024-04-30")
    new = sends(store, "榆林", "2024-04-30")
    assert states(store) == {1: "部分有效", 2: "已被替代", 3: "有效", 4: "有效"}
    store.withdraw(new, by="王某", reason="报错")
    assert states(store) == {both: "部分有效", old: "有效", 3: "有效", new: "已撤回"}


def test_states_are_those_of_the_edition_of_the_newest_day(store: Store) -> None:
    """Against the obvious: which of its parts the edition names."""
    chance = random.Random(14)
    for _ in range(14):
        regions = chance.sample(["西安", "宝鸡", "榆林", "杨凌"], chance.randint(1, 4))
        number = sends(store, " ".join(regions), f"2024-0{chance.randint(1, 9)}-28")
        if chance.random() < 0.2:
            store.withdraw(number, by="王某", reason="测试")
    edition = store.edition("610000", date.max)
    expected = {}
    for one in store.snapshots("610000"):
        spoken = store.region_codes(one.id)
        left = [part for part, source in edition.sources if source.snapshot == one.id]
        in_force = "有效" if len(left) == len(spoken) else "部分有效" if left else "已被替代"
        expected[one.id] = "已撤回" if one.withdrawn else in_force
    assert len(expected) == 14 and set(expected.values()) == set(SNAPSHOT_STATES.values())
    assert states(store) == expected


def test_filters_narrow_and_sorting_keeps_all(store: Store) -> None:
    sends(store, "西安 宝鸡", "2024-03-31", by="王某", name="三月汇总.xlsx")
    sends(store, "榆林", "2024-04-30", by="李某", name="April.xlsx")
    store.withdraw(2, by="赵某", reason="口径有误")
    told = {
        "regions": (replace(SHAANXI, regions=("610300",)), [1]),
        "people": (replace(SHAANXI, people=("李某",)), [2]),
        "states": (replace(SHAANXI, states=("withdrawn",)), [2]),
        "ledgers": (replace(SHAANXI, ledgers=("demonstration_quota",)), []),
        "a file's name, whatever its letters": (replace(SHAANXI, text="aPRIL"), [2]),
        "why it was withdrawn": (replace(SHAANXI, text="口径"), [2]),
        "by day": (replace(SHAANXI, sort="as_of"), [1, 2]),
        "turned": (replace(SHAANXI, sort="as_of", descending=True), [2, 1]),
        "another province": (RegisterInquiry(province="河北省"), []),
    }
    found = {name: [line.snapshot.id for line in store.register_page(asked).lines] for name, (asked, _) in told.items()}  # fmt: skip
    assert found == {name: ids for name, (_, ids) in told.items()}


@pytest.fixture
def many(store: Store) -> Store:
    with store._transaction() as cursor:
        cursor.execute(
            "insert into snapshots select i, 'governance_progress', '610000', date '2020-01-01' + (i // 12)::int, "
            "timestamp '2020-01-01' + i * interval 1 hour, '王' || (i % 7), '文件' || i, 'x', '', '', '', '', 12 "
            f"from range(1, {MANY} + 1) t(i)"
        )
        cursor.execute(
            "insert into parts (snapshot, region_code, year, county_code) "
            f"select i, '610100', 0, '' from range(1, {MANY} + 1) t(i)"
        )
        cursor.execute("insert into audit (happened_at, actor, action, subject, detail) values (now()::timestamp, '', '', '', '')")  # fmt: skip
    return store


def test_of_thousands_a_page_holds_one_page_and_knows_how_many_there_are(many: Store) -> None:
    first = many.register_page(SHAANXI)
    assert (len(first.lines), first.total) == (LINES_A_PAGE, MANY)
    assert [line.snapshot.id for line in first.lines[:2]] == [MANY, MANY - 1]
    third = many.register_page(replace(SHAANXI, page=3))
    assert third.lines[0].snapshot.id == MANY - 2 * LINES_A_PAGE
    assert many.register_page(replace(SHAANXI, page=10**6)).lines == ()


@pytest.mark.parametrize("sort", ["", *SORTS])
def test_the_page_that_holds_a_snapshot_is_the_one_that_shows_it(many: Store, sort: str) -> None:
    asked = replace(SHAANXI, sort=sort, people=("王3",))
    number = many.page_of_snapshot(asked, 10)
    assert number is not None
    assert 10 in [line.snapshot.id for line in many.register_page(replace(asked, page=number)).lines]
    assert many.page_of_snapshot(asked, 11) is None


def test_an_address_says_what_was_asked_and_nothing_is_guessed() -> None:
    asked = replace(
        SHAANXI, ledgers=("governance_progress",), regions=("610100",), states=("partly", "withdrawn"),
        people=("王某",), text="三月", sort="as_of", descending=True, page=4,
    )  # fmt: skip
    assert register_inquiry("陕西省", register_address(asked)) == (asked, ())
    odd = {
        "ledger": ["none"],
        "state": ["好"],
        "sort": ["drop table"],
        "page": ["-1"],
        "region": ["石家庄市"],
    }
    assert register_inquiry("陕西省", odd) == (SHAANXI, ("drop table", "none", "石家庄市", "好"))


def test_each_filter_is_a_chip_that_is_taken_off_alone() -> None:
    asked = replace(SHAANXI, regions=("610100", "610300"), states=("withdrawn",), text="三月", page=3)
    told = {chip.words: chip.without for chip in register_chips(asked)}
    assert list(told) == ["西安市", "宝鸡市", "已撤回", "含“三月”"]
    assert told["西安市"] == replace(asked, regions=("610300",), page=1)


def test_the_file_has_all_lines_that_were_asked_for_and_is_not_for_everybody(many: Store) -> None:
    asked = replace(SHAANXI, people=("王3",), sort="id")
    table = register_taken(many, asked, to=LOCAL_ADMIN, warning="演示")
    rows = [row for portion in table.portions() for row in portion]
    assert [row[0] for row in rows] == [number for number in range(1, MANY + 1) if number % 7 == 3]
    assert len(rows) == table.total and table.name == "演示数据_陕西省历史批次_上报人：王3"
    with pytest.raises(NotPermitted):
        register_taken(many, asked, to=Viewer("nobody", "某", "none"))


# -- on the command line ------------------------------------------------------------------------


def listed(capsys: pytest.CaptureFixture[str], *words: str) -> list[int]:
    assert cli.main(["snapshots", "list", *words, "--json"]) == 0
    return [row["id"] for row in json.loads(capsys.readouterr().out)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZYB_DATA", str(tmp_path / "cli"))
    monkeypatch.setenv("ZYB_PUBLISHED", "off")
    with closing(Store(tmp_path / "cli")) as store:
        sends(store, "西安", "2024-03-31", by="王某")
        sends(store, "西安 宝鸡", "2024-04-30", by="李某")
        sends(store, "榆林", "2024-05-31", by="王某")


@pytest.mark.usefixtures("folder")
def test_the_command_line_filters_as_the_page_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert listed(capsys) == [3, 2, 1]
    assert listed(capsys, "--region", "西安") == [2, 1]
    assert listed(capsys, "--state", "已被替代") == [1]
    assert listed(capsys, "--by", "王某", "--text", "榆林") == [3]
    assert listed(capsys, "--ledger", "demonstration_quota") == []
    assert listed(capsys, "--limit", "1", "--offset", "1") == [2]
    assert cli.main(["snapshots", "list", "--limit", "1"]) == 0
    assert "共 3 个批次，这里列出 1 个" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--state", "好"), "没有状态“好”。可用的状态：有效、部分有效、已被替代、已撤回。"),
        (("--region", "石家庄", "--province", "陕西"), "石家庄"),
        (("--offset", "-1"), "不能小于 0"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert cli.main(["snapshots", "list", *words]) == 1
    told = capsys.readouterr()
    assert said in told.out + told.err
