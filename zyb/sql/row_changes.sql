-- Rows of a ledger on two sides (0 before, 1 after) held against each other: {rows} of the parts of each.
-- Equal rows of a key cancel each other out, however many there are; what is left is the same row changed where one is left on
-- either side, new or gone where there is none on the other, and ambiguous where nobody can tell which is which.
-- First by code within the year; then, where one of the two has no code, by name within the county.
with parts_in_force as (
    select unnest($sides::integer[]) as side, unnest($snapshots::bigint[]) as snapshot,
        unnest($regions::varchar[]) as region_code, unnest($years::integer[]) as year,
        unnest($counties::varchar[]) as county_code
),
scope as (
    select unnest($scope_regions::varchar[]) as region_code, unnest($scope_years::integer[]) as year,
        unnest($scope_counties::varchar[]) as county_code
),
said as (
    select part.side, lines.rowid as place, lines.region_code, lines.county_code, lines.year,
        {code} as code, {name} as name, row({cells}) as cells
    from {rows} as lines
    join parts_in_force as part
        on part.snapshot = lines.snapshot and part.region_code = lines.region_code and part.year = lines.year
    left join parts_in_force as own
        on own.side = part.side and own.region_code = lines.region_code and own.year = lines.year
        and own.county_code = lines.county_code and own.county_code <> ''
    where part.county_code = coalesce(own.county_code, '')
      and exists (
          select 1 from scope
          where scope.region_code = lines.region_code and scope.year = lines.year
            and scope.county_code in ('', lines.county_code)
      )
),
coded as (
    select *, row_number() over (partition by side, year, code, cells order by place) as nth
    from said where code <> ''
),
coded_twins as (
    select before.place as before, after.place as after
    from coded as before join coded as after
        on after.year = before.year and after.code = before.code and after.cells is not distinct from before.cells
        and after.nth = before.nth
    where before.side = 0 and after.side = 1
),
coded_left as (
    select side, place, code, region_code, county_code, year, name, cells,
        count(*) filter (side = 0) over (partition by year, code) as olds,
        count(*) filter (side = 1) over (partition by year, code) as news,
        max(place) filter (side = 1) over (partition by year, code) as counterpart
    from coded
    where (side = 0 and place not in (select before from coded_twins))
       or (side = 1 and place not in (select after from coded_twins))
),
named as (
    select *, row_number() over (
        partition by side, year, region_code, county_code, name, cells order by place
    ) as nth
    from (
        select side, place, code, region_code, county_code, year, name, cells from coded_left where olds = 0 or news = 0
        union all
        select side, place, code, region_code, county_code, year, name, cells from said where code = ''
    )
),
named_twins as (
    select before.place as before, after.place as after
    from named as before join named as after
        on after.year = before.year and after.region_code = before.region_code and after.county_code = before.county_code
        and after.name = before.name and after.cells is not distinct from before.cells and after.nth = before.nth
    where before.side = 0 and after.side = 1
),
named_left as (
    select side, place,
        count(*) filter (side = 0) over same_name as olds, count(*) filter (side = 1) over same_name as news,
        max(place) filter (side = 1) over same_name as counterpart, bool_or(code = '') over same_name as uncoded
    from named
    where (side = 0 and place not in (select before from named_twins))
       or (side = 1 and place not in (select after from named_twins))
    window same_name as (partition by year, region_code, county_code, name)
),
found as (
    select 'changed' as kind, place as before, counterpart as after
    from coded_left where side = 0 and olds = 1 and news = 1
    union all
    select 'ambiguous', case when side = 0 then place end, case when side = 1 then place end
    from coded_left where olds > 0 and news > 0 and olds + news > 2
    union all
    select 'changed', place, counterpart from named_left where side = 0 and uncoded and olds = 1 and news = 1
    union all
    select case when uncoded and olds > 0 and news > 0 then 'ambiguous' when side = 0 then 'gone' else 'new' end,
        case when side = 0 then place end, case when side = 1 then place end
    from named_left where not (uncoded and olds = 1 and news = 1)
    union all
    select 'same', before, after from coded_twins
    union all
    select 'same', before, after from named_twins
)
select found.kind, found.before, found.after
from found join said
    on said.place = coalesce(found.after, found.before) and said.side = (found.after is not null)::integer
order by list_position($order::varchar[], said.region_code), said.county_code, said.place
