-- By which rules the tallies of a snapshot were added up, and the columns that its table said something of. A snapshot
-- from before has no line here until it is tallied anew.
create table tallied (
    snapshot bigint not null,
    fingerprint varchar not null,   -- zyb.intake.tallying.rules_fingerprint
    told varchar[] not null
);
