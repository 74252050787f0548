-- What people have recorded of a province's duties, as known at a moment, oldest first.
select {chosen} from duty_ticks
where province_code = ? and recorded_at <= ? order by id
