-- Who of one list stands in none of the others, and who of these may be meant by it.
-- Known again by code; by a name that stands once in the county on both sides, unless both codes are sure and differ;
-- by a person's word. `side` 0: ours without a match. 1: theirs, in a region of such a row, that no row of ours is.
with ours as materialized ({ours}),
theirs as materialized ({theirs}),
same as (select unnest($same_ones::varchar[]) as one, unnest($same_others::varchar[]) as other),
apart as (select unnest($apart_ones::varchar[]) as one, unnest($apart_others::varchar[]) as other),
our_names as (
    select place, name, min(identity) as identity, min(code) as code, bool_or(sure) as sure from ours
    where name <> '' and place <> '' group by place, name having count(distinct coalesce(code, '')) = 1
),
their_names as (
    select place, name, min(identity) as identity, min(code) as code, bool_or(sure) as sure from theirs
    where name <> '' and place <> '' group by place, name having count(distinct coalesce(code, '')) = 1
),
linked as (
    select one.identity as ours, other.identity as theirs
    from our_names as one join their_names as other on one.place = other.place and one.name = other.name
    where not (one.sure and other.sure and one.code <> other.code)
        and not exists (
            select 1 from apart
            where (apart.one, apart.other) in ((one.identity, other.identity), (other.identity, one.identity))
        )
    union all select one, other from same
    union all select other, one from same
),
by_code as (select code from ours where code is not null intersect select code from theirs),
known_ours as (
    select code as identity from by_code
    union select ours from linked where theirs in (select identity from theirs)
),
known_theirs as (
    select code as identity from by_code
    union select theirs from linked where ours in (select identity from ours)
),
missing as (select * from ours where identity not in (select identity from known_ours)),
seeking as (select region_code, bool_or(not sure) as unsure from missing group by region_code),
missing_names as (select distinct region_code, name from missing)
select 0 as side, missing.* from missing
union all
select 1 as side, theirs.*
from theirs join seeking on seeking.region_code = theirs.region_code
where theirs.identity not in (select identity from known_theirs)
    and (seeking.unsure or not theirs.sure
        or (theirs.region_code, theirs.name) in (select (region_code, name) from missing_names))
order by side, region_code, county_code, list, snapshot, sheet, line
