-- name: brand_reference_put
insert into brand_reference (brand_slug, name, country, founded, aliases)
values (:brand_slug, :name, :country, cast(:founded as integer), coalesce(string_to_array(nullif(:aliases, ''), '|'), '{}'))
on conflict (brand_slug) do update
set name = excluded.name, country = excluded.country, founded = excluded.founded, aliases = excluded.aliases
where (brand_reference.name, brand_reference.country, brand_reference.founded, brand_reference.aliases)
   is distinct from (excluded.name, excluded.country, excluded.founded, excluded.aliases);

-- name: movement_type_put
insert into movement_type (movement_type, name, description, sort)
values (:movement_type_slug, :name, :description, :sort)
on conflict (movement_type) do update set name = excluded.name, description = excluded.description, sort = excluded.sort
where (movement_type.name, movement_type.description, movement_type.sort)
   is distinct from (excluded.name, excluded.description, excluded.sort);

-- name: complication_put
insert into complication (complication, name, description)
values (:complication_slug, :name, :description)
on conflict (complication) do update set name = excluded.name, description = excluded.description
where (complication.name, complication.description) is distinct from (excluded.name, excluded.description);

-- name: calibre_put
insert into calibre (calibre, maker, name, movement_type, beat_rate_vph, lift_angle_deg, lift_angle_source,
                     power_reserve_h, jewels)
values (:calibre_slug, :maker, :name, :movement_type_slug, cast(nullif(:beat_rate_vph, '') as integer),
        cast(nullif(:lift_angle_deg, '') as numeric), nullif(:lift_angle_source, ''),
        cast(nullif(:power_reserve_h, '') as numeric), cast(nullif(:jewels, '') as integer))
on conflict (calibre) do update
set maker = excluded.maker, name = excluded.name, movement_type = excluded.movement_type,
    beat_rate_vph = excluded.beat_rate_vph, lift_angle_deg = excluded.lift_angle_deg,
    lift_angle_source = excluded.lift_angle_source, power_reserve_h = excluded.power_reserve_h, jewels = excluded.jewels
where (calibre.maker, calibre.name, calibre.movement_type, calibre.beat_rate_vph, calibre.lift_angle_deg,
       calibre.lift_angle_source, calibre.power_reserve_h, calibre.jewels)
   is distinct from (excluded.maker, excluded.name, excluded.movement_type, excluded.beat_rate_vph, excluded.lift_angle_deg,
       excluded.lift_angle_source, excluded.power_reserve_h, excluded.jewels);

-- name: movement_type_list
select movement_type as key, name from movement_type order by sort;

-- name: complication_list
select complication as key, name from complication order by name;

-- name: calibre_names
-- For type-ahead: "ETA 2824-2".
select maker || ' ' || name as name from calibre order by 1;

-- name: brand_reference_spellings
-- The makers with the other ways to write them.
select name, aliases from brand_reference order by name;

-- name: brand_reference_names
select name from brand_reference order by lower(name);
