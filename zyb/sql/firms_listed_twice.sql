-- Rows of those that one list names more than once for a region and year: by code, or by name in one place where a code is wanting.
with firms as materialized ({firms})
select firms.*, case when code is null then false else ({sure}) end as sure from firms
where (list, year, region_code, code) in (
        select (list, year, region_code, code) from firms where code is not null
        group by list, year, region_code, code having count(*) > 1
    )
    or (list, year, region_code, place, name) in (
        select (list, year, region_code, place, name) from firms where name <> ''
        group by list, year, region_code, place, name
        having count(*) > 1 and count(distinct code) <= 1 and count(code) < count(*)
    )
