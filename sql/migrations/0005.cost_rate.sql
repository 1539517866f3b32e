-- depends: 0004.derived
-- The rate at which a watch was paid for stands beside its cost: figures over many watches need not look it up.

alter table watch add column cost_eur_rate numeric, add column cost_rate_on date;
comment on column watch.cost_eur_rate is 'Derived: units of purchase_currency for 1 EUR on the day it came; null: no rate.';
comment on column watch.cost_rate_on is 'Derived: the day that rate is of.';

create or replace function watch_facts(p_row jsonb) returns jsonb language sql immutable parallel safe
return p_row - array['cost', 'proceeds', 'acquired_on', 'value_amount', 'value_currency', 'valued_on', 'cost_eur_rate',
                     'cost_rate_on', 'sort_name', 'document', 'changed_at', 'version', 'folded', 'recorded_at'];

create or replace procedure derive_watches(p_household uuid, p_watches uuid[]) language plpgsql as $$
begin
    update watch w
    set acquired_on = d.acquired_on, value_amount = d.value_amount, value_currency = d.value_currency,
        valued_on = d.valued_on, sort_name = d.sort_name, document = d.document,
        cost_eur_rate = d.cost_eur_rate, cost_rate_on = d.cost_rate_on
    from (select d.*, rate.eur_rate as cost_eur_rate, rate.rate_date as cost_rate_on
          from watch_derived d
          join watch w using (household_id, watch_id)
          left join lateral fx_on(w.purchase_currency, d.acquired_on) rate on true) d
    where d.household_id = p_household and d.watch_id = any (p_watches)
      and w.household_id = d.household_id and w.watch_id = d.watch_id
      and (w.acquired_on, w.value_amount, w.value_currency, w.valued_on, w.sort_name, w.document, w.cost_eur_rate,
           w.cost_rate_on) is distinct from
          (d.acquired_on, d.value_amount, d.value_currency, d.valued_on, d.sort_name, d.document, d.cost_eur_rate,
           d.cost_rate_on);

    delete from value_step where household_id = p_household and watch_id = any (p_watches);
    insert into value_step (household_id, watch_id, day, currency, delta, costed)
    select s.household_id, s.watch_id, s.day, s.currency, s.delta, s.costed
    from watch_step s
    join watch w using (household_id, watch_id)
    where s.household_id = p_household and s.watch_id = any (p_watches) and w.deleted_at is null;

    insert into search_word (household_id, word)
    select distinct p_household, word
    from watch_derived d, lateral search_words(d.names) word
    where d.household_id = p_household and d.watch_id = any (p_watches) and word ~ '^[^0-9]{4,40}$'
    on conflict do nothing;
end $$;

create procedure derive_cost_rates(p_since date) language sql as $$
    update watch w set cost_eur_rate = d.eur_rate, cost_rate_on = d.rate_date
    from (select household_id, watch_id, rate.eur_rate, rate.rate_date
          from watch
          left join lateral fx_on(purchase_currency, acquired_on) rate on true
          where acquired_on is null or acquired_on >= p_since) d
    where w.household_id = d.household_id and w.watch_id = d.watch_id
      and (w.cost_eur_rate, w.cost_rate_on) is distinct from (d.eur_rate, d.rate_date)
$$;
comment on procedure derive_cost_rates is 'Look up the rate of the cost again, of watches that came on this day or later (or never).';

create or replace procedure fx_fill(p_since date) language plpgsql as $$
declare
    newest constant date := (select max(rate_date) from fx_rate);
begin
    delete from fx_day where day >= p_since;
    insert into fx_day (currency, day, eur_rate, rate_date)
    select r.currency, d::date, r.eur_rate, r.rate_date
    from (select currency, rate_date, eur_rate,
                 lead(rate_date, 1, newest + 1) over (partition by currency order by rate_date) as next_date
          from fx_rate where rate_date >= p_since - 7) r,
         generate_series(greatest(r.rate_date, p_since), least(r.next_date - 1, r.rate_date + 7), interval '1 day') d;
    insert into fx_day (currency, day, eur_rate, rate_date)
    select 'EUR', d::date, 1, d::date
    from generate_series(greatest(p_since, (select min(rate_date) from fx_rate)), newest, interval '1 day') d;
    call derive_cost_rates(p_since);
end $$;

call derive_cost_rates('0001-01-01');
