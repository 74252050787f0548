"""The first wall: what a person typed is one SELECT over the documented views and columns, by functions of a list.

What is checked is what runs: the statement that is handed on is written anew from the tree that was looked at, so that
nothing which the two readers understand differently, no comment and no second statement, goes any further.
"""

from __future__ import annotations

import difflib
import logging
import re
from collections.abc import Iterator, Mapping, Sequence

import sqlglot
from sqlglot import exp
from sqlglot.errors import OptimizeError, SqlglotError
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import traverse_scope

from zyb.errors import NotPossible
from zyb.sqldesk.grammar import FUNCTIONS, KINDS, NAMED_FUNCTIONS, TABLE_FUNCTIONS

DIALECT = "duckdb"
# A statement stands in the address of the page.
LONGEST = 4_000
# Of such depth no statement is written by hand, and the walk through the tree ends with a sentence.
MOST_NODES = 2_000
CALLED = re.compile(r"(\w+)\(")
COLUMN = re.compile(r"(?:Column '|Unknown column: )\"?([^'\"]+?)\"?(?:'|$)")
# It tells of statements that it takes as they are; those are refused here.
logging.getLogger("sqlglot").setLevel(logging.CRITICAL)

DeskSchema = Mapping[str, Sequence[str]]
"""The columns of each documented view."""


class StatementRefused(NotPossible):
    """Not what may be asked; says what, and how to write it."""


def checked(statement: str, schema: DeskSchema) -> str:
    """The statement as it may run; `StatementRefused` with one reason."""
    tree = _single(statement)
    _refuse_kinds(tree)
    _refuse_tables(tree, schema)
    _refuse_columns(tree, schema)
    return tree.sql(DIALECT, comments=False)


def _single(statement: str) -> exp.Query:
    if not statement.strip():
        raise StatementRefused("还没有写查询语句。", "请写一条 SELECT 语句，或插入右侧的示例。")
    if len(statement) > LONGEST:
        raise StatementRefused(f"语句超过 {LONGEST:,} 字。", "请缩短后再运行。")
    try:
        found = [
            one
            for one in sqlglot.parse(statement, read=DIALECT)
            if one and not isinstance(one, exp.Semicolon)
        ]
    except (SqlglotError, RecursionError) as error:
        raise _unreadable(error) from error
    if len(found) > 1:
        raise StatementRefused("一次只能运行一条语句。", "请去掉分号后面的内容。")
    if not found:
        raise StatementRefused("还没有写查询语句。", "请写一条 SELECT 语句，或插入右侧的示例。")
    if not isinstance(found[0], exp.Select | exp.SetOperation):
        raise StatementRefused("只能查询，不能执行其他命令。", "请写一条 SELECT 语句。")
    return found[0]


def _unreadable(error: Exception) -> StatementRefused:
    places = getattr(error, "errors", None) or [{}]
    line, near = places[0].get("line"), places[0].get("highlight")
    where = f"第 {line} 行" if line else ""
    where += f"“{near}”附近" if near and near != "SENTINEL" else ""
    return StatementRefused(
        f"语句{where}写法有误，不能识别。", "请检查拼写、逗号、括号和引号（须用英文标点）。"
    )


# -- kinds of nodes ------------------------------------------------------------------------------


def _refuse_kinds(tree: exp.Query) -> None:
    for number, node in enumerate(tree.walk()):
        if number > MOST_NODES:
            raise StatementRefused("语句过于复杂。", "请拆成几条分别运行。")
        if isinstance(node, exp.With) and node.args.get("recursive"):
            raise StatementRefused("不能使用递归（WITH RECURSIVE）。", "请改用普通的 WITH 或子查询。")
        if reason := _refusal(node):
            raise reason


