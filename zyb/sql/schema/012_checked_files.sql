-- Every file that somebody meant to hand in, as it was checked: how many problems of which kind, never what stood in
-- its cells. One line for a content, a person and a table of it, until it is accepted; then it stays as it is.
create sequence checked_file_numbers;

create table checked_files (
    id bigint primary key default nextval('checked_file_numbers'),
    checked_at timestamp not null,  -- UTC: the first time
    checked_by varchar not null,
    file_name varchar not null,
    sha256 varchar not null,
    sheet varchar not null,
    ledger varchar not null,        -- empty where none was recognised
    province_code varchar not null, -- empty where none was recognised
    unit varchar not null,          -- the one region that it is of; empty of several, or of none known
    as_of date,                     -- where the file or somebody said it
    row_count integer not null,
    explained integer not null,     -- headings, names and values that somebody explained when it was accepted
    snapshot bigint                 -- what it became
);

create table checked_problems (
    checked_file bigint not null,
    code varchar not null,          -- as the catalogue of problems names it
    severity varchar not null,      -- error | warning | note
    found bigint not null,          -- the most at any check
    remaining bigint not null       -- at the last check
);

-- How many rows of a snapshot have a column filled in: of each column that its ledger keeps, and each region.
create table filled_cells (
    snapshot bigint not null,
    region_code varchar not null,
    name varchar not null,
    filled bigint not null,
    row_count bigint not null
);
