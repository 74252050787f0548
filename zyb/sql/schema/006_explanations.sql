-- What officials answered beside their files holds for the unit that reported: a region's answer does not change
-- another region's file. A blank unit is the province's own, where every unit looks when it has none of its own.
create table explanations (
    province_code varchar not null,
    unit varchar not null,          -- region code of the files that it was said of; '' for files of the whole province
    kind varchar not null,          -- heading | place
    ledger varchar not null,        -- for a heading; a place holds for every ledger
    said varchar not null,
    meaning varchar not null,       -- column name | region code
    learned_at timestamp not null,  -- UTC
    learned_from varchar not null,
    primary key (province_code, unit, kind, ledger, said)
);

insert into explanations select province_code, '', kind, ledger, said, meaning, learned_at, learned_from from learned;

drop table learned;
