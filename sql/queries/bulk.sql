-- part: picked
-- Of the picked watches, those that are still as they were read. Locked in one order, so that two people who
-- change many at once can't block each other crosswise.
    picked as (
        select w.watch_id
        from watch w
        join unnest(cast(:watch_ids as uuid[]), cast(:versions as integer[])) one (watch_id, version)
          on one.watch_id = w.watch_id and one.version = w.version
        where w.household_id = :household_id and w.deleted_at is null
        order by w.watch_id for update of w)

-- name: bulk_set_collection
with {picked}
update watch w set collection_id = :collection_id, version = w.version + 1, changed_at = now()
from picked where w.household_id = :household_id and w.watch_id = picked.watch_id
returning w.watch_id;

-- name: bulk_set_condition
with {picked}
update watch w set condition = :condition, version = w.version + 1, changed_at = now()
from picked where w.household_id = :household_id and w.watch_id = picked.watch_id
returning w.watch_id;

-- name: bulk_to_bin
with {picked}
update watch w set deleted_at = now(), version = w.version + 1
from picked where w.household_id = :household_id and w.watch_id = picked.watch_id
returning w.watch_id;

-- name: bulk_from_bin
update watch w set deleted_at = null, version = w.version + 1
where w.household_id = :household_id and w.watch_id = any (cast(:watch_ids as uuid[])) and w.deleted_at is not null
returning w.watch_id;

-- name: bulk_add_tags
-- A tag that a watch carries in other letters ("Diver", "diver") is not put on a second time.
with {picked}, touched as (
    update watch w set version = w.version + 1, changed_at = now()
    from picked where w.household_id = :household_id and w.watch_id = picked.watch_id
    returning w.watch_id
), put as (
    insert into watch_tag (household_id, watch_id, tag)
    select :household_id, touched.watch_id, tag
    from touched, unnest(cast(:tags as text[])) tag
    where not exists (select from watch_tag t
                      where t.household_id = :household_id and t.watch_id = touched.watch_id and lower(t.tag) = lower(tag.tag))
    on conflict do nothing
)
select watch_id from touched;

-- name: bulk_remove_tags
with {picked}, touched as (
    update watch w set version = w.version + 1, changed_at = now()
    from picked where w.household_id = :household_id and w.watch_id = picked.watch_id
    returning w.watch_id
), gone as (
    delete from watch_tag t using touched
    where t.household_id = :household_id and t.watch_id = touched.watch_id and t.tag = any (cast(:tags as text[]))
)
select watch_id from touched;

-- name: bulk_save
-- Each watch gets the fields of its own entry in :rows, a JSON list of {watch_id, version, …}; amounts as texts.
with picked as (
    select w.watch_id, one.fields
    from watch w
    join (select cast(entry ->> 'watch_id' as uuid) as watch_id, cast(entry ->> 'version' as integer) as version,
                 entry as fields
          from jsonb_array_elements(cast(:rows as jsonb)) entry) one
      on one.watch_id = w.watch_id and one.version = w.version
    where w.household_id = :household_id and w.deleted_at is null
    order by w.watch_id for update of w
)
update watch w set ({watch_fields}, version, changed_at) = (
    select {watch_fields}, w.version + 1, now()
    from jsonb_populate_record(cast(null as watch), picked.fields))
from picked where w.household_id = :household_id and w.watch_id = picked.watch_id
returning w.watch_id;

-- name: bulk_here
-- Which of these watches are here and not in the bin.
select w.watch_id from watch w
where w.household_id = :household_id and w.watch_id = any (cast(:watch_ids as uuid[])) and w.deleted_at is null;

-- name: bulk_serials_taken
-- Of these brands and serial numbers, those that a watch outside :watch_ids has already.
select one.place
from unnest(cast(:brand_ids as uuid[]), cast(:serials as text[])) with ordinality one (brand_id, serial, place)
where exists (select from watch w
              where w.household_id = :household_id and w.brand_id = one.brand_id
                and upper(w.serial_number) = upper(one.serial) and w.deleted_at is null
                and w.watch_id <> all (cast(:watch_ids as uuid[])));

-- name: bulk_get
-- These watches with everything a person enters, in the order they are asked for; not those in the bin.
select {watch_columns}
from unnest(cast(:watch_ids as uuid[])) with ordinality asked (watch_id, place)
join watch w on w.household_id = :household_id and w.watch_id = asked.watch_id and w.deleted_at is null
join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
left join collection c on c.household_id = w.household_id and c.collection_id = w.collection_id
left join movement_type mt on mt.movement_type = w.movement_type
{cover}
order by asked.place;

-- name: bulk_listed
-- These watches as a printed list shows them, with cost and value in one currency; in the order asked for.
select w.watch_id, b.name as brand, w.model, w.reference, w.serial_number, w.nickname, w.status, w.purchased_on,
       w.purchase_currency, w.cost as paid, m.cost, m.value, w.valued_on, cover.content_hash as cover
from unnest(cast(:watch_ids as uuid[])) with ordinality asked (watch_id, place)
join watch w on w.household_id = :household_id and w.watch_id = asked.watch_id and w.deleted_at is null
join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
{cover}
{money}
order by asked.place;
