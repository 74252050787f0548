-- The rows behind a figure, the first lines first; without the counties that report for themselves.
-- They are found in the narrow columns; only these are then read in full.
select {chosen} from {rows} where rowid in (
    select rowid from {rows}
    where snapshot in (select unnest($snapshots::bigint[]))
      and ($region is null or region_code = $region) and ($county = '' or county_code = $county)
      and county_code not in (select unnest($without::varchar[]))
    order by snapshot desc, line, year limit {limit}
)
order by snapshot desc, line, year
