-- What people have said of a province's pairs of employers, as known at a moment, oldest first.
select {chosen} from link_records
where province_code = ? and recorded_at <= ? order by id
