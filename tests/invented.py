"""Rules with measures that no document asks for yet: a copy of what ships, with ledgers, measures and plans added.

`posts`: 岗位检测情况表, a row a region: posts, those above the limit, those within it, and what else a measure of
another kind may be counted from.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from zyb.rulebook.book import RULES, Rulebook

LEDGER = """
[posts]
title = "岗位检测情况表"
campaign = "dust_toxics"
grain = "region"
basis = "测试〔2025〕1号"
title_words = ["岗位检测"]
tallies = ["posts", "exceeding", "within", "cases"]
cadence = "monthly"

[[posts.columns]]
name = "region"
title = "地区"
type = "region"

[[posts.columns]]
name = "posts"
title = "检测岗位数"
type = "count"

[[posts.columns]]
name = "exceeding"
title = "超标岗位数"
type = "count"

[[posts.columns]]
name = "within"
title = "达标岗位数"
type = "count"
required = false

[[posts.columns]]
name = "cases"
title = "新发尘肺病例数"
type = "count"
required = false
"""
# What a survey found, with how many were asked: a percentage that nobody can add up.
SURVEY_LEDGER = """
[awareness]
title = "职业健康知识知晓率调查表"
campaign = "dust_toxics"
grain = "region"
basis = "测试〔2025〕1号"
title_words = ["知晓率"]
tallies = ["aware", "sampled"]
cadence = "yearly"

[[awareness.columns]]
name = "region"
title = "地区"
type = "region"

[[awareness.columns]]
name = "aware"
title = "职业健康知识知晓率"
type = "percent"
headings = ["知晓率"]

[[awareness.columns]]
name = "sampled"
title = "调查人数"
type = "count"
required = false
"""
PLAN = """
[[{id}.plans]]
start = 2025-01-01
due = 2025-12-31
target = "{target}"
basis = "测试〔2025〕1号 二"
"""
EXCEEDING = """
[posts_exceeding]
title = "岗位超标率"
campaign = "dust_toxics"
kind = "ratio"
unit = "个"
definition = "超标岗位数÷检测岗位数。"
basis = "测试〔2025〕1号"
held = "target"
higher_is_better = false
numerator = { tally = "posts.exceeding", title = "超标岗位" }
denominator = { tally = "posts.posts", title = "检测岗位" }
"""
# The same from the other side: what is not above the limit is within it.
WITHIN = """
[posts_within]
title = "岗位达标率"
campaign = "dust_toxics"
kind = "ratio"
unit = "个"
definition = "达标岗位数÷检测岗位数。"
basis = "测试〔2025〕1号"
held = "target"
numerator = { tally = "posts.within", title = "达标岗位" }
denominator = { tally = "posts.posts", title = "检测岗位" }
"""
LIMITED = EXCEEDING + PLAN.format(id="posts_exceeding", target="5%")
REQUIRED = WITHIN + PLAN.format(id="posts_within", target="95%")


def rules(folder: Path, measures: str, *, ledgers: str = "", told: str = "", **plans: str) -> Rulebook:
    """What ships, with these measures; `told` is the one that reports on 尘毒专项 tell in full, `plans` what provinces'
    plan.toml say besides."""
    copied = folder / "rules"
    shutil.copytree(RULES, copied)
    _more(copied / "measures.toml", measures)
    (copied / "ledgers" / "99-posts.toml").write_text(LEDGER + ledgers, encoding="utf-8")
    for province, text in plans.items():
        _more(copied / "provinces" / province / "plan.toml", text)
    if told:
        briefing = copied / "briefing.toml"
        text = briefing.read_text(encoding="utf-8")
        usual = 'measures = ["dust_reviewed", "dust_rectified"]'
        assert usual in text
        briefing.write_text(text.replace(usual, f'measures = ["{told}"]'), encoding="utf-8")
    return Rulebook(copied)


def _more(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as open_file:
        open_file.write(text)
