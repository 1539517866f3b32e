-- part: benchmark_shown
-- A series with its days and its last value.
select b.benchmark_id, b.name, b.currency, b.version, p.first_day, p.last_day, p.points, p.last_amount
from benchmark b
cross join lateral (
    select min(p.day) as first_day, max(p.day) as last_day, count(*) as points,
           (array_agg(p.amount order by p.day desc))[1] as last_amount
    from benchmark_point p
    where p.household_id = b.household_id and p.benchmark_id = b.benchmark_id) p

-- name: benchmark_list
-- The series of a household by name.
{benchmark_shown}
where b.household_id = :household_id
order by search_fold(b.name), b.benchmark_id;

-- name: benchmark_get
{benchmark_shown}
where b.household_id = :household_id and b.benchmark_id = :benchmark_id;

-- name: benchmark_insert
-- :benchmark_id names one that comes back after it was removed; null makes a new one.
insert into benchmark (household_id, benchmark_id, name, currency)
values (:household_id, coalesce(cast(:benchmark_id as uuid), gen_random_uuid()), :full_name, :currency)
returning benchmark_id;

-- name: benchmark_rename
update benchmark set name = :full_name, version = version + 1
where household_id = :household_id and benchmark_id = :benchmark_id and version = :version
returning version;

-- name: benchmark_touch
-- Its points are about to change: one more version, and nobody else changes them at the same time.
update benchmark set version = version + 1
where household_id = :household_id and benchmark_id = :benchmark_id and version = :version
returning version;

-- name: benchmark_delete
-- Its points go with it.
delete from benchmark
where household_id = :household_id and benchmark_id = :benchmark_id and version = :version
returning version;

-- name: benchmark_put_points
-- Many days in one statement; a day that is here already gets the new amount.
insert into benchmark_point (household_id, benchmark_id, day, amount)
select :household_id, :benchmark_id, v.day, v.amount
from unnest(cast(:days as date[]), cast(:amounts as numeric[])) as v (day, amount)
on conflict (household_id, benchmark_id, day) do update set amount = excluded.amount
where benchmark_point.amount <> excluded.amount;

-- name: benchmark_clear_points
delete from benchmark_point where household_id = :household_id and benchmark_id = :benchmark_id;

-- name: benchmark_own_points
-- Every day as it was imported, oldest first.
select day, amount
from benchmark_point
where household_id = :household_id and benchmark_id = :benchmark_id
order by day;

-- name: benchmark_points
-- A series from a day on in one currency: what held on the first day, then each later price, at the rate of its day;
-- points of an index as they are. A day without a rate is left out.
with held as (
    (select greatest(p.day, cast(:from as date)) as day, p.amount
     from benchmark_point p
     where p.household_id = :household_id and p.benchmark_id = :benchmark_id and p.day <= :from
     order by p.day desc limit 1)
    union all
    select p.day, p.amount
    from benchmark_point p
    where p.household_id = :household_id and p.benchmark_id = :benchmark_id and p.day > :from and p.day <= :to
), own as materialized (
    select b.currency, s.first_day, s.rates || '{}' as rates
    from benchmark b
    left join rate_series s using (currency)
    where b.household_id = :household_id and b.benchmark_id = :benchmark_id
), shown as materialized (
    select first_day, rates || '{}' as rates from rate_series where currency = :currency
), rated as (
    select day, amount, fx_ratio((select currency from own), :currency,
                                 rate_in((select rates from own), (select first_day from own), rate_day), {shown_rate}) as ratio
    from (select held.*, least(day, (select fx_horizon())) as rate_day from held) h offset 0
)
select day, amount * case when (select currency from own) is null then 1 else ratio end as amount
from rated
where ratio is not null or (select currency from own) is null
order by day;
