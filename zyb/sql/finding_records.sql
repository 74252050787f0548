-- What people have said of a province's findings, as known at a moment, oldest first.
select {chosen} from finding_records
where province_code = ? and recorded_at <= ? order by id
