-- Some of the rows that were asked for, in the order of their places.
select {chosen}
from (select *, row_number() over () as number from places) as part
join {rows} as lines on lines.rowid = part.place
order by part.number
