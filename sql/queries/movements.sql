-- name: watch_movements
-- What the watches of the scope did in a period: worth at its first and its last day, paid in and taken out after the
-- first; the :limit that moved most up and the :limit most down, most up first. Over all, moved adds up to the gain of
-- the period. A watch with something that has no rate is left out.
with {flows_by_watch}, worth as (
    select s.watch_id, s.currency, coalesce(sum(s.delta) filter (where s.day <= cast(:from as date)), 0) as before,
           sum(s.delta) as after
    from watch w
    join value_step s on s.household_id = w.household_id and s.watch_id = w.watch_id
    where {here} and s.day <= :to and (w.disposed_on is null or w.disposed_on >= cast(:from as date))
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
), moved as materialized (
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
    (select * from moved where moved > 0 order by moved desc, watch_id limit :limit)
    union all
    (select * from moved where moved < 0 order by moved, watch_id desc limit :limit)
), sides as (
    select count(*) filter (where moved > 0) as rising, count(*) filter (where moved < 0) as falling from moved
)
select w.watch_id, b.name as brand, w.model, cover.content_hash as cover, r.before, r.after, r.paid_in, r.taken_out, r.moved,
       s.rising, s.falling
from ranked r
cross join sides s
join watch w on w.household_id = :household_id and w.watch_id = r.watch_id
join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
{cover}
order by r.moved desc, r.watch_id;
