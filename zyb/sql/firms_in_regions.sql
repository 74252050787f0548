-- Rows whose code stands in several regions.
with firms as materialized ({firms})
select firms.* from firms
where code in (
    select code from firms where code is not null group by code having count(distinct region_code) > 1
)
order by code, region_code, list, snapshot, sheet, line
