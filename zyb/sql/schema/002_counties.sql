-- A county may report for itself: a part then speaks for that county only.
alter table parts add column county_code varchar default '';
