-- For each day asked for: the snapshot in force per ledger, region and year, as known at a moment.
with days as (select unnest($days::date[]) as on_day),
candidates as (
    select
        days.on_day, snapshots.ledger, parts.region_code, parts.year, snapshots.id, snapshots.as_of,
        row_number() over (
            partition by days.on_day, snapshots.ledger, parts.region_code, parts.year
            order by snapshots.as_of desc, snapshots.uploaded_at desc, snapshots.id desc
        ) as place
    from snapshots
    join parts on parts.snapshot = snapshots.id
    join days on snapshots.as_of <= days.on_day
    where snapshots.province_code = $province
      and snapshots.uploaded_at <= $known_at
      and not exists (
          select 1 from withdrawals
          where withdrawals.snapshot = snapshots.id and withdrawals.withdrawn_at <= $known_at
      )
)
select on_day, ledger, region_code, year, id, as_of
from candidates
where place = 1
order by on_day, ledger, region_code, year
