-- Codes of a list that are in force in the same ledger under another region, of which the list does not speak.
select distinct old.{code}, old.region_code
from (select distinct {code}, region_code from incoming) as incoming
join ({in_force}) as old
    on old.{code} = incoming.{code} and old.region_code <> incoming.region_code
where old.region_code not in (select unnest($spoken::varchar[]))
order by all limit $most
