-- What people decide beside the figures: verdicts that they put in place of the rule's, and bulletins that they issue.
-- Lines are only ever added.
create sequence verdict_record_numbers;

create table verdict_records (
    id bigint primary key default nextval('verdict_record_numbers'),
    province_code varchar not null,
    region_code varchar not null,
    measure varchar not null,
    as_of date not null,            -- the region's own figures that were judged
    numerator bigint not null,
    denominator bigint not null,
    proposed varchar not null,      -- what the rule said of them
    verdict varchar not null,       -- what holds instead; empty: the override is taken back
    reason varchar not null,
    recorded_at timestamp not null, -- UTC
    recorded_by varchar not null
);

create sequence bulletin_ids;

create table bulletins (
    id bigint primary key default nextval('bulletin_ids'),
    province_code varchar not null,
    year integer not null,          -- of the day that it speaks of
    number integer not null,        -- runs within province and year
    kind varchar not null,          -- weekly | monthly | quarterly | yearly | supervision
    title varchar not null,
    campaign varchar not null,      -- empty: all campaigns
    region_code varchar not null,   -- empty: the whole province
    on_day date not null,
    known_at timestamp not null,    -- UTC: what was known then, and nothing later
    issued_at timestamp not null,   -- UTC
    issued_by varchar not null,
    content varchar not null,       -- as its maker wrote it, never read here
    sha256 varchar not null,        -- of the content in UTF-8
    checks varchar not null,        -- JSON: the 校核 list and who decided what
    revises bigint,                 -- id of the bulletin that it corrects
    changes varchar not null,       -- what it corrects
    unique (province_code, year, number)
);
