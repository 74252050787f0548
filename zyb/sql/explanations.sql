-- All that is remembered in a province, its own first.
select unit, kind, ledger, said, meaning, learned_at, learned_from from explanations
where province_code = ? order by unit, learned_at desc, kind, ledger, said
