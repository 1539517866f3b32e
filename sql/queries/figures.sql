-- part: newest_rates
(select least(cast(:today as date), fx_horizon()))

-- part: money
-- The one definition of value, cost, gain and return of a watch ``w`` in a currency (docs/glossary.md): cost at the
-- rate of the day it came, value at today's; a watch that is gone at its proceeds, at the rate of its last day. A part
-- that is unknown or has no rate is null. watch_gain + currency_gain = gain.
left join fx_day worth_now on worth_now.currency = w.value_currency and worth_now.day = {newest_rates}
left join fx_day cost_now on cost_now.currency = w.purchase_currency and cost_now.day = {newest_rates}
left join fx_day shown_now on shown_now.currency = :currency and shown_now.day = {newest_rates}
left join fx_day shown_then on shown_then.currency = :currency
                           and shown_then.day = least(w.acquired_on, (select fx_horizon()))
left join lateral (
    select w.proceeds * fx_ratio(w.sale_currency, :currency, sale.eur_rate, shown.eur_rate) as proceeds,
           w.cost * fx_ratio(w.purchase_currency, :currency, bought.eur_rate, shown.eur_rate) as cost,
           least(sale.rate_date, shown.rate_date) as rate_on
    from (select where w.disposed_on is not null) gone
    left join lateral fx_on(w.sale_currency, w.disposed_on) sale on true
    left join lateral fx_on(w.purchase_currency, w.disposed_on) bought on true
    left join lateral fx_on(:currency, w.disposed_on) shown on true) gone on true
cross join lateral (
    select case when w.disposed_on is null
                then w.value_amount * fx_ratio(w.value_currency, :currency, worth_now.eur_rate, shown_now.eur_rate)
                else gone.proceeds end as worth,
           case when w.disposed_on is null
                then w.cost * fx_ratio(w.purchase_currency, :currency, cost_now.eur_rate, shown_now.eur_rate)
                else gone.cost end as cost_now,
           w.cost * fx_ratio(w.purchase_currency, :currency, w.cost_eur_rate, shown_then.eur_rate) as cost_then
    offset 0) part  -- worked out once a row, not once a use
cross join lateral (
    select case when w.disposed_on is null then part.worth end as value,
           part.cost_then as cost,
           part.worth - part.cost_then as gain,
           part.worth - part.cost_now as watch_gain,
           part.cost_now - part.cost_then as currency_gain,
           part.worth / nullif(part.cost_then, 0) - 1 as return_fraction,
           coalesce(gone.rate_on, least(worth_now.rate_date, shown_now.rate_date)) as rate_on,
           least(w.cost_rate_on, shown_then.rate_date) as cost_rate_on) m

-- part: owned
    w.household_id = :household_id and w.deleted_at is null and w.status = 'owned'

