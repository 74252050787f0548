-- Of each upload, sheet by sheet, the lines that it has of a region, or of all.
select snapshot, sheet, min(line), max(line)
from {rows}
where snapshot in (select unnest($snapshots::bigint[])) and ($region is null or region_code = $region)
group by snapshot, sheet
order by snapshot, min(line), sheet
