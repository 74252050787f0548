-- All days of a province with something in force.
select distinct as_of from snapshots where (province_code = ? or ?)
and id not in (select snapshot from withdrawals) order by as_of
