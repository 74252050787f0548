-- Rows of those that have one name in one county, and several codes.
with firms as materialized ({firms})
select firms.* from firms
where code is not null and (place, name) in (
    select (place, name) from firms where code is not null and name <> '' and place <> ''
    group by place, name having count(distinct code) > 1
)
order by place, name, code, list, snapshot, sheet, line
