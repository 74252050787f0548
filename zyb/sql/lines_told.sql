-- Of an upload, sheet by sheet, the lines that it has of a region, or of all.
select sheet, min(line), max(line)
from {rows}
where snapshot = $snapshot and ($region is null or region_code = $region)
group by sheet
order by min(line), sheet
