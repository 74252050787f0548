-- Who changed which sentence of the reports' wording, and how it read before and after. Lines are only ever added.
create sequence rewording_numbers;

create table rewordings (
    id bigint primary key default nextval('rewording_numbers'),
    sentence varchar not null,      -- as the wording names it
    variant varchar not null,       -- a measure, a kind of measure or of report, or default
    before varchar not null,        -- empty: there was none for this variant
    after varchar not null,         -- empty: there is none any more
    recorded_at timestamp not null, -- UTC
    recorded_by varchar not null
);
