-- name: saved_search_list
-- A member's own searches by name, then those that others share; is_default: theirs to open with.
select s.saved_search_id, s.name, s.query, s.shared, s.version, s.user_id = :user_id as is_own,
       d.saved_search_id is not null as is_default, u.name as owner
from saved_search s
join app_user u on u.user_id = s.user_id
left join default_search d on d.household_id = s.household_id and d.user_id = :user_id
                          and d.saved_search_id = s.saved_search_id
where s.household_id = :household_id and (s.user_id = :user_id or s.shared)
order by s.user_id <> :user_id, search_fold(s.name), s.saved_search_id;

-- name: saved_search_insert
insert into saved_search (household_id, user_id, name, query, shared)
values (:household_id, :user_id, :title, :query, :shared)
returning saved_search_id;

-- name: saved_search_update
-- Only one's own, and only if nobody changed it since :version was read; returns no row otherwise.
update saved_search set name = :title, query = :query, shared = :shared, version = version + 1
where household_id = :household_id and saved_search_id = :saved_search_id and user_id = :user_id and version = :version
returning version;

-- name: saved_search_delete
delete from saved_search
where household_id = :household_id and saved_search_id = :saved_search_id and user_id = :user_id and version = :version
returning version;

-- name: default_search_set
-- One's own or a shared one; returns no row for any other.
insert into default_search (household_id, user_id, saved_search_id)
select s.household_id, :user_id, s.saved_search_id
from saved_search s
where s.household_id = :household_id and s.saved_search_id = :saved_search_id and (s.user_id = :user_id or s.shared)
on conflict (household_id, user_id) do update set saved_search_id = excluded.saved_search_id
returning saved_search_id;

-- name: default_search_clear
-- No default any more, if it is this one.
delete from default_search
where household_id = :household_id and user_id = :user_id and saved_search_id = :saved_search_id;
