-- depends: 0011.people
-- A watch may be private to the member it belongs to: for everybody else, guests of share links too, it does not exist.

alter table watch
    add column is_private boolean not null default false,
    add constraint watch_private_has_owner check (owner_id is not null or not is_private);
create index watch_private on watch (household_id, owner_id) where is_private;
comment on column watch.is_private is 'Nobody but its owner sees it, or its part in any total.';
comment on constraint watch_private_has_owner on watch is 'Only a watch that belongs to you can be private.';

-- ── who sees what ──────────────────────────────────────────────────────────────────────────
create function hidden_watches() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(watch_id), '{}') from watch
    where household_id = current_household() and is_private and owner_id is distinct from current_app_user()
$$;
comment on function hidden_watches is 'The watches of the household that are private to somebody other than who asks.';

create function hidden_or_refuse() returns boolean language plpgsql as $$
begin
    raise exception using errcode = 'WT001', message = 'This watch is not in your collection.';
end $$;
comment on function hidden_or_refuse is 'The refusal of a row for a watch that is hidden from who writes it.';

-- (select …) is asked once a statement, and only if the table has a row; the array is nearly always empty. As in 0009,
-- current_user is named because policies count for the owner of the schema too.
create procedure hide_private(tenant_table regclass) language plpgsql as $$
begin
    execute format('create policy not_private on %s as restrictive to watch_app
                    using ((watch_id <> all ((select hidden_watches())::uuid[])) is not false or current_user <> ''watch_app'')
                    with check ((watch_id <> all ((select hidden_watches())::uuid[])) is not false
                                or current_user <> ''watch_app'' or hidden_or_refuse())', tenant_table);
end $$;
comment on procedure hide_private is
    'Rows of a watch that is private to somebody else are neither shown nor written. wall_in does this for every new table with a watch_id.';

create or replace procedure wall_in(tenant_table regclass) language plpgsql as $$
begin
    execute format('alter table %s enable row level security', tenant_table);
    execute format('alter table %s force row level security', tenant_table);
    execute format('create policy household on %s to watch_app
                    using (household_id = (select current_household()))
                    with check (household_id = (select current_household()))', tenant_table);
    execute format('create policy maintenance on %s to %I using (true) with check (true)', tenant_table, current_user);
    execute format('grant select, insert, update, delete on %s to watch_app', tenant_table);
    call only_writers(tenant_table);
    if exists (select from pg_attribute where attrelid = tenant_table and attname = 'watch_id' and not attisdropped) then
        call hide_private(tenant_table);
    end if;
end $$;

-- The watch itself and its steps know whether they are private: for them there is nothing to look up.
create policy not_private on watch as restrictive to watch_app
    using (not is_private or owner_id = (select current_app_user()) or current_user <> 'watch_app');

create function keep_privacy() returns trigger language plpgsql as $$
begin
    if current_user = 'watch_app' then
        if new.owner_id is distinct from current_app_user()
           or (tg_op = 'UPDATE' and old.owner_id <> current_app_user()) then  -- nor take it away and hide it at once
            raise exception using errcode = 'WT001', message = 'Only a watch that belongs to you can be private.';
        end if;
    elsif tg_op = 'UPDATE' and new.owner_id is null then
        new.is_private := false;  -- its owner left the household: it must not stay hidden from everybody
    end if;
    return new;
end $$;
comment on function keep_privacy is 'Nobody hides the watch of somebody else, and none stays hidden whose owner has left.';
create trigger keep_privacy before insert or update of owner_id, is_private on watch
    for each row when (new.is_private) execute function keep_privacy();

-- ── what is derived ────────────────────────────────────────────────────────────────────────
alter table value_step add column is_private boolean not null default false;
comment on column value_step.is_private is 'Its watch is private: it is not summed in value_day.';
create index value_step_private on value_step (household_id, day) where is_private;
create policy not_private on value_step as restrictive to watch_app
    using (not is_private or watch_id <> all ((select hidden_watches())::uuid[]) or current_user <> 'watch_app');
comment on table value_day is
    'Derived: value_step summed over the watches of a household that are not private. costed: the part of watches whose cost is known.';

do $$
declare walled regclass;
begin
    for walled in select c.oid from pg_class c
                  join pg_attribute a on a.attrelid = c.oid and a.attname = 'watch_id' and not a.attisdropped
                  where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
                    and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'not_private') loop
        call hide_private(walled);
    end loop;
end $$;

create or replace function sum_fresh_steps() returns trigger language plpgsql as $$
begin
    insert into value_day as sums (household_id, currency, day, delta, costed)
    select household_id, currency, day, sum(delta), coalesce(sum(delta) filter (where costed), 0)
    from fresh where not is_private
    group by household_id, currency, day order by household_id, currency, day
    on conflict (household_id, currency, day) do update
    set delta = sums.delta + excluded.delta, costed = sums.costed + excluded.costed;
    return null;
end $$;

create or replace function sum_gone_steps() returns trigger language plpgsql as $$
begin
    insert into value_day as sums (household_id, currency, day, delta, costed)
    select household_id, currency, day, -sum(delta), -coalesce(sum(delta) filter (where costed), 0)
    from gone
    where not is_private and exists (select from household h where h.household_id = gone.household_id) -- else its days go with it
    group by household_id, currency, day order by household_id, currency, day
    on conflict (household_id, currency, day) do update
    set delta = sums.delta + excluded.delta, costed = sums.costed + excluded.costed;
    return null;
end $$;

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
    insert into value_step (household_id, watch_id, day, currency, delta, costed, is_private)
    select s.household_id, s.watch_id, s.day, s.currency, s.delta, s.costed, w.is_private
    from watch_step s
    join watch w using (household_id, watch_id)
    where s.household_id = p_household and s.watch_id = any (p_watches) and w.deleted_at is null;

    insert into search_word (household_id, word)
    select distinct p_household, word
    from watch_derived d, lateral search_words(d.names) word
    where d.household_id = p_household and d.watch_id = any (p_watches) and word ~ '^[^0-9]{4,40}$'
    on conflict do nothing;
end $$;

-- A brand or collection that somebody renames stands in the words of watches they do not see, too.
alter function derive_after_rename() security definer set search_path = public, pg_temp;

-- ── what reaches across the wall ───────────────────────────────────────────────────────────
create or replace function search_hits(p_typed text) returns table (watch_id uuid, rank real)
language sql stable security definer rows 20 set search_path = public, pg_temp as $$
    with q as materialized (
        select search_query(p_typed) as asked, current_household() as household_id, current_app_user() as user_id,
               (quote_literal(search_household(current_household())))::tsquery && search_query(p_typed) as found)
    select w.watch_id, ts_rank('{0.1, 0.3, 0.6, 1.0}', w.document, q.asked)
    from q
    join watch w on w.document @@ q.found
    where w.household_id is not distinct from q.household_id  -- no index for this: the document's knows it already
      and w.deleted_at is null and (not w.is_private or w.owner_id = q.user_id)
$$;

-- As 0004, but a word is only suggested if it finds something for who asks.
create or replace function search_corrected(p_typed text) returns text language sql stable as $$
    select nullif(string_agg(coalesce(better.word, typed.word), ' ' order by typed.position), '')
    from regexp_split_to_table(search_fold(left(p_typed, 400)), '\s+') with ordinality as typed (word, position)
    left join lateral (
        select near.word
        from (select s.word
              from search_word s
              where s.household_id = (select current_household())
                and length(search_squash(typed.word)) >= 4
                and not exists (select from search_hits(typed.word))
                and similarity(s.word, search_squash(typed.word)) >= 0.3
              order by similarity(s.word, search_squash(typed.word)) desc, s.word
              limit 20) near  -- sorted first, so that the best that finds something is looked for and no other
        where exists (select from search_hits(near.word))
        limit 1) better on true
    having bool_or(better.word is not null)
$$;

create function hidden_brands() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(array_agg(distinct h.brand_id), '{}')
    from watch h
    where h.household_id = current_household() and h.is_private and h.owner_id is distinct from current_app_user()
      and not exists (select from watch w
                      where w.household_id = h.household_id and w.brand_id = h.brand_id
                        and (not w.is_private or w.owner_id = current_app_user()))
$$;
comment on function hidden_brands is 'The brands that only watches hidden from who asks are of: lists leave them out.';

-- The wall asks the watch; once it is deleted for good, what is noted of it would stand before everybody.
create function forget_private_past() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from audit_event where household_id = old.household_id and watch_id = old.watch_id;
    delete from brand b
    where b.household_id = old.household_id and b.brand_id = old.brand_id
      and not exists (select from watch w where w.household_id = b.household_id and w.brand_id = b.brand_id);
    if found then
        delete from audit_event where household_id = old.household_id and entity = 'brand' and entity_id = old.brand_id;
    end if;
    return null;
end $$;
comment on function forget_private_past is 'What is noted of a private watch goes with it, and its brand if no other watch has it: at the end, after all that its deletion notes itself.';
create constraint trigger forget_private_past after delete on watch deferrable initially deferred
    for each row when (old.is_private) execute function forget_private_past();
