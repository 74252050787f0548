-- What officials answered beside their files, so that nobody is asked twice: a heading's column, a place's region.
create table learned (
    province_code varchar not null,
    kind varchar not null,          -- heading | place
    ledger varchar not null,        -- for a heading; a place holds for every ledger
    said varchar not null,
    meaning varchar not null,       -- column name | region code
    learned_at timestamp not null,  -- UTC
    learned_from varchar not null,
    primary key (province_code, kind, ledger, said)
);
