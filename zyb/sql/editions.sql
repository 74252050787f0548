-- For each day asked for: the snapshot in force per ledger, region, county and year, as known at a moment.
-- `everywhere`: the nation, whose figures are rolled up from what every province has in force.
-- A county's own report holds until a newer one of the whole region. Of two with the same 数据截至 the one accepted
-- later holds, by its number: a clock may be put back, numbers only grow.
with days as (select unnest($days::date[]) as on_day),
candidates as (
    select
        days.on_day, snapshots.ledger, parts.region_code, parts.county_code, parts.year,
        snapshots.id, snapshots.as_of,
        row_number() over (
            partition by days.on_day, snapshots.ledger, parts.region_code, parts.county_code, parts.year
            order by snapshots.as_of desc, snapshots.id desc
        ) as place
    from snapshots
    join parts on parts.snapshot = snapshots.id
    join days on snapshots.as_of <= days.on_day
    where (snapshots.province_code = $province or $everywhere)
      and snapshots.uploaded_at <= $known_at
      and not exists (
          select 1 from withdrawals
          where withdrawals.snapshot = snapshots.id and withdrawals.withdrawn_at <= $known_at
      )
),
latest as (select * from candidates where place = 1)
select latest.on_day, latest.ledger, latest.region_code, latest.year, latest.county_code, latest.id, latest.as_of
from latest
left join latest as whole
    on whole.on_day = latest.on_day and whole.ledger = latest.ledger and whole.region_code = latest.region_code
    and whole.year = latest.year and whole.county_code = ''
where latest.county_code = '' or whole.id is null
   or (latest.as_of, latest.id) > (whole.as_of, whole.id)
order by latest.on_day, latest.ledger, latest.region_code, latest.year, latest.county_code
