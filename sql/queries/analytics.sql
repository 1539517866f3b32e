-- part: in_scope
-- Whether a watch ``w`` is in the part of the collection that is asked for (data/scope.py).
    (cast(:collection_ids as uuid[]) is null or w.collection_id = any (cast(:collection_ids as uuid[])))
    and (cast(:brand_ids as uuid[]) is null or w.brand_id = any (cast(:brand_ids as uuid[])))
    and (cast(:owner_ids as uuid[]) is null or array_position(cast(:owner_ids as uuid[]), w.owner_id) is not null)
    and (cast(:tags as text[]) is null or exists (
        select from watch_tag t
        where t.household_id = w.household_id and t.watch_id = w.watch_id and t.tag = any (cast(:tags as text[]))))
    and (cast(:gone as boolean) or w.disposed_on is null)

-- part: here
-- Watches that are or were here, of the scope.
    w.household_id = :household_id and w.deleted_at is null and w.acquired_on is not null and {in_scope}

-- part: shown_rate
-- The rate of the currency shown on a day ``rate_day``, from the row ``shown``; null: not available.
rate_in((select rates from shown), (select first_day from shown), rate_day)

-- part: flows_by_watch
-- The watches of the scope (own), what was paid in for each on its first day (bought; given: at its value, where there
-- is no cost) and taken out at the end of its last (gone), at the rate of the day (shown: all rates, held in memory).
own as materialized (
    select w.watch_id, w.acquired_on, w.disposed_on, w.cost, w.purchase_currency, w.cost_eur_rate, w.proceeds, w.sale_currency
    from watch w
    where {here} and w.acquired_on <= :to
), shown as materialized (
    select first_day, rates || '{}' as rates from rate_series where currency = :currency
), bought as materialized (
    select watch_id, acquired_on, disposed_on, proceeds, sale_currency, cost * ratio as cost, shown_rate,
           cost > 0 and ratio is not null as priced, cost is not null and ratio is null as missing
    from (select o.*, fx_ratio(o.purchase_currency, :currency, o.cost_eur_rate, o.shown_rate) as ratio
          from (select o.*, {shown_rate} as shown_rate
                from (select own.*, least(acquired_on, (select fx_horizon())) as rate_day from own) o offset 0) o offset 0) o
), given as (
    select b.watch_id, b.acquired_on as day, sum(s.delta * fx_ratio(s.currency, :currency, own.eur_rate, b.shown_rate)) as amount
    from bought b
    join value_step s on s.household_id = :household_id and s.watch_id = b.watch_id and s.day = b.acquired_on
    left join lateral fx_on(s.currency, b.acquired_on) own on true
    where b.priced is not true
    group by b.watch_id, b.acquired_on
), gone as (
    select b.watch_id, b.disposed_on, b.cost, b.proceeds * rate.ratio as proceeds, b.proceeds is not null and rate.ratio is null as missing,
           coalesce(b.proceeds * rate.ratio, last.amount) as taken_out
    from bought b
    left join lateral fx_on(b.sale_currency, b.disposed_on) own on true
    left join lateral fx_on(:currency, b.disposed_on) shown_then on true
    cross join lateral (
        select fx_ratio(b.sale_currency, :currency, own.eur_rate, shown_then.eur_rate) as ratio offset 0) rate
    left join lateral (
        select -sum(s.delta * fx_ratio(s.currency, :currency, left_at.eur_rate, shown_then.eur_rate)) as amount
        from (select where b.proceeds is null or rate.ratio is null) unpriced
        join value_step s on s.household_id = :household_id and s.watch_id = b.watch_id and s.day = b.disposed_on + 1
        left join lateral fx_on(s.currency, b.disposed_on) left_at on true) last on true
    where b.disposed_on <= :to
)

