-- The rows of a ledger that are in force, as the desk shows them: {chosen} beside place, year, day and where each was
-- reported. A county that has reported for itself replaces its share of the region's own list.
with parts_in_force as (
    select unnest($snapshots::bigint[]) as snapshot, unnest($as_ofs::date[]) as as_of,
        unnest($regions::varchar[]) as region_code, unnest($years::integer[]) as year,
        unnest($counties::varchar[]) as county_code
)
select
    place.province, lines.region_code, place.region, nullif(lines.county_code, '') as county_code, county.county,
    nullif(lines.year, 0) as year, part.as_of, lines.snapshot, lines.sheet, lines.line{chosen}
from {rows} as lines
join parts_in_force as part
    on part.snapshot = lines.snapshot and part.region_code = lines.region_code and part.year = lines.year
left join parts_in_force as own
    on own.region_code = lines.region_code and own.year = lines.year and own.county_code = lines.county_code
    and own.county_code <> ''
left join desk_regions as place on place.region_code = lines.region_code
left join desk_counties as county on county.county_code = lines.county_code
where part.county_code = coalesce(own.county_code, '')
order by lines.region_code, lines.county_code, lines.rowid
