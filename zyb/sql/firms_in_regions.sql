-- Rows whose code stands in several regions.
with firms as materialized ({firms})
select firms.*, case when code is null then false else ({sure}) end as sure from firms
where code in (
    select code from firms where code is not null group by code having count(distinct region_code) > 1
)
