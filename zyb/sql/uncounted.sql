-- Snapshots whose filled cells were never counted: those of earlier programs.
select id, ledger from snapshots
where id not in (select snapshot from filled_cells) and id in (select snapshot from parts)
order by ledger, id
