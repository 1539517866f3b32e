-- depends: 0007.money
-- All rates of a currency in one row: a query over thousands of days reads them once instead of looking each one up.

create table rate_series (
    currency  text primary key,
    first_day date not null,
    rates     bigint[] not null
);
alter table rate_series alter rates set storage external;  -- read whole and often, so not compressed
comment on table rate_series is
    'Derived from fx_day: the rates of a currency, one for each calendar day. Queries over many days read it; others fx_day.';
comment on column rate_series.rates is 'Hundred-millionths of a unit for 1 EUR, from first_day on; 0: no rate.';
grant select on rate_series to watch_app;

create function rate_in(p_rates bigint[], p_first_day date, p_day date) returns numeric language sql immutable parallel safe
return nullif(p_rates[p_day - p_first_day + 1], 0) * 0.00000001;
comment on function rate_in is 'Units of a currency for 1 EUR on a day, from its rate_series; null: not available.';

create procedure fill_rate_series(p_currencies text[], p_since date) language plpgsql as $$
begin
    update rate_series set rates = rates[:p_since - first_day]
    where currency = any (p_currencies) and cardinality(rates) > p_since - first_day;
    delete from rate_series where currency = any (p_currencies) and cardinality(rates) = 0;
    insert into rate_series as old (currency, first_day, rates)
    select n.currency, n.first_day, array (
               select cast(coalesce(f.eur_rate, 0) * 100000000 as bigint)
               from generate_series(n.first_day, n.last_day, interval '1 day') each
               left join fx_day f on f.currency = n.currency and f.day = cast(each as date)
               order by each)
    from (select d.currency, coalesce(s.first_day + cardinality(s.rates), d.first_day) as first_day, d.last_day
          from (select currency, min(day) as first_day, max(day) as last_day
                from fx_day where currency = any (p_currencies) and day >= p_since group by currency) d
          left join rate_series s using (currency)) n
    on conflict (currency) do update set rates = old.rates || excluded.rates;
end $$;
comment on procedure fill_rate_series is 'Derive the series of some currencies again from a day on.';

create function derive_rate_series() returns trigger language plpgsql as $$
declare
    currencies constant text[] := (select array_agg(distinct currency) from moved);
    since      constant date := (select min(day) from moved);
begin
    call fill_rate_series(currencies, since);
    return null;
end $$;
create trigger derive_insert after insert on fx_day referencing new table as moved
    for each statement execute function derive_rate_series();
create trigger derive_update after update on fx_day referencing new table as moved
    for each statement execute function derive_rate_series();
create trigger derive_delete after delete on fx_day referencing old table as moved
    for each statement execute function derive_rate_series();

do $$
declare
    currencies constant text[] := (select array_agg(distinct currency) from fx_day);
begin
    call fill_rate_series(currencies, '0001-01-01');
end $$;
