-- name: care_plan_list
-- The plans for all watches and for types of movement; then those of single watches.
select p.plan_id, p.watch_id, p.movement_type, p.kind, p.months, p.version, mt.name as movement_name, b.name as brand, w.model
from care_plan p
left join movement_type mt on mt.movement_type = p.movement_type
left join watch w on w.household_id = p.household_id and w.watch_id = p.watch_id
left join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
where p.household_id = :household_id and w.deleted_at is null
order by p.watch_id is not null, p.kind, p.movement_type is not null, mt.sort, b.name, w.model
limit 300;

-- name: care_plan_insert
insert into care_plan (household_id, watch_id, movement_type, kind, months)
values (:household_id, :watch_id, :movement_type, :kind, :months)
returning plan_id;

-- name: care_plan_update
update care_plan set months = :months, version = version + 1
where household_id = :household_id and plan_id = :plan_id and version = :version
returning version;

-- name: care_plan_delete
delete from care_plan
where household_id = :household_id and plan_id = :plan_id and version = :version
returning version;

-- name: care_plan_usual
-- Plans that nobody made yet, in one statement; what is there stays as it is.
insert into care_plan (household_id, movement_type, kind, months)
select :household_id, p.movement_type, p.kind, p.months
from unnest(cast(:movement_types as text[]), cast(:kinds as text[]), cast(:months as integer[])) as p (movement_type, kind, months)
on conflict on constraint care_plan_once do nothing;

-- name: care_intervals
-- What is planned for one watch, a line a kind: its own plan if it has one, beside what holds without it.
select k.kind, own.plan_id, own.version, own.months as own_months, planned.months as planned_months, mt.name as movement_name
from watch w
cross join lateral (
    select distinct p.kind from care_plan p
    where p.household_id = w.household_id
      and (p.watch_id = w.watch_id or p.watch_id is null and (p.movement_type = w.movement_type or p.movement_type is null))) k
left join care_plan own on own.household_id = w.household_id and own.watch_id = w.watch_id and own.kind = k.kind
left join lateral (
    select p.months, p.movement_type from care_plan p
    where p.household_id = w.household_id and p.watch_id is null and p.kind = k.kind
      and (p.movement_type = w.movement_type or p.movement_type is null)
    order by p.movement_type is null limit 1) planned on true
left join movement_type mt on mt.movement_type = planned.movement_type
where w.household_id = :household_id and w.watch_id = :watch_id
order by k.kind;

-- name: care_proposed
-- When a kind of service is due again, by the plan that holds for the watch; null: nothing is planned.
select cast(cast(:serviced_on as date) + make_interval(months => p.months) as date)
from watch w
join care_plan p on p.household_id = w.household_id and p.kind = :kind
    and (p.watch_id = w.watch_id or p.watch_id is null and (p.movement_type = w.movement_type or p.movement_type is null))
where w.household_id = :household_id and w.watch_id = :watch_id
order by p.watch_id is null, p.movement_type is null
limit 1;
