-- The snapshots, withdrawn ones included, whose tallies were added up by other rules than the ledgers' own.
with rules as (select unnest($ledgers::varchar[]) as ledger, unnest($fingerprints::varchar[]) as fingerprint)
select snapshots.id, snapshots.ledger, snapshots.row_count
from snapshots
join rules on rules.ledger = snapshots.ledger
left join tallied on tallied.snapshot = snapshots.id
where tallied.fingerprint is distinct from rules.fingerprint
order by snapshots.ledger, snapshots.id
