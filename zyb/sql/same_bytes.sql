-- The newest snapshot in force of these very bytes.
select id from snapshots where sha256 = ? and ledger = ? and province_code = ? and as_of = ?
and id not in (select snapshot from withdrawals) order by id desc limit 1
