-- By region, year and county: how many rows in force of one list have a code that also stands in another in force.
-- On either side only the rows that meet the conditions count.
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
    select lines.region_code, lines.year, lines.county_code, lines.{our_code} as code, {counted} as counted
    from {our_rows} as lines
    join our_parts as part
        on part.snapshot = lines.snapshot and part.region_code = lines.region_code and part.year = lines.year
    left join our_parts as own
        on own.region_code = lines.region_code and own.year = lines.year and own.county_code = lines.county_code
        and own.county_code <> ''
    where part.county_code = coalesce(own.county_code, '')
),
theirs as (
    select lines.{their_code} as code
    from {their_rows} as lines
    join their_parts as part
        on part.snapshot = lines.snapshot and part.region_code = lines.region_code and part.year = lines.year
    left join their_parts as own
        on own.region_code = lines.region_code and own.year = lines.year and own.county_code = lines.county_code
        and own.county_code <> ''
    where part.county_code = coalesce(own.county_code, '') and lines.{their_code} is not null
        and {listed}
)
select region_code, year, county_code, count(*) filter (where counted and code in (select code from theirs)) as amount
from ours
group by all
