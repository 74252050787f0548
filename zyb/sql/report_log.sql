-- Every part of every upload of some ledgers, in the order in which the later one holds.
select
    snapshots.id, snapshots.ledger, parts.region_code, parts.year, parts.county_code,
    snapshots.as_of, snapshots.uploaded_at, withdrawals.withdrawn_at
from snapshots
join parts on parts.snapshot = snapshots.id
left join withdrawals on withdrawals.snapshot = snapshots.id
where (snapshots.province_code = $province or $everywhere)
  and list_contains($ledgers::varchar[], snapshots.ledger)
order by snapshots.as_of, snapshots.id, parts.region_code, parts.year, parts.county_code