def _refusal(node: exp.Expr) -> StatementRefused | None:
    if isinstance(node, exp.Anonymous):
        return None if node.name.lower() in NAMED_FUNCTIONS else _function(node.name)
    name = type(node).__name__
    if name in KINDS or name in FUNCTIONS:
        return None
    if isinstance(node, exp.Func):
        return _function(_called(node))
    if isinstance(node, exp.Placeholder | exp.Parameter):
        return StatementRefused("语句中不能有参数（$、?）。", "请直接写出值。")
    if isinstance(node, exp.Into):
        return StatementRefused("只能查询，不能建表。", "请去掉 INTO。")
    return StatementRefused(
        f"不能使用 {name.upper()} 写法。", "请改用 SELECT、JOIN、WHERE、GROUP BY 等基本写法。"
    )


def _called(node: exp.Func) -> str:
    """As it is written in SQL, which its class need not be called."""
    found = CALLED.match(node.sql(DIALECT))
    return found[1] if found else node.sql_name()


def _function(name: str) -> StatementRefused:
    return StatementRefused(f"不能使用函数 {name.lower()}。", "可用的函数见右侧“可用函数”。")


# -- tables and columns --------------------------------------------------------------------------


def _refuse_tables(tree: exp.Query, schema: DeskSchema) -> None:
    for table in _tables(tree):
        name = table.name
        if isinstance(table.this, exp.Func):
            called = table.this.name if isinstance(table.this, exp.Anonymous) else table.this.sql_name()
            if type(table.this).__name__ not in TABLE_FUNCTIONS:
                raise StatementRefused(f"不能从函数 {called.lower()} 取数。", "请写右侧列出的表名。")
        elif table.db or table.catalog:
            raise StatementRefused(
                f"不能查询“{'.'.join(part.name for part in table.parts)}”。",
                "表名前不要写库名，请写右侧列出的表名。",
            )
        elif name.lower() not in schema:
            raise StatementRefused(f"没有“{name}”这张表。", _instead(name, list(schema), "表"))


def _tables(tree: exp.Query) -> Iterator[exp.Table]:
    """Every table that is read and is none of the statement's own (WITH), each name seen where it holds."""
    try:
        scopes = traverse_scope(tree)
    except (SqlglotError, RecursionError) as error:
        raise _unreadable(error) from error
    seen = set()
    for scope in scopes:
        for source in scope.sources.values():
            if isinstance(source, exp.Table):
                seen.add(id(source))
                yield source
    own = {id(table) for scope in scopes for table in scope.tables}
    # What stands where no scope looks would escape: there is nothing of the kind that may be written.
    for table in tree.find_all(exp.Table):
        if id(table) not in own and id(table) not in seen:
            yield table


def _refuse_columns(tree: exp.Query, schema: DeskSchema) -> None:
    told: dict[str, object] = {view: dict.fromkeys(columns, "text") for view, columns in schema.items()}
    try:
        qualify(tree.copy(), dialect=DIALECT, schema=told, quote_identifiers=False)
    except OptimizeError as error:
        raise _column(str(error), tree, schema) from error
    except (SqlglotError, RecursionError) as error:
        raise _unreadable(error) from error


def _column(told: str, tree: exp.Query, schema: DeskSchema) -> StatementRefused:
    found = COLUMN.search(told)
    name = found[1].rpartition(".")[2] if found else ""
    read = [schema.get(table.name.lower(), ()) for table in tree.find_all(exp.Table)]
    if sum(name.lower() in columns for columns in read) > 1:
        return StatementRefused(f"几张表都有“{name}”这一列。", "请在列名前写明表名，如 a.region_code。")
    if not name:
        return StatementRefused("有的列不能识别。", "请写右侧列出的列名。")
    every = sorted({column for columns in schema.values() for column in columns})
    return StatementRefused(f"没有“{name}”这一列。", _instead(name, every, "列"))


def _instead(name: str, known: Sequence[str], what: str) -> str:
    near = difflib.get_close_matches(name.lower(), known, 3)
    return f"是否想写 {'、'.join(near)}？" if near else f"请写右侧列出的{what}名。"
