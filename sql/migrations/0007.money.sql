-- depends: 0006.record
-- What owning takes beside price and service; what is wished for; series to compare the collection with.

alter table watch
    add column owner_id uuid,
    add column target_price numeric(14, 2) constraint watch_target_not_negative check (target_price >= 0),
    add column target_currency text constraint watch_target_currency_plausible check (target_currency ~ '^[A-Z]{3}$'),
    add constraint watch_owner_known foreign key (household_id, owner_id)
        references membership on delete set null (owner_id),
    add constraint watch_target_has_currency check (target_price is null or target_currency is not null);
create index watch_by_owner on watch (household_id, owner_id) where owner_id is not null;
comment on column watch.owner_id is 'The member it belongs to; null: the household.';
comment on column watch.target_price is 'What a wished-for watch may cost.';
comment on constraint watch_target_not_negative on watch is 'A target price can''t be negative.';
comment on constraint watch_target_currency_plausible on watch is 'Choose a currency from the list.';
comment on constraint watch_owner_known on watch is 'This person is not a member of your household.';
comment on constraint watch_target_has_currency on watch is 'A target price needs a currency.';

create or replace function derive_after_watch_update() returns trigger language plpgsql as $$
declare
    h record;
    plain constant text[] := array['condition', 'box_papers', 'movement_type', 'case_material', 'case_diameter_mm',
        'thickness_mm', 'lug_to_lug_mm', 'lug_width_mm', 'water_resistance_m', 'power_reserve_h', 'crystal', 'dial_colour',
        'bezel', 'strap', 'buyer', 'owner_id', 'target_price', 'target_currency'];
begin
    for h in select f.household_id, array_agg(f.watch_id) as watches
             from fresh f join gone g using (household_id, watch_id)
             where watch_facts(to_jsonb(f)) - plain <> watch_facts(to_jsonb(g)) - plain group by f.household_id loop
        call derive_watches(h.household_id, h.watches);
    end loop;
    return null;
end $$;

-- As 0004, by the key of each day: joined as tables, a plan made for a few steps took 25 million comparisons for 5,000.
create or replace function sum_gone_steps() returns trigger language plpgsql as $$
begin
    insert into value_day as sums (household_id, currency, day, delta, costed)
    select household_id, currency, day, -sum(delta), -coalesce(sum(delta) filter (where costed), 0)
    from gone
    where exists (select from household h where h.household_id = gone.household_id) -- else its days go with it
    group by household_id, currency, day order by household_id, currency, day
    on conflict (household_id, currency, day) do update
    set delta = sums.delta + excluded.delta, costed = sums.costed + excluded.costed;
    return null;
end $$;

create table expense (
    household_id  uuid not null constraint expense_household_known references household on delete cascade,
    expense_id    uuid not null default gen_random_uuid(),
    watch_id      uuid,
    kind          text not null default 'other' constraint expense_kind_known
                  check (kind in ('insurance', 'storage', 'accessory', 'shipping', 'appraisal', 'other')),
    paid_on       date not null constraint expense_date_plausible check (paid_on >= '1900-01-01'),
    amount        numeric(14, 2) not null constraint expense_not_negative check (amount >= 0),
    currency      text not null constraint expense_currency_plausible check (currency ~ '^[A-Z]{3}$'),
    every_months  integer constraint expense_months_plausible check (every_months between 1 and 120),
    ends_on       date,
    note          text constraint expense_note_length check (length(note) <= 1000),
    version       integer not null default 1,
    added_at      timestamptz not null default clock_timestamp(),
    deleted_at    timestamptz,
    primary key (household_id, expense_id),
    constraint expense_watch_known foreign key (household_id, watch_id) references watch on delete cascade,
    constraint expense_ends_after_begin check (ends_on >= paid_on),
    constraint expense_ends_only_repeated check (ends_on is null or every_months is not null)
);
create index expense_of_watch on expense (household_id, watch_id, paid_on) where deleted_at is null;
create index expense_in_bin on expense (household_id, deleted_at) where deleted_at is not null;
comment on table expense is 'What owning costs beside price and service: of one watch, or (watch_id null) of the collection.';
comment on column expense.paid_on is 'The day it was paid; of a repeated one, the first time.';
comment on column expense.every_months is 'Paid again after so many months, until ends_on; null: once.';
comment on column expense.ends_on is 'No payment after this day; null: it goes on.';
comment on constraint expense_household_known on expense is 'This household is not here any more.';
comment on constraint expense_kind_known on expense is 'Choose a type of cost from the list.';
comment on constraint expense_date_plausible on expense is 'The date must be in 1900 or later.';
comment on constraint expense_not_negative on expense is 'A cost can''t be negative.';
comment on constraint expense_currency_plausible on expense is 'Choose a currency from the list.';
comment on constraint expense_months_plausible on expense is 'A cost repeats every 1 to 120 months.';
comment on constraint expense_note_length on expense is 'A note has up to 1,000 characters.';
comment on constraint expense_watch_known on expense is 'This watch is not in your collection.';
comment on constraint expense_ends_after_begin on expense is 'It can''t end before it began.';
comment on constraint expense_ends_only_repeated on expense is 'Only a repeated cost has an end.';
call wall_in('expense');
call count_versions('expense');
call audit('expense', 'expense_id', 'watch_id');

