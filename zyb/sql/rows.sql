-- The rows of a list that are in force: {chosen} of all parts' rows.
-- A county that has reported for itself replaces its share of the region's own list.
with parts_in_force as (
    select unnest($snapshots::bigint[]) as snapshot, unnest($regions::varchar[]) as region_code,
        unnest($years::integer[]) as year, unnest($counties::varchar[]) as county_code
)
select {chosen}
from {rows} as lines
join parts_in_force as part
    on part.snapshot = lines.snapshot and part.region_code = lines.region_code and part.year = lines.year
left join parts_in_force as own
    on own.region_code = lines.region_code and own.year = lines.year and own.county_code = lines.county_code
    and own.county_code <> ''
where part.county_code = coalesce(own.county_code, '')
