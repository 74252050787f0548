-- The register of uploads, each with what it still says: how many of the parts that it spoke for are in force by the
-- newest day. The rules are those of editions.sql: the latest 数据截至 per ledger, region, county and year, then the
-- later number; a county's own report holds until a newer one of the whole region.
with candidates as (
    select
        snapshots.id, snapshots.ledger, snapshots.as_of, parts.region_code, parts.county_code, parts.year,
        row_number() over (
            partition by snapshots.ledger, parts.region_code, parts.county_code, parts.year
            order by snapshots.as_of desc, snapshots.id desc
        ) as place
    from snapshots
    join parts on parts.snapshot = snapshots.id
    where snapshots.id not in (select snapshot from withdrawals)
),
latest as (select * from candidates where place = 1),
speaking as (
    select latest.id as snapshot, count(*) as number
    from latest
    left join latest as whole
        on whole.ledger = latest.ledger and whole.region_code = latest.region_code and whole.year = latest.year
        and whole.county_code = ''
    where latest.county_code = '' or whole.id is null
       or (latest.as_of, latest.id) > (whole.as_of, whole.id)
    group by latest.id
),
spoken as (
    select snapshot, count(*) as number, count(distinct region_code) as regions, min(region_code) as first_region
    from parts group by snapshot
),
lines as (
    select
        snapshots.id, snapshots.ledger, snapshots.province_code, snapshots.as_of, snapshots.uploaded_at,
        snapshots.uploaded_by, snapshots.file_name, snapshots.sha256, snapshots.sheet, snapshots.title,
        snapshots.source, snapshots.reason, snapshots.row_count, coalesce(spoken.regions, 0) as regions,
        withdrawals.withdrawn_at, withdrawals.withdrawn_by, withdrawals.reason as withdrawal_reason,
        coalesce(spoken.first_region, '') as first_region,
        case
            when withdrawals.snapshot is not null then 'withdrawn'
            when coalesce(speaking.number, 0) = 0 then 'replaced'
            when speaking.number < spoken.number then 'partly'
            else 'in_force'
        end as state
    from snapshots
    left join withdrawals on withdrawals.snapshot = snapshots.id
    left join spoken on spoken.snapshot = snapshots.id
    left join speaking on speaking.snapshot = snapshots.id
),
found as (
    select * from lines
    where ($province is null or province_code = $province)
      and (len($ledgers::varchar[]) = 0 or list_contains($ledgers::varchar[], ledger))
      and (len($states::varchar[]) = 0 or list_contains($states::varchar[], state))
      and (len($people::varchar[]) = 0 or list_contains($people::varchar[], uploaded_by))
      and (len($regions::varchar[]) = 0 or id in (
          select snapshot from parts where list_contains($regions::varchar[], region_code)
      ))
      and ($text = '' or contains(lower(concat_ws(
          chr(10), id::varchar, file_name, sheet, title, source, reason, uploaded_by, withdrawn_by, withdrawal_reason, sha256
      )), lower($text)))
)
{asked}
