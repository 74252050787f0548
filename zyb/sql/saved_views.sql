-- The inquiries that a person keeps, by name.
select {chosen} from saved_views where owner = ? order by name
