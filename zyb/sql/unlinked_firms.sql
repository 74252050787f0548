-- Who of one list stands in none of the others, and who of these may be meant by it.
-- Known again by code; by a name that stands once in the county on both sides, unless both codes are good and differ;
-- by a person's word. `side` 0: ours without a match. 1: theirs, in a region of such a row, that no row of ours is.
-- {sure}: whether a check digit agrees; it takes long, and is asked of the few of whom it matters.
with ours as materialized ({ours}),
theirs as materialized ({theirs}),
same as (select unnest($same_ones::varchar[]) as one, unnest($same_others::varchar[]) as other),
apart as (
    select unnest($apart_ones::varchar[]) as one, unnest($apart_others::varchar[]) as other
    union all select unnest($apart_others::varchar[]), unnest($apart_ones::varchar[])
),
our_names as (
    select place, name, min(identity) as identity, min(code) as code from ours
    where name <> '' and place <> '' group by place, name having min(coalesce(code, '')) = max(coalesce(code, ''))
),
their_names as (
    select place, name, min(identity) as identity, min(code) as code from theirs
    where name <> '' and place <> '' group by place, name having min(coalesce(code, '')) = max(coalesce(code, ''))
),
named as materialized (
    select one.identity as one, other.identity as other, one.code as our_code, other.code as their_code
    from our_names as one join their_names as other on one.place = other.place and one.name = other.name
    where one.code is null or one.code is distinct from other.code -- the same code is known by itself
),
at_odds as (select one, other, unnest([our_code, their_code]) as code from named where our_code <> their_code),
two_employers as (select one, other from at_odds group by one, other having bool_and({sure})),
linked as (
    select one, other from named
    except select one, other from two_employers
    except select one, other from apart
    union all select one, other from same
    union all select other, one from same
),
by_code as (select code from ours where code is not null intersect select code from theirs),
known_ours as (
    select code as identity from by_code
    union select one from linked where other in (select identity from theirs)
),
known_theirs as (
    select code as identity from by_code
    union select other from linked where one in (select identity from ours)
),
missing as materialized (
    select *, case when code is null then false else ({sure}) end as sure from ours where identity not in (select identity from known_ours)
),
seeking as (select region_code, bool_or(not sure) as unsure from missing group by region_code),
missing_names as (select distinct region_code, name from missing),
found as (
    select 0 as side, missing.* from missing
    union all
    select 1 as side, theirs.*, null
    from theirs join seeking on seeking.region_code = theirs.region_code
    where theirs.identity not in (select identity from known_theirs)
        and case when seeking.unsure or code is null then true
            when (theirs.region_code, theirs.name) in (select (region_code, name) from missing_names) then true
            else not ({sure}) end
)
-- What is told as it is compared is handed over once: these are many rows of much text.
select * replace (nullif(told_code, code) as told_code, nullif(told_name, name) as told_name, nullif(identity, code) as identity)
from found
