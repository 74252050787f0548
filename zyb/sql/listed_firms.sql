-- The rows in force of list number {n} that a check asks for, with code and name as they are compared.
-- A county that has reported for itself replaces its share of the region's own list.
-- `code`: 18 letters and digits of any width, no placeholder of one and the same. `name`: of one width, without blanks
-- and marks. `place`: the county, which a region of one county need not write; blank where nobody knows.
-- Translating is slow and seldom needed: codes and names that are plain already are taken as they are.
select {n} as list, snapshot, sheet, line, region_code, county_code, year, told_code, told_name,
    code, name, place, coalesce(code, coalesce(nullif(place, ''), region_code) || '|' || name) as identity
from (
    select *, coalesce(nullif(county_code, ''), $lone_counties[list_position($lone_regions, region_code)], '') as place,
        case when plain_code then told_code when regexp_full_match(written, '[0-9A-Z]{{18}}') then written end as text,
        case when text <> repeat(text[1], 18) then text end as code,
        replace(replace(case when regexp_full_match(told_name, '[\x{{4E00}}-\x{{9FFF}}]*') then told_name
            else regexp_replace(upper(translate(coalesce(told_name, ''), $wide, $narrow)),
                '[\p{{P}}\p{{Z}}\p{{S}}\s]+', '', 'g') end,
            '有限责任公司', '有限公司'), $province, $province_short) as name
    from (
        select lines.snapshot, lines.sheet, lines.line, lines.region_code, lines.county_code, lines.year,
            lines.{code} as told_code, lines.{called} as told_name,
            coalesce(regexp_full_match(lines.{code}, '[0-9A-Z]{{18}}'), true) as plain_code,
            case when not plain_code then regexp_replace(upper(translate(lines.{code}, $wide, $narrow)),
                '[\p{{P}}\p{{Z}}\p{{S}}\s]+', '', 'g') end as written
        from {rows} as lines
        join (
            select unnest($snapshots_{n}::bigint[]) as snapshot, unnest($regions_{n}::varchar[]) as region_code,
                unnest($years_{n}::integer[]) as year, unnest($counties_{n}::varchar[]) as county_code
        ) as part
            on part.snapshot = lines.snapshot and part.region_code = lines.region_code and part.year = lines.year
        left join (
            select unnest($regions_{n}::varchar[]) as region_code, unnest($years_{n}::integer[]) as year,
                unnest($counties_{n}::varchar[]) as county_code
        ) as own
            on own.region_code = lines.region_code and own.year = lines.year
            and own.county_code = lines.county_code and own.county_code <> ''
        where part.county_code = coalesce(own.county_code, '') and {asked}
    )
)
