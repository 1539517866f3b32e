-- name: watch_movements
-- What the watches of the scope did in a period: worth at its first and its last day, paid in and taken out after the
-- first; the :limit that moved most up and the :limit most down, most up first. Over all, moved adds up to the gain of
-- the period. A watch with something that has no rate is left out.
with {flows_by_watch}, worth as (
    select s.watch_id, s.currency, coalesce(sum(s.delta) filter (where s.day <= cast(:from as date)), 0) as before,
           sum(s.delta) as after
    from own o
    join value_step s on s.household_id = :household_id and s.watch_id = o.watch_id
    where s.day <= :to and (o.disposed_on is null or o.disposed_on >= cast(:from as date))
    group by s.watch_id, s.currency
), ratios as materialized (
    select c.currency, fx_ratio(c.currency, :currency, own_then.eur_rate, shown_then.eur_rate) as before,
           fx_ratio(c.currency, :currency, own_now.eur_rate, shown_now.eur_rate) as after
    from (select distinct currency from worth) c
    left join lateral fx_on(c.currency, :from) own_then on true
    left join lateral fx_on(:currency, :from) shown_then on true
    left join lateral fx_on(c.currency, :to) own_now on true
    left join lateral fx_on(:currency, :to) shown_now on true
), valued as (
    select w.watch_id, coalesce(sum(w.before * r.before), 0) as before, coalesce(sum(w.after * r.after), 0) as after,
           bool_or(w.before <> 0 and r.before is null or w.after <> 0 and r.after is null) as missing
    from worth w
    join ratios r on r.currency = w.currency
    group by w.watch_id
), moved as (
    select v.watch_id, v.before, v.after, flow.paid_in, flow.taken_out,
           v.after + flow.taken_out - v.before - flow.paid_in as moved
    from valued v
    join bought b on b.watch_id = v.watch_id
    left join given on given.watch_id = v.watch_id
    left join gone on gone.watch_id = v.watch_id
    cross join lateral (
        select case when b.acquired_on > cast(:from as date) then coalesce(case when b.priced then b.cost end, given.amount, 0)
                    else 0 end as paid_in,
               case when gone.disposed_on + 1 between cast(:from as date) + 1 and cast(:to as date)
                    then coalesce(gone.taken_out, 0) else 0 end as taken_out) flow
    where not v.missing
), ranked as (
    select m.watch_id, m.before, m.after, m.paid_in, m.taken_out, m.moved,
           count(*) filter (where m.moved > 0) over () as rising, count(*) filter (where m.moved < 0) over () as falling,
           row_number() over (order by m.moved desc, m.watch_id) as from_top,
           row_number() over (order by m.moved, m.watch_id desc) as from_bottom
    from moved m
)
select w.watch_id, b.name as brand, w.model, cover.content_hash as cover, r.before, r.after, r.paid_in, r.taken_out, r.moved,
       r.rising, r.falling
from ranked r
join watch w on w.household_id = :household_id and w.watch_id = r.watch_id
join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
{cover}
where r.from_top <= :limit and r.moved > 0 or r.from_bottom <= :limit and r.moved < 0
order by r.from_top;
