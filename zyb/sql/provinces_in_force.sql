-- Provinces by the number of their snapshots in force.
select province_code from snapshots where id not in (select snapshot from withdrawals)
group by province_code order by count(*) desc, province_code
