-- name: outlook_months
-- Month by month, up to the last that is over on the day :today, of the :most watches of the scope with the highest
-- values: how many values were recorded in it, what they were worth at its end, and how much of that was recorded up to
-- :fresh days before. A recorded value is fresh from its day until the next one, its age, or the end of the watch.
with own as materialized (
    select w.watch_id, w.acquired_on, w.disposed_on
    from watch w
    left join fx_day f on f.currency = w.value_currency and f.day = least(cast(:today as date), (select fx_horizon()))
    where {here} and w.acquired_on <= :today
    order by w.value_amount * fx_ratio(w.value_currency, 'EUR', f.eur_rate, 1) desc nulls last, w.watch_id
    limit :most
), recorded as (
    select v.day, v.amount, v.currency, o.acquired_on, least(v.next_day, v.day + cast(:fresh as integer) + 1, o.disposed_on + 1) as until
    from own o
    cross join lateral (
        select c.valued_on as day, c.amount, c.currency, lead(c.valued_on) over (order by c.valued_on) as next_day
        from counted_valuation c
        where c.household_id = :household_id and c.watch_id = o.watch_id
          and c.valued_on between cast(:from as date) and least(o.disposed_on, cast(:today as date))) v
), moves as (
    select r.currency, moved.day, moved.amount as fresh, 0 as held, moved.recorded
    from recorded r
    cross join lateral (values (greatest(r.day, r.acquired_on), r.amount, 1), (r.until, -r.amount, 0)) moved (day, amount, recorded)
    where r.until > r.acquired_on
    union all
    select s.currency, greatest(s.day, cast(:from as date)), 0, s.delta, 0
    from own o
    join value_step s on s.household_id = :household_id and s.watch_id = o.watch_id
    where s.day <= :today
), changes as materialized (
    select date_trunc('month', cast(day as timestamp)) as month, currency,
           sum(fresh) as fresh, sum(held) as held, sum(recorded) as recorded
    from moves
    group by 1, 2
), running as (
    select cast(m.month + interval '1 month' as date) - 1 as day, k.currency, c.recorded,
           sum(c.fresh) over so_far as fresh, sum(c.held) over so_far as held
    from generate_series(date_trunc('month', cast(:from as timestamp)), cast(:today as timestamp), interval '1 month') m (month)
    cross join (select distinct currency from changes) k
    left join changes c on c.month = m.month and c.currency = k.currency
    window so_far as (partition by k.currency order by m.month)
)
select r.day, cast(coalesce(sum(r.recorded), 0) as bigint) as recorded,
       coalesce(sum(r.fresh * rate.ratio), 0) as fresh, coalesce(sum(r.held * rate.ratio), 0) as held
from running r
left join fx_day shown on shown.currency = :currency and shown.day = least(r.day, (select fx_horizon()))
left join fx_day f on f.currency = r.currency and f.day = least(r.day, (select fx_horizon()))
cross join lateral (select fx_ratio(r.currency, :currency, f.eur_rate, shown.eur_rate) as ratio offset 0) rate
where r.day <= :today
group by r.day
order by r.day;
