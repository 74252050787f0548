"""查询语句, the first wall: a table of statements, and what a person is told of each."""

from __future__ import annotations

import duckdb
import pytest

from zyb.rulebook.ledgers import ledgers
from zyb.sqldesk import FUNCTION_NAMES
from zyb.sqldesk.checking import LONGEST, StatementRefused, checked
from zyb.sqldesk.views import desk_schema, desk_views, seen_columns

SCHEMA = {"firms": ("region", "name", "people", "as_of"), "regions": ("region", "province")}

ALLOWED = """
select region, count(*) as n from firms group by region order by n desc limit 10
select distinct f.name from firms as f join regions r on r.region = f.region where r.province = '陕西省'
with big as (select * from firms where people > 100) select region, sum(people) from big group by all
select region from firms union all select region from regions
select region, row_number() over (partition by region order by people desc) as place from firms qualify place = 1
select date_trunc('month', as_of) as m, count(*) filter (where people > 10) from firms group by m
select case when people > 10 then '大' else '小' end as size, avg(people), median(people) from firms group by size
select name from firms where region in (select region from regions) and name ilike '%厂%' and people between 1 and 9
select strftime(as_of, '%Y-%m'), people::varchar, try_cast(name as integer), coalesce(name, '') from firms
select * exclude (people) from firms
select i from range(10) as r(i)
select unnest([1, 2, 3]) as i
from firms select name
select (select max(people) from firms as o where o.region = f.region) from firms as f
SELECT Name FROM Firms; -- a remark
select /* whatever */ string_agg(name, '、' order by name) from firms
select * from firms order by people desc nulls first limit 5 offset 5
"""
# Each function that the page names, as it is written where a bare name and a column do not do.
WRITTEN = {
    "case": "case when people > 1 then 1 end", "cast": "cast(people as varchar)", "try_cast": "try_cast(name as integer)",
    "current_date": "current_date", "extract": "extract(year from as_of)", "date_trunc": "date_trunc('month', as_of)",
    "date_diff": "date_diff('day', as_of, as_of)", "date_add": "date_add(as_of, interval 1 day)",
    "date_sub": "date_sub('day', as_of, as_of)", "make_date": "make_date(2024, 1, 1)", "strftime": "strftime(as_of, '%Y')",
    "strptime": "strptime(name, '%Y')", "substring": "substring(name, 1, 2)", "left": "left(name, 1)", "right": "right(name, 1)",
    "replace": "replace(name, 'a', 'b')", "split_part": "split_part(name, 'a', 1)", "concat_ws": "concat_ws('、', name, region)",
    "regexp_replace": "regexp_replace(name, 'a', 'b')", "if": "if(people > 1, 1, 0)", "range": "range(people)",
    "quantile_cont": "quantile_cont(people, 0.5)", "quantile_disc": "quantile_disc(people, 0.5)",
    "regexp_full_match": "regexp_full_match(name, '.*')",
    "count_if": "count_if(people > 1)", "bool_or": "bool_or(people > 1)", "bool_and": "bool_and(people > 1)",
    "len": "len([people])", "list_contains": "list_contains([people], 1)", "list_sort": "list_sort([people])",
    "list_distinct": "list_distinct([people])", "unnest": "unnest([people])", "isnan": "isnan(people::double)",
    "string_agg": "string_agg(name, '、')", "trunc": "trunc(people::double)", "string_split": "string_split(name, 'a')",
    "ntile": "ntile(4) over (order by people)", "nth_value": "nth_value(people, 2) over (order by people)",
    **{name: f"{name}() over (order by people)" for name in ("row_number", "rank", "dense_rank", "percent_rank", "cume_dist")},
    **{name: f"{name}(people) over (order by people)" for name in ("lag", "lead", "first_value", "last_value")},
    **{name: f"{name}(name, people)" for name in ("arg_max", "arg_min", "nullif")},
    **{name: f"{name}(name, 'a')" for name in ("contains", "starts_with", "ends_with", "strpos", "regexp_matches", "regexp_extract")},
    **{name: f"{name}(as_of)" for name in ("year", "quarter", "month", "week", "day", "dayofweek", "dayofyear", "last_day", "monthname", "dayname", "date")},
    **{name: f"{name}(name)" for name in ("length", "lower", "upper", "trim")},
}  # fmt: skip
ONLY_QUERIES = "只能查询，不能执行其他命令。"
REFUSED = """
insert into firms values (1)                                   | 只能查询，不能执行其他命令。
update firms set people = 0                                    | 只能查询，不能执行其他命令。
delete from firms                                              | 只能查询，不能执行其他命令。
drop table firms                                               | 只能查询，不能执行其他命令。
create table x as select 1                                     | 只能查询，不能执行其他命令。
copy firms to 'x.csv'                                          | 只能查询，不能执行其他命令。
copy (select * from firms) to '/tmp/x.csv'                     | 只能查询，不能执行其他命令。
attach 'zyb.duckdb' as live                                    | 只能查询，不能执行其他命令。
install httpfs                                                 | 只能查询，不能执行其他命令。
load httpfs                                                    | 只能查询，不能执行其他命令。
pragma database_list                                           | 只能查询，不能执行其他命令。
set memory_limit = '64GB'                                      | 只能查询，不能执行其他命令。
call pragma_version()                                          | 只能查询，不能执行其他命令。
explain select 1                                               | 只能查询，不能执行其他命令。
describe firms                                                 | 只能查询，不能执行其他命令。
show tables                                                    | 只能查询，不能执行其他命令。
summarize firms                                                | 只能查询，不能执行其他命令。
export database 'x'                                            | 语句第 1 行
checkpoint                                                     | 只能查询，不能执行其他命令。
select name into x from firms                                  | 只能查询，不能建表。
select * from firms; drop table firms                          | 一次只能运行一条语句。
select 1; select 2                                             | 一次只能运行一条语句。
select 1 --; ; drop table firms \\n ; select 2                 | 一次只能运行一条语句。
select * from read_csv('/etc/passwd')                          | 不能使用函数 read_csv。
select * from read_text('/etc/passwd')                         | 不能使用函数 read_text。
select * from read_blob('/etc/passwd')                         | 不能使用函数 read_blob。
select * from read_parquet('x')                                | 不能使用函数 read_parquet。
select * from glob('/*')                                       | 不能使用函数 glob。
select * from '/etc/passwd'                                    | 没有“/etc/passwd”这张表。
select * from 'https://x/y.csv'                                | 没有“https://x/y.csv”这张表。
select * from duckdb_settings()                                | 不能使用函数 duckdb_settings。
select * from duckdb_tables                                    | 没有“duckdb_tables”这张表。
select * from sqlite_master                                    | 没有“sqlite_master”这张表。
select * from information_schema.tables                        | 不能查询“information_schema.tables”。
select * from main.firms                                       | 不能查询“main.firms”。
select * from query('select 1')                                | 不能使用函数 query。
select * from query_table('firms')                             | 不能使用函数 query_table。
select getenv('HOME')                                          | 不能使用函数 getenv。
select current_setting('temp_directory')                       | 不能使用函数 current_setting。
select repeat('x', 1000000000)                                 | 不能使用函数 repeat。
select lpad('x', 1000000000, 'y')                              | 不能使用函数 lpad。
select name from firms where exists (from secrets)             | 没有“secrets”这张表。
select 1 from firms limit (select count(*) from pg_class)      | 没有“pg_class”这张表。
select * from (with x as (select 1 as i) select * from x) k, x | 没有“x”这张表。
with firms as (select * from snapshots) select * from firms    | 没有“snapshots”这张表。
with recursive r as (select 1 union all select * from r) select * from r | 不能使用递归（WITH RECURSIVE）。
select phone from firms                                        | 没有“phone”这一列。
select f.phone from firms as f                                 | 没有“phone”这一列。
select rowid from firms                                        | 没有“rowid”这一列。
select region from firms, regions                              | 几张表都有“region”这一列。
select columns('.*') from firms                                | 不能使用函数 columns。
select $1                                                      | 语句中不能有参数（$、?）。
select name from firms where people > ?                        | 语句中不能有参数（$、?）。
select * from firms using sample 10%                           | 不能使用 TABLESAMPLE 写法。
select name frm firms where                                    | 语句第 1 行
"""
SIGN = "|"


