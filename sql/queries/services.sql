-- part: service_columns
    s.service_id, s.watch_id, s.version, s.added_at, s.kind, s.provider, s.description, s.handed_over_on,
    s.expected_back_on, s.quote, s.serviced_on, s.cost, s.currency, s.next_due_on

-- part: watch_of_service
join watch w on w.household_id = s.household_id and w.watch_id = s.watch_id and w.deleted_at is null
join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
{cover}

-- part: cost_shown
-- The cost of a service ``s`` in :currency, at the rate of its day; null: none, or no rate.
left join lateral fx_on(s.currency, coalesce(s.serviced_on, s.handed_over_on)) paid on s.cost is not null
left join lateral fx_on(:currency, coalesce(s.serviced_on, s.handed_over_on)) shown on s.cost is not null
cross join lateral (
    select s.cost * fx_ratio(s.currency, :currency, paid.eur_rate, shown.eur_rate) as cost offset 0) m

-- name: service_list
-- The services of a watch: those it is away for, then newest first.
select {service_columns}
from service s
where s.household_id = :household_id and s.watch_id = :watch_id and s.deleted_at is null
order by s.serviced_on desc nulls first, s.handed_over_on desc, s.added_at desc;

-- name: service_get
select {service_columns}
from service s
where s.household_id = :household_id and s.service_id = :service_id and s.deleted_at is null;

-- name: service_insert
insert into service (household_id, watch_id, kind, provider, description, handed_over_on, expected_back_on, quote,
                     serviced_on, cost, currency, next_due_on)
select w.household_id, w.watch_id, :kind, :provider, :description, :handed_over_on, :expected_back_on, :quote,
       :serviced_on, :cost, :currency, :next_due_on
from watch w
where w.household_id = :household_id and w.watch_id = :watch_id and w.deleted_at is null
returning service_id;

-- name: service_update
-- Writes only if nobody else wrote since :version was read; returns no row otherwise.
update service
set kind = :kind, provider = :provider, description = :description, handed_over_on = :handed_over_on,
    expected_back_on = :expected_back_on, quote = :quote, serviced_on = :serviced_on, cost = :cost,
    currency = :currency, next_due_on = :next_due_on, version = version + 1
where household_id = :household_id and service_id = :service_id and version = :version and deleted_at is null
returning version;

-- name: service_to_bin
update service set deleted_at = now(), version = version + 1
where household_id = :household_id and service_id = :service_id and version = :version and deleted_at is null
returning version;

-- name: service_from_bin
update service set deleted_at = null, version = version + 1
where household_id = :household_id and service_id = :service_id and deleted_at is not null
returning version;

-- name: provider_list
-- Who serviced a watch before, for type-ahead: who did lately first.
select s.provider
from service s
where s.household_id = :household_id and s.deleted_at is null and s.provider is not null
group by s.provider
order by max(coalesce(s.serviced_on, s.handed_over_on)) desc, s.provider
limit 300;

-- name: at_the_watchmaker
-- What is away; what should be back first comes first.
select w.watch_id, b.name as brand, w.model, cover.content_hash as cover, s.service_id, s.kind, s.provider,
       s.handed_over_on, s.expected_back_on, s.quote, s.currency
from service s
{watch_of_service}
where s.household_id = :household_id and s.deleted_at is null and s.serviced_on is null
order by s.expected_back_on nulls last, s.handed_over_on, s.service_id
limit :limit;

-- part: certain
    coalesce(d.kind) as kind, coalesce(d.due_on) as due_on, coalesce(d.by_plan) as by_plan  -- not null, which a view can't say

-- name: care_due_list
-- What is overdue, and due in the year to come; the first :limit of each stage, and the first few of each month.
-- stage: overdue, soon (:soon days), later. month: how many after today's. in_stage and in_month: how many there are.
with due as materialized (
    select d.watch_id, {certain}, d.months, d.serviced_on,
           case when d.due_on < :today then 'overdue' when d.due_on <= cast(:today as date) + cast(:soon as integer)
                then 'soon' else 'later' end as stage,
           cast((extract(year from d.due_on) - extract(year from cast(:today as date))) * 12
                + extract(month from d.due_on) - extract(month from cast(:today as date)) as integer) as month
    from care_due d
    where d.household_id = :household_id
      and d.due_on < cast(date_trunc('month', cast(:today as date)) + interval '12 months' as date)
), placed as (
    select due.*, count(*) over (partition by stage) as in_stage,
           row_number() over (partition by stage order by due_on, watch_id, kind) as stage_place,
           count(*) over (partition by stage = 'overdue', month) as in_month,
           row_number() over (partition by stage = 'overdue', month order by due_on, watch_id, kind) as month_place
    from due
)
select w.watch_id, b.name as brand, w.model, cover.content_hash as cover, d.kind, d.months, d.serviced_on, d.due_on,
       d.by_plan, d.stage, d.month, d.in_stage, d.in_month
from placed d
join watch w on w.household_id = :household_id and w.watch_id = d.watch_id
join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
{cover}
where d.stage_place <= :limit or (d.stage <> 'overdue' and d.month_place <= 4)
order by d.due_on, d.watch_id, d.kind;

-- name: care_due_of
-- What one watch needs, and when.
select {certain}, d.months, d.serviced_on
from care_due d
where d.household_id = :household_id and d.watch_id = :watch_id
order by d.due_on, d.kind;

-- name: service_page
-- What was done, newest first: optionally one year's, or one provider's ('' for those without one).
select s.service_id, s.watch_id, b.name as brand, w.model, cover.content_hash as cover, s.kind, s.provider, coalesce(s.serviced_on) as serviced_on,
       s.cost as own_cost, s.currency, m.cost
from (select * from service s
      where s.household_id = :household_id and s.deleted_at is null and s.serviced_on is not null
        and exists (select from watch w
                    where w.household_id = s.household_id and w.watch_id = s.watch_id and w.deleted_at is null)
        and (cast(:year as integer) is null
             or s.serviced_on between make_date(:year, 1, 1) and make_date(:year, 12, 31))
        and (cast(:provider as text) is null or coalesce(s.provider, '') = :provider)
        and (cast(:after_id as uuid) is null or (s.serviced_on, s.service_id) < (cast(:after_day as date), :after_id))
      order by s.serviced_on desc, s.service_id desc
      limit :limit) s
{watch_of_service}
{cost_shown}
order by s.serviced_on desc, s.service_id desc;

-- name: service_costs
-- By year and provider, in one currency: records, those with a cost, their sum, and what has no rate on its day.
select cast(extract(year from coalesce(s.serviced_on, s.handed_over_on)) as integer) as year, s.provider,
       count(s.serviced_on) as services, count(m.cost) as converted, coalesce(sum(m.cost), 0) as cost,
       coalesce(array_agg(s.currency || ' ' || s.cost) filter (where s.cost is not null and m.cost is null), '{}') as without_rate
from service s
join watch w on w.household_id = s.household_id and w.watch_id = s.watch_id and w.deleted_at is null
{cost_shown}
where s.household_id = :household_id and s.deleted_at is null
group by 1, 2
order by 1 desc, cost desc, 2;

-- name: service_costs_of
-- What the services of one watch cost, each in one currency at the rate of its day; oldest first.
select s.service_id, coalesce(s.serviced_on, s.handed_over_on) as day, coalesce(s.cost) as own_cost, coalesce(s.currency) as currency,
       m.cost
from service s
{cost_shown}
where s.household_id = :household_id and s.watch_id = :watch_id and s.deleted_at is null and s.cost is not null
order by 2, s.added_at;
