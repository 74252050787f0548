-- What people add to an alert. Alerts themselves are worked out from the reports; these lines are only ever added to.
create sequence alert_record_numbers;

create table alert_records (
    id bigint primary key default nextval('alert_record_numbers'),
    province_code varchar not null,
    region_code varchar not null,
    measure varchar not null,
    kind varchar not null,          -- claim | note | release
    as_of date not null,            -- the figures that it was written on: it holds from their period on
    recorded_at timestamp not null, -- UTC
    recorded_by varchar not null,
    owner varchar not null,         -- 责任人
    cause varchar not null,         -- 原因
    action varchar not null,        -- 措施
    due date,                       -- 期限
    reason varchar not null         -- of a release; the text of a note
);
