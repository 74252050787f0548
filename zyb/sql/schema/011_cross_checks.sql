-- What people say of the findings of 联动核查, and whether two rows are the same employer. Lines are only ever added.
create sequence finding_record_numbers;

create table finding_records (
    id bigint primary key default nextval('finding_record_numbers'),
    province_code varchar not null,
    region_code varchar not null,
    check_id varchar not null,      -- as the rules name it
    subject varchar not null,       -- code, else place and name; of a count the tally
    kind varchar not null,          -- settle | refute | reopen
    name varchar not null,          -- of the employer, for when it is found no more
    snapshot bigint not null,       -- the newest report that it was seen in
    reason varchar not null,
    recorded_at timestamp not null, -- UTC
    recorded_by varchar not null
);

create sequence link_record_numbers;

create table link_records (
    id bigint primary key default nextval('link_record_numbers'),
    province_code varchar not null,
    region_code varchar not null,
    one varchar not null,           -- identity: code, else place and name
    other varchar not null,
    kind varchar not null,          -- same | apart | undo
    one_name varchar not null,
    other_name varchar not null,
    reason varchar not null,
    recorded_at timestamp not null, -- UTC
    recorded_by varchar not null
);