@pytest.mark.parametrize("statement", ALLOWED.strip().splitlines())
def test_what_a_statement_may_be(statement: str) -> None:
    assert checked(statement, SCHEMA)


def refusals() -> list[tuple[str, str]]:
    parts = (line.rpartition(SIGN) for line in REFUSED.strip().splitlines())
    return [(statement.strip().replace("\\n", "\n"), told.strip()) for statement, _, told in parts]


@pytest.mark.parametrize(("statement", "told"), refusals())
def test_what_it_may_not_be(statement: str, told: str) -> None:
    with pytest.raises(StatementRefused) as refused:
        checked(statement, SCHEMA)
    assert refused.value.message.startswith(told)
    assert refused.value.remedy.startswith(("请", "可用", "表名前", "是否")), "what to do instead"


@pytest.mark.parametrize("statement", ["", "  \n", ";", "-- only a remark"])
def test_nothing_written_is_told(statement: str) -> None:
    with pytest.raises(StatementRefused, match="还没有写查询语句"):
        checked(statement, SCHEMA)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("select " + "1+" * (LONGEST // 2) + "1", "语句超过"),
        ("select " + "(" * 1_500 + "1" + ")" * 1_500, "不能识别|过于复杂"),
        ("select " + ",".join(["1+1"] * 990), "过于复杂"),
    ],
)
def test_what_is_too_long_or_too_deep_ends_with_a_sentence(statement: str, told: str) -> None:
    with pytest.raises(StatementRefused, match=told):
        checked(statement, SCHEMA)


def test_what_runs_is_written_anew_without_remarks() -> None:
    written = checked("select name -- ; drop table firms\n from firms /* 'x */;", SCHEMA)
    assert written == "SELECT name FROM firms"


def test_a_misspelt_column_is_answered_with_its_neighbours() -> None:
    with pytest.raises(StatementRefused, match="是否想写 people"):
        checked("select poeple from firms", SCHEMA)


def test_no_view_has_a_personal_column() -> None:
    personal = {
        (one.id, column.name) for one in ledgers().values() for column in one.stored if column.personal
    }
    assert len(personal) > 5
    shown = {(view, column) for view, columns in desk_schema().items() for column in columns}
    assert not personal & shown
    assert {"uploaded_by", "file_name", "withdrawn_by"}.isdisjoint(column for _, column in shown)
    assert all(seen_columns(one) for one in ledgers().values())


@pytest.mark.parametrize("name", list(desk_views()))
def test_each_view_begins_with_a_statement_that_may_run(name: str) -> None:
    view = desk_views()[name]
    assert checked(view.example, desk_schema())
    assert view.title and view.about and all(column.about for column in view.columns)


@pytest.mark.parametrize("name", FUNCTION_NAMES)
def test_every_function_that_the_page_names_may_be_used_and_runs(name: str) -> None:
    written = WRITTEN.get(name, f"{name}(people)")
    by = " group by region" if name == "grouping" else ""
    statement = f"select {written.replace('people', 'region') if by else written} as found from firms{by}"
    with duckdb.connect() as connection:
        connection.execute("create table firms (region varchar, name varchar, people integer, as_of date)")
        connection.execute(checked(statement, SCHEMA))
