-- A report is what one unit (or several together) hands in of a ledger for a day; a file whose day nobody could read
-- belongs to the next of the unit's that says one. Its rounds are the different contents that were checked until one was accepted; what comes after
-- that is another report of the same day.
with checks as (
    select
        checked_files.id, checked_files.ledger, checked_files.unit, checked_files.checked_at, checked_files.checked_by,
        checked_files.file_name, checked_files.sha256, checked_files.row_count, checked_files.explained,
        checked_files.as_of, checked_files.snapshot,
        case when checked_files.snapshot is null then checked_files.checked_at
             else greatest(snapshots.uploaded_at, checked_files.checked_at) end as moment
    from checked_files
    left join snapshots on snapshots.id = checked_files.snapshot
    where checked_files.province_code = $province and checked_files.ledger <> ''
),
dated as (
    select checks.* replace (coalesce(as_of, first_value(as_of ignore nulls) over (
        partition by ledger, unit order by moment, id rows between current row and unbounded following
    )) as as_of)
    from checks
),
numbered as (
    select *, count(snapshot) over (
        partition by ledger, unit, as_of order by moment, id rows between unbounded preceding and 1 preceding
    ) as turn
    from dated
),
reports as (
    select
        ledger, unit, as_of, turn, min(checked_at) as first_checked_at, max(moment) as last_checked_at,
        count(distinct sha256) as rounds, max(snapshot) as snapshot, arg_max(id, (moment, id)) as last,
        arg_max(checked_by, (moment, id)) as checked_by, arg_max(file_name, (moment, id)) as file_name,
        arg_max(row_count, (moment, id)) as row_count, sum(explained) as explained
    from numbered
    group by ledger, unit, as_of, turn
),
problems as (
    select
        numbered.ledger, numbered.unit, numbered.as_of, numbered.turn, said.code, said.severity, max(said.found) as found,
        coalesce(max(said.remaining) filter (numbered.id = reports.last), 0) as remaining
    from numbered
    join reports
        on reports.ledger = numbered.ledger and reports.unit = numbered.unit and reports.turn = numbered.turn
        and reports.as_of is not distinct from numbered.as_of
    join checked_problems as said on said.checked_file = numbered.id
    group by numbered.ledger, numbered.unit, numbered.as_of, numbered.turn, said.code, said.severity
)
select
    reports.ledger, reports.unit, reports.as_of, reports.first_checked_at, reports.last_checked_at, reports.checked_by,
    reports.file_name, reports.row_count, reports.explained::bigint, reports.rounds, reports.snapshot,
    withdrawals.snapshot is not null as withdrawn, problems.code, problems.severity, problems.found,
    problems.remaining
from reports
left join withdrawals on withdrawals.snapshot = reports.snapshot
left join problems
    on problems.ledger = reports.ledger and problems.unit = reports.unit and problems.turn = reports.turn
    and problems.as_of is not distinct from reports.as_of
where ($unit is null or reports.unit = $unit)
  and coalesce(reports.as_of, reports.first_checked_at::date) between $since and $until
order by reports.last_checked_at desc, reports.last desc, problems.severity, problems.found desc, problems.code
