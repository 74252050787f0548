-- Rows of those that have one name in one county, and several codes.
with firms as materialized ({firms})
select firms.*, case when code is null then false else ({sure}) end as sure from firms
where code is not null and (place, name) in (
    select (place, name) from firms where code is not null and name <> '' and place <> ''
    group by place, name having count(distinct code) > 1
)