create view expense_payment with (security_invoker = true) as
select e.household_id, e.expense_id, e.watch_id, e.kind, paid.paid_on, e.amount, e.currency
from expense e
left join watch w on w.household_id = e.household_id and w.watch_id = e.watch_id
cross join lateral generate_series(0, case when e.every_months is null then 0 else
    ((extract(year from current_date + 1) - extract(year from e.paid_on)) * 12
     + extract(month from current_date + 1) - extract(month from e.paid_on))::integer / e.every_months end) place
cross join lateral (
    select cast(e.paid_on + make_interval(months => place * coalesce(e.every_months, 0)) as date)) paid (paid_on)
where e.deleted_at is null and (place = 0 or paid.paid_on <= least(e.ends_on, w.disposed_on, current_date + 1));
comment on view expense_payment is
    'Each payment of a cost up to tomorrow (somewhere it is that day already); ask for those up to the reader''s today. '
    'A repeated one ends with its end, or on the day its watch left.';
grant select on expense_payment to watch_app;

create table benchmark (
    household_id uuid not null constraint benchmark_household_known references household on delete cascade,
    benchmark_id uuid not null default gen_random_uuid(),
    name         text not null constraint benchmark_named check (length(btrim(name)) between 1 and 60),
    currency     text constraint benchmark_currency_plausible check (currency ~ '^[A-Z]{3}$'),
    version      integer not null default 1,
    added_at     timestamptz not null default clock_timestamp(),
    primary key (household_id, benchmark_id)
);
create unique index benchmark_name_taken on benchmark (household_id, lower(name));
comment on table benchmark is 'A series the household brought in to compare its collection with.';
comment on column benchmark.currency is 'Of its prices; null: points of an index, which are not converted.';
comment on constraint benchmark_household_known on benchmark is 'This household is not here any more.';
comment on constraint benchmark_named on benchmark is 'Give the series a name of up to 60 characters.';
comment on constraint benchmark_currency_plausible on benchmark is 'Choose a currency from the list.';
comment on index benchmark_name_taken is 'There is a series of this name already.';
call wall_in('benchmark');
call count_versions('benchmark');
call audit('benchmark', 'benchmark_id', '');

create table benchmark_point (
    household_id uuid not null,
    benchmark_id uuid not null,
    day          date not null,
    amount       numeric not null constraint benchmark_point_positive check (amount > 0),
    primary key (household_id, benchmark_id, day),
    constraint benchmark_point_of_one foreign key (household_id, benchmark_id) references benchmark on delete cascade
);
comment on table benchmark_point is 'The days of a benchmark; each amount holds until the next.';
comment on constraint benchmark_point_positive on benchmark_point is 'A price is more than nothing.';
comment on constraint benchmark_point_of_one on benchmark_point is 'This series is not here any more.';
call wall_in('benchmark_point');
call count_versions('benchmark_point');

create table gold_price (
    day    date primary key,
    amount numeric not null constraint gold_price_positive check (amount > 0)
);
comment on table gold_price is 'PLN for a gram of gold, as the National Bank of Poland publishes it; for all households.';
comment on constraint gold_price_positive on gold_price is 'A price is more than nothing.';
grant select on gold_price to watch_app;
