-- What people have said of a province's figures (in one measure, or in all), as known at a moment, oldest first.
select {chosen} from verdict_records
where province_code = ? and (? is null or measure = ?) and recorded_at <= ? order by id
