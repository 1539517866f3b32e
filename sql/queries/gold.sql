-- name: gold_newest
-- The day of the newest price of gold this box has; null: it never asked for any.
select max(day) from gold_price;

-- name: gold_put
-- Days that are here stay as they are. As the owner of the schema.
insert into gold_price (day, amount)
select v.day, v.amount
from unnest(cast(:days as date[]), cast(:amounts as numeric[])) as v (day, amount)
on conflict (day) do nothing;

-- name: gold_points
-- A gram of gold from a day on in one currency, at the rate of each day; what held on the first day is among them.
with held as (
    (select greatest(g.day, cast(:from as date)) as day, g.amount
     from gold_price g where g.day <= :from order by g.day desc limit 1)
    union all
    select g.day, g.amount from gold_price g where g.day > :from and g.day <= :to
), zloty as materialized (
    select first_day, rates || '{}' as rates from rate_series where currency = 'PLN'
), shown as materialized (
    select first_day, rates || '{}' as rates from rate_series where currency = :currency
), rated as (
    select day, amount, fx_ratio('PLN', :currency, rate_in((select rates from zloty), (select first_day from zloty), rate_day),
                                 {shown_rate}) as ratio
    from (select held.*, least(day, (select fx_horizon())) as rate_day from held) h offset 0
)
select day, amount * ratio as amount
from rated
where ratio is not null
order by day;
