-- The check that is still open: of this content by this person, of this table or before it was recognised.
select id from checked_files
where sha256 = ? and checked_by = ? and snapshot is null and (ledger = '' or (ledger = ? and sheet = ?))
order by ledger desc, id limit 1
