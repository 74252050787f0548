-- The register of uploads, newest first, with their withdrawals.
select
    snapshots.id, ledger, province_code, as_of, uploaded_at, uploaded_by, file_name, sha256, sheet, title, source,
    snapshots.reason, row_count, count(distinct parts.region_code)::integer as regions,
    any_value(withdrawn_at) as withdrawn_at, any_value(withdrawn_by) as withdrawn_by,
    any_value(withdrawals.reason) as withdrawal_reason
from snapshots
left join parts on parts.snapshot = snapshots.id
left join withdrawals on withdrawals.snapshot = snapshots.id
where ($province is null or province_code = $province)
  and ($snapshot is null or snapshots.id = $snapshot)
group by snapshots.*, ledger, province_code, as_of, uploaded_at, uploaded_by, file_name, sha256, sheet, title, source,
    snapshots.reason, row_count, snapshots.id
order by snapshots.id desc
