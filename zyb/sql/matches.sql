-- By region, year and county: how many rows in force of one list have a code that also stands in another in force.
-- A county that has reported for itself replaces its share of the region's own list.
with our_parts as (
    select unnest($snapshots::bigint[]) as snapshot, unnest($regions::varchar[]) as region_code,
        unnest($years::integer[]) as year, unnest($counties::varchar[]) as county_code
),
their_parts as (
    select unnest($their_snapshots::bigint[]) as snapshot, unnest($their_regions::varchar[]) as region_code,
        unnest($their_years::integer[]) as year, unnest($their_counties::varchar[]) as county_code
),
ours as (
    select lines.region_code, lines.year, lines.county_code, lines.{our_code} as code
    from {our_rows} as lines
    join our_parts as part
        on part.snapshot = lines.snapshot and part.region_code = lines.region_code and part.year = lines.year
    where part.county_code = lines.county_code
       or (part.county_code = '' and (lines.region_code, lines.year, lines.county_code)
           not in (select (region_code, year, county_code) from our_parts))
),
theirs as (
    select distinct lines.{their_code} as code
    from {their_rows} as lines
    join their_parts as part
        on part.snapshot = lines.snapshot and part.region_code = lines.region_code and part.year = lines.year
    where part.county_code = lines.county_code
       or (part.county_code = '' and (lines.region_code, lines.year, lines.county_code)
           not in (select (region_code, year, county_code) from their_parts))
)
select ours.region_code, ours.year, ours.county_code, count(theirs.code) as amount
from ours
left join theirs on theirs.code = ours.code
group by all
