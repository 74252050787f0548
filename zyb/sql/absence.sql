-- Enterprises in force that a list has no longer: how many, and the first names in the order of their lines.
with old as (select {key} as key, min({called}) as name, min(line) as line from ({in_force}) group by key),
gone as (select name, line from old where key not in (select {key} from incoming))
select count(*), coalesce((select list(name) from (select name from gone order by line limit $most)), [])
from gone