-- name: collection_days
-- The days of a period on which anything moved, the eves of payments, the ends of months and every :step days, with the
-- value held and what was paid in and taken out. For each currency the running sum of value changes (in hundredths) and
-- the rates stand in a row, by day: so the cost grows with the number of days and of changes, not with days × watches.
with {flows_by_watch}, moves as materialized (
    select v.currency, greatest(v.day, cast(:from as date)) as day, sum(v.delta) as delta
    from ({household_steps}) v
    where not cast(:narrowed as boolean)
    group by 1, 2
    union all
    select s.currency, greatest(s.day, cast(:from as date)), sum(s.delta)
    from watch w
    join value_step s on s.household_id = w.household_id and s.watch_id = w.watch_id
    where cast(:narrowed as boolean) and {here} and s.day <= :to
    group by 1, 2
), held as materialized (
    select currency, array_agg(day order by day) as days, array_agg(amount order by day) as amounts
    from (select currency, day, cast(100 * sum(delta) over (partition by currency order by day) as bigint) as amount from moves) sums
    group by currency
), series as materialized (
    select currency, first_day, rates || '{}' as rates from rate_series where currency in (select currency from held)
), came as materialized (
    select acquired_on as day, sum(cost) as cost, count(*) as watches, bool_or(missing) as missing
    from bought
    group by acquired_on
), unpriced as materialized (
    select day, sum(amount) as amount from given group by day
), went as materialized (
    select disposed_on as day, sum(cost) as cost, count(*) as watches, sum(proceeds) as proceeds, sum(taken_out) as taken_out,
           bool_or(missing) as missing
    from gone
    group by disposed_on
), days as materialized (
    select d.day, d.regular, d.rate_day, {shown_rate} as shown_rate
    from (select day, bool_or(regular) as regular, least(day, (select fx_horizon())) as rate_day
          from (select cast(:to as date) - n * cast(:step as integer), true
                from generate_series(0, (cast(:to as date) - cast(:from as date)) / cast(:step as integer)) n
                union all values (cast(:from as date), true)
                union all
                select cast(month as date) - 1, false
                from generate_series(date_trunc('month', cast(:from as timestamp)) + interval '1 month',
                                     cast(:to as timestamp), interval '1 month') month
                union all select day, false from moves
                union all
                select flow.day, false
                from (select day - eve as day from came cross join generate_series(0, 1) eve
                      union all
                      select day + after from went cross join generate_series(0, 1) after) flow
                where flow.day between cast(:from as date) and cast(:to as date)) every (day, regular)
          group by day) d
), valued as (
    select day, sum(amount * ratio) / 100 as value, bool_or(amount <> 0 and ratio is null) as missing
    from (select d.day, h.amounts[width_bucket(d.day, h.days)] as amount,
                 fx_ratio(h.currency, :currency, rate_in(s.rates, s.first_day, d.rate_day), d.shown_rate) as ratio
          from held h
          left join series s using (currency)
          cross join days d offset 0) rated
    group by day
), before as (
    select coalesce(sum(invested), 0) as invested, coalesce(sum(cost), 0) as cost, coalesce(sum(watches), 0) as watches,
           coalesce(bool_or(missing), false) as missing
    from (select cost as invested, cost, watches, missing from came where day < cast(:from as date)
          union all
          select -proceeds, null, null, missing from went where day < cast(:from as date)
          union all
          select null, -cost, -watches, null from went where day + 1 < cast(:from as date)) flows
)
select d.day, coalesce(v.value, 0) as value,
       b.invested + sum(coalesce(c.cost, 0) - coalesce(w.proceeds, 0)) over so_far as invested,
       b.cost + sum(coalesce(c.cost, 0) - coalesce(l.cost, 0)) over so_far as cost,
       cast(b.watches + sum(coalesce(c.watches, 0) - coalesce(l.watches, 0)) over so_far as bigint) as watches,
       coalesce(c.cost, 0) + coalesce(g.amount, 0) as paid_in, coalesce(l.taken_out, 0) as taken_out, d.shown_rate as rate, d.regular,
       coalesce(v.missing, false) as missing,
       b.missing or bool_or(coalesce(c.missing, false) or coalesce(w.missing, false)) over so_far as incomplete
from days d
cross join before b
left join valued v on v.day = d.day
left join came c on c.day = d.day
left join unpriced g on g.day = d.day
left join went w on w.day = d.day
left join went l on l.day + 1 = d.day
window so_far as (order by d.day rows unbounded preceding)
order by d.day;

-- name: collection_days_by
-- The value every :step days by group: the eight largest of them on the last day, and the rest as one; each day the
-- largest first.
with days as materialized (
    select cast(:to as date) - n * cast(:step as integer) as day
    from generate_series(0, (cast(:to as date) - cast(:from as date)) / cast(:step as integer)) n
), steps as materialized (
    select coalesce(case cast(:by as text) when 'brand' then b.name when 'collection' then c.name else t.name end, '') as label, s.currency,
           cast(:to as date) - (cast(:to as date) - greatest(s.day, (select min(day) from days))) / cast(:step as integer) * :step as day,
           sum(s.delta) as delta
    from watch w
    join value_step s on s.household_id = w.household_id and s.watch_id = w.watch_id
    join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
    left join collection c on c.household_id = w.household_id and c.collection_id = w.collection_id
    left join movement_type t on t.movement_type = w.movement_type
    where {here} and s.day <= :to
    group by 1, 2, 3
), sizes as materialized (
    select label, row_number() over (order by sum(amount * fx_ratio(currency, :currency, f.eur_rate, shown.eur_rate)) desc nulls last, label) as place
    from (select label, currency, sum(delta) as amount from steps group by label, currency) last
    left join lateral fx_on(currency, :to) f on true
    left join lateral fx_on(:currency, :to) shown on true
    group by label
), held as materialized (
    select place, currency, array_agg(day order by day) as days, array_agg(amount order by day) as amounts
    from (select least(z.place, 9) as place, s.currency, s.day,
                 cast(100 * sum(s.delta) over (partition by least(z.place, 9), s.currency order by s.day) as bigint) as amount
          from steps s
          join sizes z using (label)) sums
    group by place, currency
), series as materialized (
    select currency, first_day, rates || '{}' as rates
    from rate_series
    where currency = :currency or currency in (select currency from held)
), shown as materialized (
    select first_day, rates from series where currency = :currency
), ratios as materialized (
    select h.currency, d.day, fx_ratio(h.currency, :currency, rate_in(s.rates, s.first_day, d.rate_day), d.shown) as ratio
    from (select day, rate_day, {shown_rate} as shown
          from (select day, least(day, (select fx_horizon())) as rate_day from days) all_days offset 0) d
    cross join (select distinct currency from held) h
    left join series s using (currency)
), valued as (
    select h.place, r.day, sum(h.amounts[width_bucket(r.day, h.days)] * r.ratio) / 100 as value
    from held h
    join ratios r using (currency)
    group by h.place, r.day
)
select v.day, case when v.place <= 8 then nullif(z.label, '') end as label, v.place > 8 as rest, coalesce(v.value, 0) as value
from valued v
join sizes z using (place)
order by v.day, v.place;

