-- The register of uploads, newest first, with their withdrawals.
select
    snapshots.id, ledger, province_code, as_of, uploaded_at, uploaded_by, file_name, sha256, sheet, title, source,
    snapshots.reason, row_count,
    (select count(distinct region_code) from parts where parts.snapshot = snapshots.id) as regions,
    withdrawn_at, withdrawn_by, withdrawals.reason as withdrawal_reason
from snapshots
left join withdrawals on withdrawals.snapshot = snapshots.id
where ($province is null or province_code = $province)
  and ($number is null or snapshots.id = $number)
order by snapshots.id desc
