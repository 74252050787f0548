-- The tallies of some snapshots, added up per part. A page never reads more than this.
select snapshot, region_code, year, name, sum(amount)::bigint as amount
from tallies
where snapshot in (select unnest($snapshots::bigint[]))
group by all