-- name: holdings
-- Each watch that is or was here, with its figures.
select w.watch_id, b.name as brand, w.model, w.reference, cover.content_hash as cover, w.status, c.name as collection, c.colour,
       t.name as movement, w.case_material as material, w.production_year, w.value_amount, w.value_currency,
       w.purchase_currency, w.acquired_on, w.purchased_on is not null as dated, w.disposed_on, w.valued_on,
       m.value, m.cost, part.cost_now * charged.share as fees, m.cost * charged.share as fees_paid,
       m.gain, m.watch_gain, m.currency_gain, m.return_fraction, gone.proceeds, m.rate_on, m.cost_rate_on
from watch w
{money}
cross join lateral (
    select (coalesce(w.purchase_fees, 0) + coalesce(w.purchase_taxes, 0)) / nullif(w.cost, 0) as share offset 0) charged
join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
left join collection c on c.household_id = w.household_id and c.collection_id = w.collection_id
left join movement_type t on t.movement_type = w.movement_type
left join (
    select distinct on (p.watch_id) p.watch_id, p.content_hash
    from photo p
    where p.household_id = :household_id and p.position is not null
    order by p.watch_id, p.position) cover on cover.watch_id = w.watch_id  -- all at once, not one by one
where {here};

-- name: ownership_payments
-- Services and other costs up to today, each at the rate of its day; those of the whole collection only when :whole.
with paid as materialized (
    select s.watch_id, 'service' as kind, coalesce(s.serviced_on, s.handed_over_on) as day, s.cost as own_amount, s.currency
    from service s
    join watch w on w.household_id = s.household_id and w.watch_id = s.watch_id
    where s.household_id = :household_id and s.deleted_at is null and s.cost is not null and {here}
      and coalesce(s.serviced_on, s.handed_over_on) <= :today
    union all
    select e.watch_id, e.kind, e.paid_on, e.amount, e.currency
    from expense_payment e
    join watch w on w.household_id = e.household_id and w.watch_id = e.watch_id
    where e.household_id = :household_id and {here} and e.paid_on <= :today
    union all
    select null, e.kind, e.paid_on, e.amount, e.currency
    from expense_payment e
    where e.household_id = :household_id and e.watch_id is null and cast(:whole as boolean) and e.paid_on <= :today
), series as materialized (
    select currency, first_day, rates || '{}' as rates
    from rate_series
    where currency = :currency or currency in (select currency from paid)
), shown as materialized (
    select first_day, rates from series where currency = :currency
)
select p.watch_id, p.kind, coalesce(p.day) as day, coalesce(p.own_amount) as own_amount, coalesce(p.currency) as currency, p.amount
from (select p.*, p.own_amount * fx_ratio(p.currency, :currency, rate_in(s.rates, s.first_day, p.rate_day), {shown_rate}) as amount
      from (select paid.*, least(day, (select fx_horizon())) as rate_day from paid) p
      left join series s using (currency) offset 0) p
order by p.day, p.watch_id, p.kind;

-- name: collection_moves
-- Watches that came or went in the period: the :limit largest amounts, oldest first.
with moves as (
    select w.household_id, w.watch_id, w.brand_id, w.model, w.acquired_on as day, true as came,
           w.cost * fx_ratio(w.purchase_currency, :currency, w.cost_eur_rate, shown.eur_rate) as amount
    from watch w
    left join fx_day shown on shown.currency = :currency and shown.day = least(w.acquired_on, (select fx_horizon()))
    where {here} and w.acquired_on between cast(:from as date) and cast(:to as date)
    union all
    select w.household_id, w.watch_id, w.brand_id, w.model, w.disposed_on, false,
           w.proceeds * fx_ratio(w.sale_currency, :currency, own.eur_rate, shown.eur_rate)
    from watch w
    left join fx_day own on own.currency = w.sale_currency and own.day = least(w.disposed_on, (select fx_horizon()))
    left join fx_day shown on shown.currency = :currency and shown.day = least(w.disposed_on, (select fx_horizon()))
    where {here} and w.disposed_on between cast(:from as date) and cast(:to as date)
)
select m.day, m.watch_id, b.name as brand, m.model, m.came, m.amount
from (select * from moves order by amount desc nulls last, watch_id limit :limit) m
join brand b on b.household_id = m.household_id and b.brand_id = m.brand_id
order by m.day, m.watch_id;
