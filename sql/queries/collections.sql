-- name: collection_list
-- Collections by name, with how many watches each holds.
select c.collection_id, c.name, c.colour, c.is_default, c.version, count(w.watch_id) as watches
from collection c
left join watch w on w.household_id = c.household_id and w.collection_id = c.collection_id and w.deleted_at is null
where c.household_id = :household_id
group by c.collection_id, c.name, c.colour, c.is_default, c.version
order by search_fold(c.name);

-- name: collection_insert
insert into collection (household_id, name, colour) values (:household_id, :name, :colour) returning collection_id;

-- name: collection_update
update collection set name = :name, colour = :colour, version = version + 1
where household_id = :household_id and collection_id = :collection_id and version = :version
returning version;

-- name: collection_no_default
update collection set is_default = false, version = version + 1 where household_id = :household_id and is_default;

-- name: collection_make_default
update collection set is_default = true, version = version + 1
where household_id = :household_id and collection_id = :collection_id
returning version;

-- name: collection_delete
-- Its watches stay, without a collection.
delete from collection
where household_id = :household_id and collection_id = :collection_id and version = :version
returning version;
