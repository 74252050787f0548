-- The issued bulletins of a province, of all, or the one with an id, newest first.
select {chosen} from bulletins
where ($province is null or province_code = $province) and ($number is null or id = $number)
order by id desc
