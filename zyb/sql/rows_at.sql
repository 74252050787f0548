-- Rows of a ledger by where they are kept.
select {chosen} from {rows} as lines where rowid in (select unnest($places::bigint[]))
