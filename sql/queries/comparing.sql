-- name: compared_money
-- The figures of a few watches in one currency, by the one definition.
select w.watch_id, m.value, m.cost, m.gain, m.watch_gain, m.currency_gain, m.return_fraction, m.rate_on, m.cost_rate_on
from watch w
{money}
where w.household_id = :household_id and w.watch_id = any(cast(:watch_ids as uuid[]));

-- name: compared_service_costs
-- What the services of a few watches cost, each at the rate of its day; oldest first.
select s.watch_id, s.service_id, coalesce(s.serviced_on, s.handed_over_on) as day, coalesce(s.cost) as own_cost,
       coalesce(s.currency) as currency, m.cost
from service s
{cost_shown}
where s.household_id = :household_id and s.watch_id = any(cast(:watch_ids as uuid[])) and s.deleted_at is null
  and s.cost is not null
order by 3, s.added_at;

-- name: compared_care
-- For a few watches: what was done last, and what is due first.
select w.watch_id, last.kind as last_kind, last.serviced_on, due.kind as due_kind, due.due_on
from watch w
left join lateral (
    select s.kind, s.serviced_on
    from service s
    where s.household_id = w.household_id and s.watch_id = w.watch_id and s.deleted_at is null
      and s.serviced_on is not null
    order by s.serviced_on desc, s.added_at desc limit 1) last on true
left join lateral (
    select d.kind, d.due_on
    from care_due d
    where d.household_id = w.household_id and d.watch_id = w.watch_id
    order by d.due_on, d.kind limit 1) due on true
where w.household_id = :household_id and w.watch_id = any(cast(:watch_ids as uuid[]));
