-- Of every column the cells that are filled in, and all, of the snapshots that were not withdrawn.
select filled_cells.region_code, snapshots.ledger, filled_cells.name, sum(filled)::bigint, sum(filled_cells.row_count)::bigint
from filled_cells
join snapshots on snapshots.id = filled_cells.snapshot
where snapshots.province_code = $province and snapshots.as_of between $since and $until
  and ($unit is null or filled_cells.region_code = $unit)
  and snapshots.id not in (select snapshot from withdrawals)
group by filled_cells.region_code, snapshots.ledger, filled_cells.name
order by filled_cells.region_code, snapshots.ledger, filled_cells.name
