"""What a statement may be made of, by the names that sqlglot gives: a list of what is allowed, so that a new kind of
syntax, or a new function, is refused until somebody has looked at it."""

from __future__ import annotations

# Clauses, operators, values.
KINDS = frozenset({
    "Select", "Subquery", "Union", "Except", "Intersect", "With", "CTE", "TableAlias", "Identifier", "Column", "Table",
    "Star", "Alias", "Literal", "Boolean", "Null", "From", "Where", "Group", "Having", "Order", "Ordered", "Limit",
    "Offset", "Fetch", "Join", "Distinct", "Qualify", "Window", "WindowSpec", "Paren", "Tuple", "Array", "Values", "Filter",
    "IgnoreNulls", "RespectNulls", "WithinGroup", "Interval", "Var", "DataType", "DataTypeParam", "Rollup", "Cube",
    "GroupingSets", "Bracket", "Slice", "Dot",
    "And", "Or", "Not", "Neg", "EQ", "NEQ", "GT", "GTE", "LT", "LTE", "NullSafeEQ", "NullSafeNEQ", "Is", "In", "Between",
    "Like", "ILike", "SimilarTo", "Escape", "Exists", "Any", "All", "Add", "Sub", "Mul", "Div", "IntDiv", "Mod", "DPipe",
    "Pow",
})  # fmt: skip
# Functions that it knows, by the classes that it reads them as; how each is written in SQL follows.
FUNCTIONS = {
    "Count": "count", "CountIf": "count_if", "Sum": "sum", "Avg": "avg", "Min": "min", "Max": "max", "Median": "median",
    "Mode": "mode", "Stddev": "stddev", "StddevPop": "stddev_pop", "StddevSamp": "stddev_samp", "Variance": "variance",
    "PercentileCont": "quantile_cont", "PercentileDisc": "quantile_disc", "ArgMax": "arg_max", "ArgMin": "arg_min",
    "AnyValue": "any_value", "First": "first", "Last": "last", "LogicalOr": "bool_or", "LogicalAnd": "bool_and",
    "ArrayAgg": "array_agg", "GroupConcat": "string_agg",
    "RowNumber": "row_number", "Rank": "rank", "DenseRank": "dense_rank", "PercentRank": "percent_rank",
    "CumeDist": "cume_dist", "Ntile": "ntile", "Lag": "lag", "Lead": "lead", "FirstValue": "first_value",
    "LastValue": "last_value", "NthValue": "nth_value",
    "Case": "case", "If": "if", "Coalesce": "coalesce", "Nullif": "nullif", "Cast": "cast", "TryCast": "try_cast",
    "Greatest": "greatest", "Least": "least",
    "Abs": "abs", "Round": "round", "Floor": "floor", "Ceil": "ceil", "Trunc": "trunc", "Sign": "sign",
    "Length": "length", "Lower": "lower", "Upper": "upper", "Trim": "trim", "Left": "left", "Right": "right",
    "Substring": "substring", "Replace": "replace", "Contains": "contains", "StartsWith": "starts_with",
    "EndsWith": "ends_with", "StrPosition": "strpos", "Concat": "concat", "ConcatWs": "concat_ws", "SplitPart": "split_part",
    "RegexpLike": "regexp_matches", "RegexpReplace": "regexp_replace", "RegexpExtract": "regexp_extract", "Split": "string_split",
    "ArraySize": "len", "ArrayContains": "list_contains", "ArraySort": "list_sort", "ArrayDistinct": "list_distinct",
    "RegexpFullMatch": "regexp_full_match", "IsNan": "isnan", "Grouping": "grouping",
    "CurrentDate": "current_date", "DateDiff": "date_diff", "DateTrunc": "date_trunc", "TimestampTrunc": "date_trunc",
    "DateAdd": "date_add", "DateSub": "date_sub", "Extract": "extract", "Year": "year", "Quarter": "quarter", "Month": "month", "Week": "week",
    "Day": "day", "DayOfWeek": "dayofweek", "DayOfYear": "dayofyear", "LastDay": "last_day", "TimeToStr": "strftime",
    "StrToTime": "strptime", "DateFromParts": "make_date", "Monthname": "monthname", "Dayname": "dayname", "Date": "date",
    "Explode": "unnest", "Unnest": "unnest", "GenerateSeries": "range",
}  # fmt: skip
# Functions that it has no class for.
NAMED_FUNCTIONS = frozenset({"date_sub"})
# What rows may be taken from beside the views.
TABLE_FUNCTIONS = frozenset({"GenerateSeries", "Unnest", "Explode"})
# For the page, each name once.
FUNCTION_NAMES = tuple(sorted({*FUNCTIONS.values(), *NAMED_FUNCTIONS}))
