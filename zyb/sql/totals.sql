-- The tallies of some snapshots. A page never reads more than this.
select snapshot, region_code, year, county_code, name, item, sum(amount)::bigint as amount
from tallies
where snapshot in (select unnest($snapshots::bigint[]))
  and ($tallies is null or name in (select unnest($tallies::varchar[])))
group by all