-- part: household_steps
-- By how much the value of all that the reader may see changes on a day: the sums of the household, and the steps of
-- watches that are private to the reader (nobody else's are shown).
select v.currency, v.day, v.delta, v.costed
from value_day v
where v.household_id = :household_id and v.day <= :to
union all
select s.currency, s.day, s.delta, case when s.costed then s.delta else 0 end
from value_step s
where s.household_id = :household_id and s.is_private and s.day <= :to

-- name: household_totals
-- The headline numbers: watches owned today, of the scope, in one currency.
select count(*) as watches,
       count(m.value) as valued,
       coalesce(sum(m.value), 0) as value,
       count(m.cost) as costed,
       coalesce(sum(m.cost), 0) as cost,
       count(m.gain) as measured,
       coalesce(sum(m.gain), 0) as gain,
       coalesce(sum(m.watch_gain) filter (where m.gain is not null), 0) as watch_gain,
       coalesce(sum(m.currency_gain) filter (where m.gain is not null), 0) as currency_gain,
       sum(m.gain) / nullif(sum(m.cost) filter (where m.gain is not null), 0) as return_fraction,
       count(*) filter (where w.valued_on is null and m.value is not null) as at_cost,
       count(*) filter (where w.value_amount is null) as without_value,
       count(*) filter (where w.value_amount is not null and m.value is null) as without_rate,
       count(*) filter (where w.valued_on < cast(:today as date) - 365) as stale,
       min(m.rate_on) filter (where m.value is not null and w.value_currency <> :currency) as rate_on
from watch w
{money}
where {owned} and {in_scope};

-- name: watch_money_of
-- The figures of one watch in one currency.
select m.value, m.cost, m.gain, m.watch_gain, m.currency_gain, m.return_fraction, m.rate_on, m.cost_rate_on
from watch w
{money}
where w.household_id = :household_id and w.watch_id = :watch_id;

-- name: value_trend
-- The collection (or one watch) day by day, in one currency: every :step days, the last day always.
-- Running sums of value changes per currency, times the day's rate: the cost grows with the number
-- of valuations, not with days × watches. cost is of the watches held that day; gain counts the
-- watches whose cost is known; missing says that something held that day has no rate.
with span as (
    select cast(:to as date) - (cast(:to as date) - cast(:from as date)) / cast(:step as integer) * :step as first_day,
           fx_horizon() as horizon
), days as materialized (
    select d.day, shown.eur_rate as shown_rate, least(d.day, s.horizon) as rate_day
    from span s
    cross join lateral (
        select cast(:to as date) - n * cast(:step as integer) as day
        from generate_series(0, (cast(:to as date) - cast(:from as date)) / :step) n) d
    left join fx_day shown on shown.currency = :currency and shown.day = least(d.day, s.horizon)
), steps as materialized (
    select currency, cast(:to as date) - (cast(:to as date) - greatest(day, (select first_day from span))) / cast(:step as integer) * :step as day,
           sum(delta) as delta, sum(costed) as costed
    from (select all_steps.* from ({household_steps}) all_steps where cast(:watch_id as uuid) is null
          union all
          select s.currency, s.day, s.delta, case when s.costed then s.delta else 0 end
          from value_step s
          where s.household_id = :household_id and s.watch_id = :watch_id and s.day <= :to) moves
    group by 1, 2
), held as (
    select g.currency, g.day, g.rate_day, g.shown_rate,
           sum(s.delta) over so_far as amount, sum(s.costed) over so_far as costed
    from (select * from days cross join (select distinct currency from steps) c offset 0) g
    left join steps s on s.currency = g.currency and s.day = g.day
    window so_far as (partition by g.currency order by g.day)
), valued as (
    select h.day, sum(h.amount * rate.ratio) as value, sum(h.costed * rate.ratio) as costed,
           bool_or(h.amount <> 0 and rate.ratio is null) as missing
    from held h
    left join lateral (  -- a look-up each: they are few, and the planner thinks them many
        select f.eur_rate from fx_day f
        where f.currency = h.currency and f.day = h.rate_day and h.currency <> :currency offset 0) own on true
    cross join lateral (
        select fx_ratio(h.currency, :currency, own.eur_rate, h.shown_rate) as ratio offset 0) rate
    group by h.day
), owned as materialized (
    select w.acquired_on, w.disposed_on, w.cost, w.purchase_currency, w.cost_eur_rate, w.proceeds, w.sale_currency
    from watch w
    where w.household_id = :household_id and w.deleted_at is null and w.acquired_on <= :to
      and (cast(:watch_id as uuid) is null or w.watch_id = :watch_id)
), bought as materialized (
    select o.acquired_on, o.disposed_on, o.cost * rate.ratio as cost, o.cost is not null and rate.ratio is null as missing
    from owned o
    cross join span s
    left join fx_day shown on shown.currency = :currency and shown.day = least(o.acquired_on, s.horizon)
                          and shown.day >= (select least(min(acquired_on), (select horizon from span)) from owned)  -- nothing older is read
    cross join lateral (
        select fx_ratio(o.purchase_currency, :currency, o.cost_eur_rate, shown.eur_rate) as ratio offset 0) rate
), flows as (
    select acquired_on as day, cost as invested, cost, 1 as watches, cast(missing as integer) as missing from bought
    union all
    select disposed_on + 1, null, -cost, -1, null from bought where disposed_on < :to
    union all
    select o.disposed_on, -o.proceeds * rate.ratio, null, null, cast(rate.ratio is null as integer)
    from (select disposed_on, sale_currency, sum(proceeds) as proceeds
          from owned where proceeds is not null and disposed_on <= :to group by disposed_on, sale_currency) o
    left join lateral fx_on(o.sale_currency, o.disposed_on) own on true
    left join lateral fx_on(:currency, o.disposed_on) shown on true
    cross join lateral (
        select fx_ratio(o.sale_currency, :currency, own.eur_rate, shown.eur_rate) as ratio offset 0) rate
), paid as (
    select cast(:to as date) - (cast(:to as date) - greatest(day, (select first_day from span))) / cast(:step as integer) * :step as day,
           sum(invested) as invested, sum(cost) as cost, sum(watches) as watches, sum(missing) as missing
    from flows
    group by 1
)
select d.day, coalesce(v.value, 0) as value,
       coalesce(v.costed, 0) - coalesce(sum(p.cost) over so_far, 0) as gain,
       coalesce(sum(p.invested) over so_far, 0) as invested, coalesce(sum(p.cost) over so_far, 0) as cost,
       cast(coalesce(sum(p.watches) over so_far, 0) as bigint) as watches,
       coalesce(v.missing, false) or coalesce(sum(p.missing) over so_far, 0) > 0 as missing
from days d
left join valued v on v.day = d.day
left join paid p on p.day = d.day
window so_far as (order by d.day)
order by d.day;

-- name: first_day
-- Since when there is something to show; null for an empty collection.
select min(acquired_on) from watch where household_id = :household_id and deleted_at is null;

-- name: allocation_by_brand
select b.name as label, cast(null as text) as colour, sum(m.value) as amount, count(*) as watches
from watch w
{money}
join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
where {owned} and m.value is not null
group by b.name
order by amount desc, b.name;

-- name: allocation_by_collection
select c.name as label, c.colour, sum(m.value) as amount, count(*) as watches
from watch w
{money}
left join collection c on c.household_id = w.household_id and c.collection_id = w.collection_id
where {owned} and m.value is not null
group by c.name, c.colour
order by amount desc, c.name;

-- name: performers
-- The five highest and the five lowest returns of what is owned; of fewer than ten watches the better half and the rest.
with ranked as (
    select w.household_id, w.watch_id, b.name as brand, w.model, m.value, m.gain, m.return_fraction,
           row_number() over (order by m.return_fraction desc, w.watch_id) as place, count(*) over () as watches
    from watch w
    {money}
    join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
    where {owned} and m.return_fraction is not null
)
select w.watch_id, w.brand, w.model, w.value, w.gain, w.return_fraction, w.place <= least(5, (w.watches + 1) / 2) as best,
       cover.content_hash as cover
from ranked w
{cover}
where w.place <= least(5, (w.watches + 1) / 2) or w.place > w.watches - least(5, w.watches / 2)
order by w.place;

-- name: needing_value
-- Owned watches that were never valued, or not for a year; the longest first.
select w.watch_id, b.name as brand, w.model, w.valued_on, w.value_amount, w.value_currency, cover.content_hash as cover
from watch w
join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
{cover}
where {owned}
  and (w.valued_on is null or w.valued_on < cast(:today as date) - 365)
order by w.valued_on nulls first, w.added_at
limit :limit;
