-- depends: 0001.accounts
-- What all households share: makers, movements, complications, calibres, exchange rates.

create table brand_reference (
    brand_slug text primary key,
    name       text not null constraint brand_reference_name_taken unique,
    country    text not null,
    founded    integer not null,
    aliases    text[] not null default '{}'
);
comment on table brand_reference is 'Makers that ship with the project. country: ISO 3166-1 alpha-2; founded: year.';
comment on constraint brand_reference_name_taken on brand_reference is 'Two makers of the reference data have one name.';

create table movement_type (
    movement_type text primary key,
    name          text not null,
    description   text not null,
    sort          integer not null
);
comment on table movement_type is 'How a watch is driven.';

create table complication (
    complication text primary key,
    name         text not null,
    description  text not null
);
comment on table complication is 'What a watch shows or does beyond hours, minutes and seconds.';

create table calibre (
    calibre           text primary key,
    maker             text not null,
    name              text not null,
    movement_type     text not null constraint calibre_movement_known references movement_type,
    beat_rate_vph     integer,
    lift_angle_deg    numeric(4, 1),
    lift_angle_source text,
    power_reserve_h   numeric(6, 1),
    jewels            integer,
    constraint calibre_lift_angle_sourced check ((lift_angle_deg is null) = (lift_angle_source is null))
);
comment on table calibre is 'Movements by name. beat_rate_vph: vibrations an hour; lift angle: a setting with a source, not a fact.';
comment on constraint calibre_movement_known on calibre is 'A calibre names a movement type that is not in the reference data.';
comment on constraint calibre_lift_angle_sourced on calibre is 'A lift angle needs its source.';

create table fx_rate (
    currency  text not null,
    rate_date date not null,
    eur_rate  numeric not null constraint fx_rate_positive check (eur_rate > 0),
    primary key (currency, rate_date)
);
create index fx_rate_by_date on fx_rate (rate_date);
comment on table fx_rate is 'Units of currency for 1 EUR, the ECB''s reference rate of that day. EUR is 1 and is not stored.';
comment on constraint fx_rate_positive on fx_rate is 'An exchange rate is greater than zero.';

create table fx_day (
    currency  text not null,
    day       date not null,
    eur_rate  numeric not null,
    rate_date date not null,
    primary key (currency, day)
);
create index fx_day_by_day on fx_day (day);
comment on table fx_day is
    'Derived from fx_rate: the rate to use on each calendar day, EUR included, so that a look-up is a plain join. rate_date says of which day it is.';

-- The rate of a day is the last one on or before it, at most 7 days old.
create procedure fx_fill(p_since date) language plpgsql as $$
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
end $$;
comment on procedure fx_fill is 'Derive fx_day again from a day on.';

grant select on brand_reference, movement_type, complication, calibre, fx_rate, fx_day to watch_app;

create function fx_horizon() returns date language sql stable as $$ select max(day) from fx_day where currency = 'EUR' $$;
comment on function fx_horizon is 'The day of the newest rates this box has.';

-- A day after the newest rates uses the newest: a box that was offline converts at the newest rates it knows
-- (and says of which day they are), while a currency that ceased to be has no rate.
create function fx_on(p_currency text, p_day date)
returns table (eur_rate numeric, rate_date date) language sql stable as $$
    select f.eur_rate, f.rate_date
    from fx_day f
    where f.currency = p_currency
      and f.day = least(p_day, (select fx_horizon()))
$$;
comment on function fx_on is 'Units of a currency for 1 EUR on a day, and the day that rate is of; no row: not available.';

create function fx_ratio(p_base text, p_quote text, p_base_rate numeric, p_quote_rate numeric)
returns numeric language sql immutable parallel safe
return case when p_base = p_quote then 1 else p_quote_rate / p_base_rate end;
comment on function fx_ratio is 'How much of quote one unit of base is, from their rates to the euro; a currency is worth itself on any day.';
