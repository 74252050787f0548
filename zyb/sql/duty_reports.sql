-- Every report of these ledgers that is not withdrawn, as known at a moment: for whom, of which day, when it came.
select distinct snapshots.ledger, parts.region_code, parts.county_code, snapshots.as_of, snapshots.uploaded_at,
    snapshots.source <> '' as published, snapshots.id
from snapshots join parts on parts.snapshot = snapshots.id
where snapshots.province_code = ? and snapshots.ledger in (select unnest(?::varchar[])) and snapshots.uploaded_at <= ?
and snapshots.id not in (select snapshot from withdrawals where withdrawn_at <= ?)
order by snapshots.id, parts.region_code, parts.county_code
