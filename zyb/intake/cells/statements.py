"""What a statement means among the options of a choice: 未按照规定组织劳动者进行职业健康检查 is 未体检.

A column declares what its options are called (`means` in the ledger's file). Whatever a text says must be understood: one
clause that means nothing, and the whole cell is asked about, because it may be the violation that counts.
"""

from __future__ import annotations

import re

from zyb.intake.cells.values import narrow
from zyb.rulebook.columns import Column

# 未按…, 不组织…, 拒不…, 无…; 不符合 and 不合格 say something about what there is.
DENIAL = re.compile(r"未|没|不(?!符|合|限|良|同)|拒|无(?!线|害)|缺|逾期|尚待")
# 体检未做, 申报不及时: the denial stands right behind.
DENIED_BEHIND = re.compile(
    r"(?:情况|工作|制度|项目)?(?:均|都)?(?:未|没有?|不)(?:做|办|开展|进行|组织|落实|完成|实施|到位|及时|按|建立|配备|提供|公布|设置|全|齐|规范|$)"
)
CLAUSES = re.compile(
    r"[;；。,，\n]+|(?<!\d)\d{1,2}[.、．)）](?!\d)|[(（]\d{1,2}[)）]|[一二三四五六七八九]、|[①-⑳]"
)
# 未申报、未体检: a list of statements where each denies again; 检测、评价 is one.
STATEMENTS = re.compile(r"[、和及与且但并而]+(?=[^、]{0,4}(?:未|没|不(?!符|合)|拒|无))|但")
# 评价, 离岗: fewer letters say nothing by themselves.
LEAST_OF_A_STATEMENT = 4
JOINED = re.compile(r"[\s和及与且并/／|｜+＋、]+")
THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3})")
# The law that a statement rests on.
CITED = re.compile(r"(?:违反)?(?:了)?《[^《》]{0,60}》(?:第[^,，;；。未不]{0,30}[条款项目])*(?:的?规定)?")


def meant(column: Column, text: str) -> list[str]:
    """The options that the text speaks of, in the column's order; none when any of it means nothing."""
    statements = [(statement, _options(column, statement)) for statement in _statements(column, text)]
    told = {option for _, options in statements for option in options}
    if not told:
        return _as_one(column, text)
    understood = all(
        _is_all_known(column, statement) if options else _says_nothing(column, statement)
        for statement, options in statements
    )
    return [option for option in column.options if option in told] if understood else []


def _as_one(column: Column, text: str) -> list[str]:
    """未组织上岗前，离岗时职业健康检查: with one denial in it, the comma parts no statements."""
    plain = narrow(CITED.sub("", text))
    told = _options(column, plain) if len(DENIAL.findall(plain)) == 1 else set()
    return [option for option in column.options if option in told]


def _statements(column: Column, text: str) -> list[str]:
    clauses = CLAUSES.split(CITED.sub("", THOUSANDS.sub("", text.strip())))
    whole = [part for clause in clauses for part in _apart(column, clause)]
    pieces = [piece for clause in whole for piece in STATEMENTS.split(narrow(clause))]
    return [piece for piece in pieces if piece]


def _apart(column: Column, clause: str) -> list[str]:
    """未检测 虚假报告, 未体检和浓度超标: blank and 和 part statements where each means something by itself; else they
    stand in one (检测和评价)."""
    for parts in (clause.split(), [part for part in JOINED.split(clause) if part.strip()]):
        if len(parts) > 1 and all(_options_of_one(column, narrow(part)) for part in parts):
            return parts
    return [clause]


def _options(column: Column, statement: str) -> set[str]:
    """What the statement means as a whole, and each part of it by itself: 未配防护用品、浓度超标 says two things."""
    parts = statement.split("、")
    found = set().union(*(_options_of_one(column, part) for part in parts)) if len(parts) > 1 else set()
    return found | _options_of_one(column, statement)


def _is_all_known(column: Column, statement: str) -> bool:
    """检测、评价: a part that means nothing by itself goes on with what is spoken of. Any other may be one more."""
    known = {word for meaning in column.means for word in (*meaning.words, *meaning.beside)} | {
        *column.passing
    }
    return all(
        len(part) < LEAST_OF_A_STATEMENT
        or any(word in part for word in known)
        or bool(_options_of_one(column, part))
        for part in statement.split("、")[1:]
    )


def _options_of_one(column: Column, statement: str) -> set[str]:
    found = set()
    for meaning in column.means:
        words = meaning.named_in(statement)
        if words and (not meaning.denied or any(_denied(statement, word) for word in words)):
            found.add(meaning.option)
    found |= {option for option in column.options if narrow(option) == statement}
    return found


def _denied(statement: str, word: str) -> bool:
    at = statement.index(word)
    return bool(DENIAL.search(statement[:at]) or DENIED_BEHIND.match(statement, at + len(word)))


def _says_nothing(column: Column, statement: str) -> bool:
    """What a statement rests on, or is said beside it: no further option is meant."""
    return any(word in statement for word in column.passing) and not DENIAL.search(statement)
