-- Rows of a list that are new, changed and the same, against those in force.
with old as (
    select *, {key} as old_key from ({in_force})
    qualify row_number() over (partition by old_key order by snapshot desc, line) = 1
), compared as (
    select old.old_key is null as is_new, coalesce({differs}, false) as is_changed
    from (select *, {key} as new_key from incoming) as incoming
    left join old on old.old_key = incoming.new_key
)
select count(*) filter (is_new), count(*) filter (not is_new and is_changed),
    count(*) filter (not is_new and not is_changed)
from compared
