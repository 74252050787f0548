-- A problem that was found before by an earlier look at the same check.
update checked_problems set found = greatest(found, ?), remaining = ?
where checked_file = ? and code = ? and severity = ?
