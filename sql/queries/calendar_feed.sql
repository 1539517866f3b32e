-- name: calendar_set
-- A new address; the one before it leads nowhere from now on.
insert into calendar_feed (household_id, user_id, token_hash) values (:household_id, :user_id, :token_hash)
on conflict (household_id, user_id) do update set token_hash = excluded.token_hash, made_at = now();

-- name: calendar_drop
delete from calendar_feed where household_id = :household_id and user_id = :user_id;

-- name: calendar_made_at
select f.made_at from calendar_feed f where f.household_id = :household_id and f.user_id = :user_id;

-- name: calendar_open
-- Before anybody is known: whose calendar it is.
select * from calendar_open(:token_hash);

-- name: calendar_dates
-- All that has a day: services to come, watches to come back, warranties that end.
select due.kind, due.watch_id, due.thing, due.service, due.day, b.name as brand, w.model, w.reference
from (select 'service_due' as kind, d.watch_id, d.kind as thing, d.kind as service, d.due_on as day
      from care_due d
      where d.household_id = :household_id
      union all
      select 'back', s.watch_id, cast(s.service_id as text), s.kind, s.expected_back_on
      from service s
      where s.household_id = :household_id and s.deleted_at is null and s.serviced_on is null and s.expected_back_on is not null
      union all
      select 'warranty_ending', w.watch_id, '', null, w.warranty_until
      from watch w
      where w.household_id = :household_id and w.status = 'owned' and w.warranty_until is not null) due
join watch w on w.household_id = :household_id and w.watch_id = due.watch_id and w.deleted_at is null
join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
where due.day > cast(:today as date) - 365
order by due.day, due.watch_id, due.kind, due.thing
limit :limit;
