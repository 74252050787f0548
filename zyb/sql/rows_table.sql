-- Where the rows of a ledger's lists are kept; a column for each that it declares is added.
create table if not exists {rows} (
    snapshot bigint not null, sheet varchar not null, line integer not null,
    region_code varchar not null, county_code varchar not null, year integer not null
)
