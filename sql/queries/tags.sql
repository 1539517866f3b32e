-- name: tag_counts
-- Tags by name, with how many watches carry each; those of watches in the bin are not counted.
select t.tag, count(*) filter (where w.deleted_at is null) as watches
from watch_tag t
join watch w on w.household_id = t.household_id and w.watch_id = t.watch_id
where t.household_id = :household_id
group by t.tag
order by search_fold(t.tag), t.tag;

-- name: tag_rename
-- Another word on every watch that carries :tag, also in the bin; one that carries both keeps the new one.
-- Returns the watches.
with held as (
    select w.watch_id from watch w
    where w.household_id = :household_id
      and exists (select from watch_tag t
                  where t.household_id = :household_id and t.watch_id = w.watch_id and t.tag = :tag)
    order by w.watch_id for update
), touched as (
    update watch w set version = w.version + 1, changed_at = now()
    from held where w.household_id = :household_id and w.watch_id = held.watch_id
), gone as (
    delete from watch_tag t using held
    where t.household_id = :household_id and t.watch_id = held.watch_id and t.tag = :tag
), put as (
    insert into watch_tag (household_id, watch_id, tag)
    select :household_id, watch_id, :new_tag from held
    on conflict do nothing
)
select watch_id from held;

-- name: tag_remove
-- Takes a tag off every watch, also in the bin; returns them.
with held as (
    select w.watch_id from watch w
    where w.household_id = :household_id
      and exists (select from watch_tag t
                  where t.household_id = :household_id and t.watch_id = w.watch_id and t.tag = :tag)
    order by w.watch_id for update
), touched as (
    update watch w set version = w.version + 1, changed_at = now()
    from held where w.household_id = :household_id and w.watch_id = held.watch_id
), gone as (
    delete from watch_tag t using held
    where t.household_id = :household_id and t.watch_id = held.watch_id and t.tag = :tag
)
select watch_id from held;

-- name: tag_put
-- Puts a tag (back) on those of these watches that are still here, also in the bin; returns them.
with held as (
    select w.watch_id from watch w
    where w.household_id = :household_id and w.watch_id = any (cast(:watch_ids as uuid[]))
    order by w.watch_id for update
), touched as (
    update watch w set version = w.version + 1, changed_at = now()
    from held where w.household_id = :household_id and w.watch_id = held.watch_id
), put as (
    insert into watch_tag (household_id, watch_id, tag)
    select :household_id, watch_id, :tag from held
    on conflict do nothing
)
select watch_id from held;
