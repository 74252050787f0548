-- What people have added to a province's alerts, as known at a moment, oldest first.
select {chosen} from alert_records
where province_code = ? and recorded_at <= ? order by id
