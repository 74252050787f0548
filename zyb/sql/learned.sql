-- What is remembered of a province and of one unit of it; of a word explained twice the unit's own comes later.
select kind, ledger, said, meaning from explanations
where province_code = ? and unit in ('', ?) order by unit, said
