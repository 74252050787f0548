-- What people say was handed in or done (报送与节点), and what they take back. Lines are only ever added.
create sequence duty_tick_numbers;

create table duty_ticks (
    id bigint primary key default nextval('duty_tick_numbers'),
    province_code varchar not null,
    subject_code varchar not null,  -- who owed it: a reporting region, a county, or the province itself
    duty varchar not null,          -- as the rules name it
    due date not null,              -- which time that it was due
    kind varchar not null,          -- tick | untick
    day date not null,              -- when it was done, as the person says; of an untick that of what is taken back
    person varchar not null,        -- who handed it in
    file varchar not null,          -- the file's name, or its 文号
    note varchar not null,          -- of an untick: why
    recorded_at timestamp not null, -- UTC
    recorded_by varchar not null
);
