-- A snapshot is what one accepted upload contained. It never changes; withdrawing it is another record.
create sequence snapshot_numbers;

create table snapshots (
    id bigint primary key default nextval('snapshot_numbers'),
    ledger varchar not null,
    province_code varchar not null,
    as_of date not null,            -- 数据截至
    uploaded_at timestamp not null, -- UTC
    uploaded_by varchar not null,
    file_name varchar not null,
    sha256 varchar not null,        -- the original bytes: uploads/<sha256>
    sheet varchar not null,
    title varchar not null,
    source varchar not null,        -- the document, when the figures come from a published one
    reason varchar not null,        -- why cumulative figures fell, in the official's words
    row_count integer not null
);

-- What a snapshot speaks for; the latest one in force per ledger, region and year counts.
create table parts (
    snapshot bigint not null,
    region_code varchar not null,
    year integer not null           -- 0 where the ledger has no years
);

create table tallies (
    snapshot bigint not null,
    region_code varchar not null,
    county_code varchar not null,
    year integer not null,
    item varchar not null,
    name varchar not null,
    amount bigint not null
);

create table withdrawals (
    snapshot bigint primary key,
    withdrawn_at timestamp not null,
    withdrawn_by varchar not null,
    reason varchar not null
);

create sequence audit_numbers;

create table audit (
    id bigint primary key default nextval('audit_numbers'),
    happened_at timestamp not null, -- UTC
    actor varchar not null,
    action varchar not null,
    subject varchar not null,
    detail varchar not null
);
