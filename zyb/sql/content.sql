-- What rows say, whatever their order: how many there are, and a sum over their figures.
select count(*), coalesce(sum(hash({said})::hugeint), 0)
from {rows}
where region_code = $region and {own}
