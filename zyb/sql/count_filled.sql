-- Of each column how many rows of a snapshot have it, region by region; {counts} and the names stand in one order.
insert into filled_cells
select snapshot, region_code, unnest($names::varchar[]), unnest([{counts}]), row_count
from (
    select snapshot, region_code, count(*) as row_count, {columns}
    from {rows}
    where snapshot in (select unnest($snapshots::bigint[]))
    group by snapshot, region_code
)
