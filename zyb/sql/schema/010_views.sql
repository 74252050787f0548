-- Inquiries (数据查询) that a person keeps by name: one of a name, for that person alone.
create table saved_views (
    owner varchar not null,         -- the person, as the program knows them
    name varchar not null,
    address varchar not null,       -- the parameters of the page's address
    saved_at timestamp not null,    -- UTC
    primary key (owner, name)
);
