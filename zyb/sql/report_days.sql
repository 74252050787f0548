-- The days on which these ledgers were reported, as known at a moment.
select distinct as_of from snapshots where (province_code = ? or ?) and ledger in (select unnest(?::varchar[]))
and uploaded_at <= ? and id not in (select snapshot from withdrawals where withdrawn_at <= ?)
order by as_of
