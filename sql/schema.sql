CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;

COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';

CREATE FUNCTION public.accept_invitation(p_token_hash bytea, p_user uuid) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
    home uuid;
    offered text;
begin
    select household_id into home from invitation_offer(p_token_hash);
    if home is null then
        return null;
    end if;
    call lock_members(home);
    if exists (select from membership where household_id = home and user_id = p_user) then
        return home;  -- already in: the link stays good for whom it was meant for
    end if;
    update invitation set used_at = now()  -- of two who come at once, one finds it used
    where token_hash = p_token_hash and used_at is null and revoked_at is null and expires_at > now()
    returning role into offered;
    if offered is null then
        return null;
    end if;
    insert into membership (household_id, user_id, role) values (home, p_user, offered);
    call count_members_version(home);
    return home;
end $$;

COMMENT ON FUNCTION public.accept_invitation(p_token_hash bytea, p_user uuid) IS 'Makes a person a member by a link, which is used up. Returns the household; null: the link is not good.';

CREATE FUNCTION public.admin_or_refuse() RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $$
begin
    if not asks_as_admin() then
        raise exception using errcode = 'WT001', message = 'Only an admin of this box can do this.';
    end if;
    return true;
end $$;

COMMENT ON FUNCTION public.admin_or_refuse() IS 'True for an admin of the box; for others a refusal with its sentence.';

CREATE FUNCTION public.admin_over(p_user uuid) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare whose text;
begin
    call lock_accounts();
    perform admin_or_refuse();
    if p_user = current_app_user() then
        raise exception using errcode = 'WT001', message = 'Another admin has to do this for you.';
    end if;
    select email::text into whose from app_user where user_id = p_user;
    return whose;
end $$;

COMMENT ON FUNCTION public.admin_over(p_user uuid) IS 'The e-mail address of a person whom an admin is about to act on; null: there is none. Refuses others, and oneself.';

CREATE FUNCTION public.ask_for_reset(p_email public.citext, p_token_hash bytea) RETURNS TABLE(user_id uuid, name text, email text, language text, number_format text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare asked uuid;
begin
    select u.user_id into asked from app_user u where u.email = p_email and u.disabled_at is null for no key update;
    if asked is null then
        return;
    end if;
    delete from password_reset r where r.user_id = asked and r.expires_at < now();
    delete from password_reset r where r.token_hash in (
        select o.token_hash from password_reset o where o.user_id = asked and o.made_by is null
        order by o.created_at desc offset 2);
    insert into password_reset (token_hash, user_id, expires_at) values (p_token_hash, asked, now() + interval '1 hour');
    return query select u.user_id, u.name, u.email::text, u.language, u.number_format from app_user u where u.user_id = asked;
end $$;

COMMENT ON FUNCTION public.ask_for_reset(p_email public.citext, p_token_hash bytea) IS 'Stores a link for whose account this is, good for an hour; no row: nobody''s, or a disabled one.';

CREATE FUNCTION public.asks_as_admin() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    select exists (select from app_user where user_id = current_app_user() and is_admin and disabled_at is null)
$$;

COMMENT ON FUNCTION public.asks_as_admin() IS 'Whether who asks is an admin of the box.';

CREATE PROCEDURE public.audit(IN tenant_table regclass, IN id_column text, IN watch_column text)
    LANGUAGE plpgsql
    AS $$
begin
    execute format('create trigger audit_insert after insert on %s referencing new table as fresh
                    for each statement execute function write_audit(%L, %L)', tenant_table, id_column, watch_column);
    execute format('create trigger audit_update after update on %s referencing old table as gone new table as fresh
                    for each statement execute function write_audit(%L, %L)', tenant_table, id_column, watch_column);
    execute format('create trigger audit_delete after delete on %s referencing old table as gone
                    for each statement execute function write_audit(%L, %L)', tenant_table, id_column, watch_column);
end $$;

CREATE FUNCTION public.begin_sign_in(p_attempt_id uuid, p_email public.citext, p_address public.citext) RETURNS timestamp with time zone
    LANGUAGE plpgsql
    AS $$
declare
    until timestamptz;
begin
    perform pg_advisory_xact_lock(hashtextextended('sign-in e-mail ' || lower(p_email::text), 0));
    perform pg_advisory_xact_lock(hashtextextended('sign-in address ' || p_address::text, 0));
    select max(locked_until) into until from sign_in_lock
    where subject in (p_email, p_address) and locked_until > clock_timestamp();
    if until is null then
        until = lock_when_full(array[p_email, p_address]);
    end if;
    if until is null then
        insert into sign_in_failure (attempt_id, subject) values (p_attempt_id, p_email), (p_attempt_id, p_address);
    end if;
    return until;
end $$;

COMMENT ON FUNCTION public.begin_sign_in(p_attempt_id uuid, p_email public.citext, p_address public.citext) IS 'Notes an attempt to sign in, or says until when none is allowed.';

CREATE FUNCTION public.box_facts() RETURNS TABLE(database_bytes bigint, server_version text, server_since timestamp with time zone, migrations bigint, rates_on date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
    perform admin_or_refuse();
    return query
    select pg_database_size(current_database()), split_part(current_setting('server_version'), ' ', 1), pg_postmaster_start_time(),
           (select count(*) from _yoyo_migration), (select max(rate_date) from fx_rate);
end $$;

COMMENT ON FUNCTION public.box_facts() IS 'How the database is, for an admin.';

CREATE FUNCTION public.bump_data_version() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if tg_op = 'DELETE' then
        insert into data_version (household_id)
        select distinct household_id from gone
        where exists (select from household h where h.household_id = gone.household_id) order by 1
        on conflict (household_id) do update set version = data_version.version + 1;
    else
        insert into data_version (household_id)
        select distinct household_id from fresh
        where exists (select from household h where h.household_id = fresh.household_id) order by 1
        on conflict (household_id) do update set version = data_version.version + 1;
    end if;
    return null;
end $$;

CREATE FUNCTION public.calendar_open(p_token_hash bytea) RETURNS TABLE(household_id uuid, user_id uuid, household text, language text, number_format text, time_zone text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    select f.household_id, f.user_id, h.name, u.language, u.number_format, u.time_zone
    from calendar_feed f
    join app_user u using (user_id)
    join household h using (household_id)
    where f.token_hash = p_token_hash and u.disabled_at is null
$$;

COMMENT ON FUNCTION public.calendar_open(p_token_hash bytea) IS 'Whose calendar an address leads to; no row for one that is unknown, switched off, or of a disabled account.';

CREATE PROCEDURE public.count_members_version(IN p_household uuid)
    LANGUAGE sql
    AS $$
    insert into data_version (household_id) values (p_household)
    on conflict (household_id) do update set version = data_version.version + 1
$$;

COMMENT ON PROCEDURE public.count_members_version(IN p_household uuid) IS 'What is cached about the members of the household is old from here on.';

CREATE PROCEDURE public.count_versions(IN tenant_table regclass)
    LANGUAGE plpgsql
    AS $$
begin
    execute format('create trigger a_version_after_insert after insert on %s referencing new table as fresh
                    for each statement execute function bump_data_version()', tenant_table);
    execute format('create trigger a_version_after_update after update on %s referencing new table as fresh
                    for each statement execute function bump_data_version()', tenant_table);
    execute format('create trigger a_version_after_delete after delete on %s referencing old table as gone
                    for each statement execute function bump_data_version()', tenant_table);
end $$;

COMMENT ON PROCEDURE public.count_versions(IN tenant_table regclass) IS 'Every statement that writes to the table moves data_version on, in the same transaction.';

CREATE FUNCTION public.create_household(p_name text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare new_home uuid;
begin
    perform from app_user where user_id = current_app_user() for no key update;
    if not found then
        raise exception using errcode = 'WT001', message = 'You were signed out. Sign in to go on.';
    end if;
    if (select count(*) from membership where user_id = current_app_user() and role = 'owner') >= 20 then
        raise exception using errcode = 'WT001', message = 'You own 20 households, which is the most.';
    end if;
    insert into household (name) values (p_name) returning household_id into new_home;
    insert into membership (household_id, user_id, role) values (new_home, current_app_user(), 'owner');
    call count_members_version(new_home);
    return new_home;
end $$;

COMMENT ON FUNCTION public.create_household(p_name text) IS 'One more household, owned by who asks.';

CREATE FUNCTION public.current_app_user() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('app.user_id'::text, true), ''::text))::uuid;

COMMENT ON FUNCTION public.current_app_user() IS 'The person on whose behalf this transaction runs; null for none.';

CREATE FUNCTION public.current_household() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('app.household_id'::text, true), ''::text))::uuid;

COMMENT ON FUNCTION public.current_household() IS 'The household on whose behalf this transaction runs; null for none.';

CREATE FUNCTION public.delete_account(p_user uuid, p_choices jsonb) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
    whose text;
    home uuid;
begin
    call lock_accounts();
    if p_user is distinct from current_app_user() then
        perform admin_or_refuse();
    end if;
    select email::text into whose from app_user where user_id = p_user for update;
    if whose is null then
        return null;
    end if;
    if exists (select from app_user where user_id = p_user and is_admin)
       and not exists (select from app_user where user_id <> p_user and is_admin and disabled_at is null)
       and exists (select from app_user where user_id <> p_user) then
        raise exception using errcode = 'WT001',
            message = 'You are the only admin of this box. Make somebody else an admin first.';
    end if;
    for home in select household_id from membership where user_id = p_user order by household_id loop
        call lock_members(home);
    end loop;
    for home in select household_id from membership where user_id = p_user order by household_id loop
        call leave_for_good(home, p_user, p_choices ->> home::text);
    end loop;
    delete from sign_in_failure where subject = whose or subject = 'second step ' || p_user;
    delete from sign_in_lock where subject = whose or subject = 'second step ' || p_user;
    delete from app_user where user_id = p_user;
    return whose;
end $$;

COMMENT ON FUNCTION public.delete_account(p_user uuid, p_choices jsonb) IS 'Deletes an account: one''s own, or as an admin. p_choices: household → delete, or the id of its new owner. Returns the e-mail address; null: it was gone.';

CREATE FUNCTION public.delete_household(p_household uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
    call lock_members(p_household);
    if not exists (select from membership
                   where household_id = p_household and user_id = current_app_user() and role = 'owner') then
        raise exception using errcode = 'WT001', message = 'Only an owner of the household can do this.';
    end if;
    call drop_household(p_household, null);
    return true;
end $$;

COMMENT ON FUNCTION public.delete_household(p_household uuid) IS 'An owner deletes a household with everything in it; its members keep their accounts.';

CREATE FUNCTION public.derive_after_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare h record;
begin
    for h in select household_id, array_agg(distinct watch_id) as watches from gone group by household_id
             having exists (select from household here where here.household_id = gone.household_id) loop
        call derive_watches(h.household_id, h.watches);
    end loop;
    return null;
end $$;

CREATE FUNCTION public.derive_after_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare h record;
begin
    for h in select household_id, array_agg(distinct watch_id) as watches from fresh group by household_id
             having exists (select from household here where here.household_id = fresh.household_id) loop
        call derive_watches(h.household_id, h.watches);
    end loop;
    return null;
end $$;

CREATE FUNCTION public.derive_after_rename() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare h record;
begin
    for h in select w.household_id, array_agg(w.watch_id) as watches
             from fresh f join gone g on (to_jsonb(f) ->> tg_argv[0]) = (to_jsonb(g) ->> tg_argv[0]) and f.name <> g.name
             join watch w on w.household_id = f.household_id
                         and (to_jsonb(w) ->> tg_argv[0]) = (to_jsonb(f) ->> tg_argv[0])
             group by w.household_id loop
        call derive_watches(h.household_id, h.watches);
    end loop;
    return null;
end $$;

CREATE FUNCTION public.derive_after_watch_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE PROCEDURE public.derive_cost_rates(IN p_since date)
    LANGUAGE sql
    AS $$
    update watch w set cost_eur_rate = d.eur_rate, cost_rate_on = d.rate_date
    from (select household_id, watch_id, rate.eur_rate, rate.rate_date
          from watch
          left join lateral fx_on(purchase_currency, acquired_on) rate on true
          where acquired_on is null or acquired_on >= p_since) d
    where w.household_id = d.household_id and w.watch_id = d.watch_id
      and (w.cost_eur_rate, w.cost_rate_on) is distinct from (d.eur_rate, d.rate_date)
$$;

COMMENT ON PROCEDURE public.derive_cost_rates(IN p_since date) IS 'Look up the rate of the cost again, of watches that came on this day or later (or never).';

CREATE FUNCTION public.derive_rate_series() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
    currencies constant text[] := (select array_agg(distinct currency) from moved);
    since      constant date := (select min(day) from moved);
begin
    call fill_rate_series(currencies, since);
    return null;
end $$;

CREATE PROCEDURE public.derive_watches(IN p_household uuid, IN p_watches uuid[])
    LANGUAGE plpgsql
    AS $_$
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
end $_$;

CREATE PROCEDURE public.drop_household(IN p_household uuid, IN p_leaver uuid)
    LANGUAGE plpgsql
    AS $$
declare
    people uuid[];
    person uuid;
begin
    select array_agg(user_id order by user_id) into people
    from membership where household_id = p_household and user_id is distinct from p_leaver;
    perform from app_user where user_id = any (people) order by user_id for no key update;  -- two may let go at once
    perform from watch where household_id = p_household order by watch_id for update;  -- after who writes just now
    delete from household where household_id = p_household;
    foreach person in array coalesce(people, '{}') loop
        if not exists (select from membership where user_id = person) then
            call give_household(person);
        end if;
    end loop;
end $$;

COMMENT ON PROCEDURE public.drop_household(IN p_household uuid, IN p_leaver uuid) IS 'A household goes with everything in it; who belongs nowhere else gets an empty one, but not who leaves the box. After lock_members.';

CREATE FUNCTION public.end_half_sign_ins() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
    delete from half_sign_in where user_id = new.user_id;
    return null;
end $$;

COMMENT ON FUNCTION public.end_half_sign_ins() IS 'Who typed the old password and owes a code begins again with the new one.';

CREATE FUNCTION public.end_membership(p_user uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
    home constant uuid := current_household();
    new_home uuid;
begin
    call lock_members(home);
    if p_user is distinct from current_app_user() and not owns_household() then
        raise exception using errcode = 'WT001', message = 'Only an owner of the household can do this.';
    end if;
    if not exists (select from membership where household_id = home and user_id = p_user) then
        return false;
    end if;
    call keep_an_owner(home, p_user);
    delete from membership where household_id = home and user_id = p_user;
    call count_members_version(home);
    perform from app_user where user_id = p_user for no key update;  -- two households may let go at once
    if not exists (select from membership where user_id = p_user) then
        insert into household (name)
        select left(name, 90) || '''s watches' from app_user where user_id = p_user returning household_id into new_home;
        insert into membership (household_id, user_id, role) values (new_home, p_user, 'owner');
        call count_members_version(new_home);
    end if;
    return true;
end $$;

COMMENT ON FUNCTION public.end_membership(p_user uuid) IS 'A member leaves or is removed. Their watches stay, as the household''s; who belongs nowhere else gets an empty household.';

CREATE FUNCTION public.end_resets() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
    delete from password_reset where user_id = new.user_id;
    return null;
end $$;

COMMENT ON FUNCTION public.end_resets() IS 'A new password ends every link for another one.';

CREATE PROCEDURE public.fill_rate_series(IN p_currencies text[], IN p_since date)
    LANGUAGE plpgsql
    AS $$
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

COMMENT ON PROCEDURE public.fill_rate_series(IN p_currencies text[], IN p_since date) IS 'Derive the series of some currencies again from a day on.';

CREATE FUNCTION public.forget_private_past() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
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

COMMENT ON FUNCTION public.forget_private_past() IS 'What is noted of a private watch goes with it, and its brand if no other watch has it: at the end, after all that its deletion notes itself.';

CREATE PROCEDURE public.forget_private_watches(IN p_household uuid, IN p_user uuid)
    LANGUAGE plpgsql
    AS $$
declare theirs uuid[];
begin
    select array_agg(watch_id) into theirs from watch
    where household_id = p_household and owner_id = p_user and is_private;
    delete from watch where household_id = p_household and watch_id = any (theirs);
    delete from audit_event where household_id = p_household and watch_id = any (theirs);
end $$;

COMMENT ON PROCEDURE public.forget_private_watches(IN p_household uuid, IN p_user uuid) IS 'What nobody else has seen is not left to the others, nor is what is noted of it.';

CREATE PROCEDURE public.fx_fill(IN p_since date)
    LANGUAGE plpgsql
    AS $$
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

COMMENT ON PROCEDURE public.fx_fill(IN p_since date) IS 'Derive fx_day again from a day on.';

CREATE FUNCTION public.fx_horizon() RETURNS date
    LANGUAGE sql STABLE
    AS $$ select max(day) from fx_day where currency = 'EUR' $$;

COMMENT ON FUNCTION public.fx_horizon() IS 'The day of the newest rates this box has.';

CREATE FUNCTION public.fx_on(p_currency text, p_day date) RETURNS TABLE(eur_rate numeric, rate_date date)
    LANGUAGE sql STABLE
    AS $$
    select f.eur_rate, f.rate_date
    from fx_day f
    where f.currency = p_currency
      and f.day = least(p_day, (select fx_horizon()))
$$;

COMMENT ON FUNCTION public.fx_on(p_currency text, p_day date) IS 'Units of a currency for 1 EUR on a day, and the day that rate is of; no row: not available.';

CREATE FUNCTION public.fx_ratio(p_base text, p_quote text, p_base_rate numeric, p_quote_rate numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (p_base = p_quote) THEN (1)::numeric ELSE (p_quote_rate / p_base_rate) END;

COMMENT ON FUNCTION public.fx_ratio(p_base text, p_quote text, p_base_rate numeric, p_quote_rate numeric) IS 'How much of quote one unit of base is, from their rates to the euro; a currency is worth itself on any day.';

CREATE PROCEDURE public.give_household(IN p_user uuid)
    LANGUAGE plpgsql
    AS $$
declare new_home uuid;
begin
    insert into household (name)
    select left(name, 90) || '''s watches' from app_user where user_id = p_user returning household_id into new_home;
    insert into membership (household_id, user_id, role) values (new_home, p_user, 'owner');
    call count_members_version(new_home);
end $$;

COMMENT ON PROCEDURE public.give_household(IN p_user uuid) IS 'An empty household for who belongs to none any more.';

CREATE FUNCTION public.hand_over_household(p_user uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
    if not set_member_role(p_user, 'owner') then
        return false;
    end if;
    return set_member_role(current_app_user(), 'editor');
end $$;

COMMENT ON FUNCTION public.hand_over_household(p_user uuid) IS 'Another member becomes owner, and who asks an editor; false: there is no such member.';

CREATE FUNCTION public.hidden_brands() RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    select coalesce(array_agg(distinct h.brand_id), '{}')
    from watch h
    where h.household_id = current_household() and h.is_private and h.owner_id is distinct from current_app_user()
      and not exists (select from watch w
                      where w.household_id = h.household_id and w.brand_id = h.brand_id
                        and (not w.is_private or w.owner_id = current_app_user()))
$$;

COMMENT ON FUNCTION public.hidden_brands() IS 'The brands that only watches hidden from who asks are of: lists leave them out.';

CREATE FUNCTION public.hidden_or_refuse() RETURNS boolean
    LANGUAGE plpgsql
    AS $$
begin
    raise exception using errcode = 'WT001', message = 'This watch is not in your collection.';
end $$;

COMMENT ON FUNCTION public.hidden_or_refuse() IS 'The refusal of a row for a watch that is hidden from who writes it.';

CREATE FUNCTION public.hidden_watches() RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    select coalesce(array_agg(watch_id), '{}') from watch
    where household_id = current_household() and is_private and owner_id is distinct from current_app_user()
$$;

COMMENT ON FUNCTION public.hidden_watches() IS 'The watches of the household that are private to somebody other than who asks.';

CREATE PROCEDURE public.hide_private(IN tenant_table regclass)
    LANGUAGE plpgsql
    AS $$
begin
    execute format('create policy not_private on %s as restrictive to watch_app
                    using ((watch_id <> all ((select hidden_watches())::uuid[])) is not false or current_user <> ''watch_app'')
                    with check ((watch_id <> all ((select hidden_watches())::uuid[])) is not false
                                or current_user <> ''watch_app'' or hidden_or_refuse())', tenant_table);
end $$;

COMMENT ON PROCEDURE public.hide_private(IN tenant_table regclass) IS 'Rows of a watch that is private to somebody else are neither shown nor written. wall_in does this for every new table with a watch_id.';

CREATE FUNCTION public.invitation_offer(p_token_hash bytea) RETURNS TABLE(household_id uuid, household text, role text, inviter text, email text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    select i.household_id, h.name, i.role, u.name, i.email::text
    from invitation i
    join household h using (household_id)
    join membership m on m.household_id = i.household_id and m.user_id = i.created_by and m.role = 'owner'
    join app_user u on u.user_id = i.created_by and u.disabled_at is null
    where i.token_hash = p_token_hash and i.used_at is null and i.revoked_at is null and i.expires_at > now()
$$;

COMMENT ON FUNCTION public.invitation_offer(p_token_hash bytea) IS 'Who invites whom to what, for who has the link; no row for one that is unknown, used, expired or revoked.';

CREATE FUNCTION public.job_lines() RETURNS TABLE(name text, started_at timestamp with time zone, ended_at timestamp with time zone, outcome text, detail text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
    perform admin_or_refuse();
    return query
    select distinct on (j.name) j.name, j.started_at, j.ended_at, j.outcome, j.detail
    from job_run j order by j.name, j.started_at desc;
end $$;

COMMENT ON FUNCTION public.job_lines() IS 'The last run of each job of the scheduler, for an admin.';

CREATE PROCEDURE public.keep_an_owner(IN p_household uuid, IN p_user uuid)
    LANGUAGE plpgsql
    AS $$
begin
    if not exists (select from membership where household_id = p_household and role = 'owner' and user_id <> p_user) then
        raise exception using errcode = 'WT001',
            message = 'A household needs an owner. Make somebody else an owner first.';
    end if;
end $$;

COMMENT ON PROCEDURE public.keep_an_owner(IN p_household uuid, IN p_user uuid) IS 'Refuses when no owner but this one is left; after lock_members.';

CREATE FUNCTION public.keep_privacy() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

COMMENT ON FUNCTION public.keep_privacy() IS 'Nobody hides the watch of somebody else, and none stays hidden whose owner has left.';

CREATE PROCEDURE public.leave_for_good(IN p_household uuid, IN p_user uuid, IN p_choice text)
    LANGUAGE plpgsql
    AS $$
declare
    is_last constant boolean := not exists (
        select from membership where household_id = p_household and role = 'owner' and user_id <> p_user)
        and exists (select from membership where household_id = p_household and role = 'owner' and user_id = p_user);
begin
    if not exists (select from membership where household_id = p_household and user_id <> p_user)
       or (is_last and p_choice = 'delete') then
        call drop_household(p_household, p_user);
        return;
    end if;
    if is_last then
        update membership set role = 'owner'
        where household_id = p_household and user_id <> p_user and user_id::text = p_choice
          and exists (select from app_user u where u.user_id = membership.user_id and u.disabled_at is null);
        if not found then
            raise exception using errcode = 'WT001',
                message = 'Say for each household what becomes of it: somebody else is its owner then, or it is deleted.';
        end if;
    end if;
    call forget_private_watches(p_household, p_user);
    delete from membership where household_id = p_household and user_id = p_user;
    call count_members_version(p_household);
end $$;

COMMENT ON PROCEDURE public.leave_for_good(IN p_household uuid, IN p_user uuid, IN p_choice text) IS 'Somebody who leaves the box leaves a household. p_choice, for its last owner: delete, or the new owner''s id. After lock_members.';

CREATE FUNCTION public.leaving(p_user uuid) RETURNS TABLE(household_id uuid, name text, others bigint, must_choose boolean, heir_ids uuid[], heirs text[], watches bigint, photos bigint, documents bigint, private_watches bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
    if p_user is distinct from current_app_user() then
        perform admin_or_refuse();
    end if;
    return query
    select m.household_id, h.name, other.count,
           m.role = 'owner' and other.count > 0 and other.owners = 0, other.ids, other.names,
           kept.watches, kept.photos, kept.documents, kept.private_watches
    from membership m
    join household h using (household_id)
    cross join lateral (
        select count(*) as count, count(*) filter (where o.role = 'owner') as owners,
               coalesce(array_agg(u.user_id order by search_fold(u.name), u.user_id)
                        filter (where u.disabled_at is null), '{}') as ids,
               coalesce(array_agg(u.name order by search_fold(u.name), u.user_id)
                        filter (where u.disabled_at is null), '{}') as names
        from membership o join app_user u using (user_id)
        where o.household_id = m.household_id and o.user_id <> p_user) other
    left join lateral (  -- an admin sees no contents
        select (select count(*) from watch w where w.household_id = m.household_id and w.deleted_at is null
                  and (not w.is_private or w.owner_id = p_user)) as watches,
               (select count(*) from photo p join watch w using (household_id, watch_id)
                where p.household_id = m.household_id and p.deleted_at is null
                  and (not w.is_private or w.owner_id = p_user)) as photos,
               (select count(*) from document d join watch w using (household_id, watch_id)
                where d.household_id = m.household_id and d.deleted_at is null
                  and (not w.is_private or w.owner_id = p_user)) as documents,
               (select count(*) from watch w where w.household_id = m.household_id and w.owner_id = p_user
                  and w.is_private and w.deleted_at is null) as private_watches
        where p_user = current_app_user()) kept on true
    where m.user_id = p_user
    order by search_fold(h.name), m.household_id;
end $$;

COMMENT ON FUNCTION public.leaving(p_user uuid) IS 'What becomes of the households of somebody whose account is deleted; for themselves and for an admin, who is told no numbers.';

CREATE PROCEDURE public.lock_accounts()
    LANGUAGE sql
    AS $$
    select pg_advisory_xact_lock(7467328)  -- sign_up takes it, too: the first account of an empty box becomes admin
$$;

COMMENT ON PROCEDURE public.lock_accounts() IS 'What decides who is an admin happens one after another.';

CREATE PROCEDURE public.lock_members(IN p_household uuid)
    LANGUAGE plpgsql
    AS $$
begin
    perform from household where household_id = p_household for no key update;
end $$;

COMMENT ON PROCEDURE public.lock_members(IN p_household uuid) IS 'Membership of one household changes one after another.';

CREATE FUNCTION public.lock_when_full(p_subjects public.citext[]) RETURNS timestamp with time zone
    LANGUAGE plpgsql
    AS $$
declare
    full_subjects citext[];
    until timestamptz;
begin
    select array_agg(f.subject) into full_subjects
    from (select subject from sign_in_failure
          where subject = any(p_subjects) and failed_at > clock_timestamp() - interval '15 minutes'
          group by subject having count(*) >= 5) f;
    if full_subjects is null then
        return null;
    end if;
    insert into sign_in_lock as l (subject, level, locked_until)
    select s, 1, clock_timestamp() + interval '1 minute' from unnest(full_subjects) s
    on conflict (subject) do update set
        level = case when l.locked_until < clock_timestamp() - interval '1 day' then 1 else l.level + 1 end,
        locked_until = clock_timestamp() + case
            when l.locked_until < clock_timestamp() - interval '1 day' then interval '1 minute'
            else (array['5 minutes', '15 minutes', '60 minutes']::interval[])[least(l.level, 3)] end;
    select max(locked_until) into until from sign_in_lock where subject = any(full_subjects);
    delete from sign_in_failure where subject = any(full_subjects);
    return until;
end $$;

COMMENT ON FUNCTION public.lock_when_full(p_subjects public.citext[]) IS 'Closes the door for those of the subjects that failed five times in 15 minutes.';

CREATE FUNCTION public.make_reset(p_user uuid, p_token_hash bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare whose text;
begin
    if not exists (select from app_user where user_id = current_app_user() and is_admin and disabled_at is null) then
        raise exception using errcode = 'WT001', message = 'Only the admin of this box can do this.';
    end if;
    select u.email::text into whose from app_user u where u.user_id = p_user;
    if whose is not null then
        delete from password_reset where user_id = p_user and made_by is not null;
        insert into password_reset (token_hash, user_id, made_by, expires_at)
        values (p_token_hash, p_user, current_app_user(), now() + interval '24 hours');
    end if;
    return whose;
end $$;

COMMENT ON FUNCTION public.make_reset(p_user uuid, p_token_hash bytea) IS 'Stores a link that an admin hands on, good for 24 hours; the one before it ends. Returns the e-mail address; null: there is no such person.';

CREATE FUNCTION public.may_write() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    select exists (select from membership
                   where household_id = current_household() and user_id = current_app_user()
                     and role in ('owner', 'editor'))
$$;

COMMENT ON FUNCTION public.may_write() IS 'Whether who asks is an owner or an editor of the household they look at.';

CREATE FUNCTION public.my_household_of_watch(p_watch uuid) RETURNS TABLE(household_id uuid, name text, role text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    select w.household_id, h.name, m.role
    from watch w
    join membership m on m.household_id = w.household_id and m.user_id = current_app_user()
    join household h on h.household_id = w.household_id
    where w.watch_id = p_watch and (not w.is_private or w.owner_id = current_app_user())
    order by m.joined_at, w.household_id
    limit 1
$$;

COMMENT ON FUNCTION public.my_household_of_watch(p_watch uuid) IS 'In which household of who asks a watch is that they may see there; no row for any other watch. Reads across the wall.';

CREATE FUNCTION public.my_households() RETURNS TABLE(household_id uuid, name text, role text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    select m.household_id, h.name, m.role
    from membership m
    join household h using (household_id)
    where m.user_id = current_app_user()
    order by search_fold(h.name), m.household_id
$$;

COMMENT ON FUNCTION public.my_households() IS 'The households of who asks, across the wall.';

CREATE FUNCTION public.my_invitations() RETURNS TABLE(invitation_id uuid, household text, inviter text, role text, expires_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    select i.invitation_id, h.name, u.name, i.role, i.expires_at
    from app_user me
    join invitation i on i.email = me.email
    join household h using (household_id)
    join membership m on m.household_id = i.household_id and m.user_id = i.created_by and m.role = 'owner'
    join app_user u on u.user_id = i.created_by and u.disabled_at is null
    where me.user_id = current_app_user() and i.used_at is null and i.revoked_at is null and i.expires_at > now()
      and not exists (select from membership mine where mine.household_id = i.household_id and mine.user_id = me.user_id)
$$;

COMMENT ON FUNCTION public.my_invitations() IS 'Open invitations to the e-mail address of who asks, across the wall; their links are known to nobody here.';

CREATE FUNCTION public.only_in(p_row jsonb, p_other jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    select jsonb_object_agg(key, value) from jsonb_each(p_row) e where p_other -> e.key is distinct from e.value
$$;

CREATE PROCEDURE public.only_own_rows(IN tenant_table regclass)
    LANGUAGE plpgsql
    AS $$
begin
    call restrict_writes(tenant_table, 'user_id = (select current_app_user()) or current_user <> ''watch_app''');
end $$;

COMMENT ON PROCEDURE public.only_own_rows(IN tenant_table regclass) IS 'Every member, a viewer too, changes the rows with their own user_id and no others.';

CREATE PROCEDURE public.only_owners(IN tenant_table regclass)
    LANGUAGE plpgsql
    AS $$
begin
    call restrict_writes(tenant_table, '(select owns_or_refuse())');
end $$;

COMMENT ON PROCEDURE public.only_owners(IN tenant_table regclass) IS 'Only owners change the table.';

CREATE PROCEDURE public.only_writers(IN tenant_table regclass)
    LANGUAGE plpgsql
    AS $$
begin
    call restrict_writes(tenant_table, '(select writes_or_refuse())');
end $$;

COMMENT ON PROCEDURE public.only_writers(IN tenant_table regclass) IS 'Viewers read the table and cannot change it. wall_in does this for every new table.';

CREATE FUNCTION public.owns_household() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    select exists (select from membership
                   where household_id = current_household() and user_id = current_app_user() and role = 'owner')
$$;

COMMENT ON FUNCTION public.owns_household() IS 'Whether who asks is an owner of the household they look at.';

CREATE FUNCTION public.owns_or_refuse() RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $$
begin
    if current_user = 'watch_app' and not owns_household() then
        raise exception using errcode = 'WT001', message = 'Only an owner of the household can do this.';
    end if;
    return true;
end $$;

COMMENT ON FUNCTION public.owns_or_refuse() IS 'True for owners, and for maintenance; for others a refusal with its sentence.';

CREATE FUNCTION public.rate_in(p_rates bigint[], p_first_day date, p_day date) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((NULLIF((p_rates)[((p_day - p_first_day) + 1)], 0))::numeric * 0.00000001);

COMMENT ON FUNCTION public.rate_in(p_rates bigint[], p_first_day date, p_day date) IS 'Units of a currency for 1 EUR on a day, from its rate_series; null: not available.';

CREATE FUNCTION public.rate_limit_take(p_subject bytea, p_most integer, p_seconds integer) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
begin
    perform pg_advisory_xact_lock(hashtextextended('rate limit ' || encode(p_subject, 'hex'), 0));
    if (select count(*) from rate_limit_hit
        where subject = p_subject and hit_at > clock_timestamp() - make_interval(secs => p_seconds)) >= p_most then
        return false;
    end if;
    insert into rate_limit_hit (subject) values (p_subject);
    return true;
end $$;

COMMENT ON FUNCTION public.rate_limit_take(p_subject bytea, p_most integer, p_seconds integer) IS 'Counts an attempt of a subject; false: there were too many in that time, and it is not counted.';

CREATE TABLE public.app_user (
    user_id uuid DEFAULT gen_random_uuid() NOT NULL,
    email public.citext NOT NULL,
    name text NOT NULL,
    password_hash text NOT NULL,
    is_admin boolean DEFAULT false NOT NULL,
    currency text DEFAULT 'EUR'::text NOT NULL,
    time_zone text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    language text,
    number_format text,
    theme text,
    disabled_at timestamp with time zone,
    CONSTRAINT user_currency_known CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT user_email_plausible CHECK (((email OPERATOR(public.~) '^[^@\s]+@[^@\s]+\.[^@\s]+$'::public.citext) AND (length((email)::text) <= 254))),
    CONSTRAINT user_language_known CHECK ((language ~ '^[a-z]{2}$'::text)),
    CONSTRAINT user_name_given CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 100))),
    CONSTRAINT user_number_format_known CHECK ((number_format ~ '^[a-z]{2}(_[A-Z]{2})?$'::text)),
    CONSTRAINT user_theme_known CHECK ((theme = ANY (ARRAY['light'::text, 'dark'::text])))
);

COMMENT ON TABLE public.app_user IS 'A person who can sign in. currency: the one they read amounts in (ISO 4217).';

COMMENT ON COLUMN public.app_user.time_zone IS 'IANA name; null: as the browser says.';

COMMENT ON COLUMN public.app_user.language IS 'Of texts, as ISO 639-1; null: as the browser says.';

COMMENT ON COLUMN public.app_user.number_format IS 'Whose separators and order numbers have, as a locale; null: that of the language.';

COMMENT ON COLUMN public.app_user.theme IS 'Null: as the device says.';

COMMENT ON COLUMN public.app_user.disabled_at IS 'Since when the admin keeps this person out; null: they may sign in.';

COMMENT ON CONSTRAINT user_currency_known ON public.app_user IS 'Choose a currency from the list.';

COMMENT ON CONSTRAINT user_email_plausible ON public.app_user IS 'Write an e-mail address like ana@example.com.';

COMMENT ON CONSTRAINT user_language_known ON public.app_user IS 'Choose a language from the list.';

COMMENT ON CONSTRAINT user_name_given ON public.app_user IS 'Write a name of up to 100 characters.';

COMMENT ON CONSTRAINT user_number_format_known ON public.app_user IS 'Choose a number format from the list.';

COMMENT ON CONSTRAINT user_theme_known ON public.app_user IS 'Choose a theme from the list.';

CREATE TABLE public.instance_setting (
    name text NOT NULL,
    value text NOT NULL
);

COMMENT ON TABLE public.instance_setting IS 'Choices for the whole box, e.g. registration = open | closed.';

CREATE FUNCTION public.registration_open() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    BEGIN ATOMIC
 SELECT COALESCE(( SELECT (instance_setting.value = 'open'::text)
            FROM public.instance_setting
           WHERE (instance_setting.name = 'registration'::text)), (NOT (EXISTS ( SELECT
            FROM public.app_user)))) AS "coalesce";
END;

COMMENT ON FUNCTION public.registration_open() IS 'Until set otherwise: open for the first account, closed after it.';

CREATE FUNCTION public.reset_offer(p_token_hash bytea) RETURNS TABLE(user_id uuid, email text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    select u.user_id, u.email::text from password_reset r join app_user u using (user_id)
    where r.token_hash = p_token_hash and r.expires_at > now() and u.disabled_at is null
      and (r.made_by is null
           or exists (select from app_user maker where maker.user_id = r.made_by and maker.is_admin and maker.disabled_at is null))
$$;

COMMENT ON FUNCTION public.reset_offer(p_token_hash bytea) IS 'Whose password a link changes; no row for one that is unknown, used or late, of a disabled account, or made by who is no admin any more.';

CREATE PROCEDURE public.restrict_writes(IN tenant_table regclass, IN condition text)
    LANGUAGE plpgsql
    AS $$
begin
    execute format('drop policy if exists may_insert on %s', tenant_table);
    execute format('drop policy if exists may_update on %s', tenant_table);
    execute format('drop policy if exists may_delete on %s', tenant_table);
    execute format('create policy may_insert on %s as restrictive for insert to watch_app with check (%s)', tenant_table, condition);
    execute format('create policy may_update on %s as restrictive for update to watch_app using (%s)', tenant_table, condition);
    execute format('create policy may_delete on %s as restrictive for delete to watch_app using (%s)', tenant_table, condition);
end $$;

COMMENT ON PROCEDURE public.restrict_writes(IN tenant_table regclass, IN condition text) IS 'Rows of the table are written only where the condition holds; everybody in the household reads them.';

CREATE FUNCTION public.search_corrected(p_typed text) RETURNS text
    LANGUAGE sql STABLE
    AS $$
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

COMMENT ON FUNCTION public.search_corrected(p_typed text) IS 'What was probably meant: words that find nothing are replaced by the most similar name. Null: no idea.';

CREATE FUNCTION public.search_endings(p_serial text) RETURNS tsvector
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    select coalesce(string_agg(quote_literal(right(s, n)) || ':1B', ' '), '')::tsvector
    from search_squash(search_fold(p_serial)) s, generate_series(3, length(s)) n
$$;

COMMENT ON FUNCTION public.search_endings(p_serial text) IS 'A serial number is found by its last characters, three or more.';

CREATE FUNCTION public.search_fold(p_text text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN lower(public.unaccent(COALESCE(p_text, ''::text)));

COMMENT ON FUNCTION public.search_fold(p_text text) IS 'Without accents and case.';

CREATE FUNCTION public.search_hits(p_typed text) RETURNS TABLE(watch_id uuid, rank real)
    LANGUAGE sql STABLE SECURITY DEFINER ROWS 20
    SET search_path TO 'public', 'pg_temp'
    AS $$
    with q as materialized (
        select search_query(p_typed) as asked, current_household() as household_id, current_app_user() as user_id,
               (quote_literal(search_household(current_household())))::tsquery && search_query(p_typed) as found)
    select w.watch_id, ts_rank('{0.1, 0.3, 0.6, 1.0}', w.document, q.asked)
    from q
    join watch w on w.document @@ q.found
    where w.household_id is not distinct from q.household_id  -- no index for this: the document's knows it already
      and w.deleted_at is null and (not w.is_private or w.owner_id = q.user_id)
$$;

COMMENT ON FUNCTION public.search_hits(p_typed text) IS 'The watches a search finds, best match highest.';

CREATE FUNCTION public.search_household(p_household uuid) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ('h'::text || replace((p_household)::text, '-'::text, ''::text));

COMMENT ON FUNCTION public.search_household(p_household uuid) IS 'The lexeme that keeps the search of one household off the rows of all others.';

CREATE FUNCTION public.search_join(p_one tsvector, p_more tsvector) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN ((octet_length((p_one)::text) + octet_length((p_more)::text)) < 800000) THEN (p_one || p_more) ELSE p_one END;

COMMENT ON FUNCTION public.search_join(p_one tsvector, p_more tsvector) IS 'Both, if they fit: a tsvector has up to 1 MB, and a watch may have many long documents.';

CREATE FUNCTION public.search_lexemes(p_text text, p_weight text) RETURNS tsvector
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    select coalesce(string_agg(quote_literal(w) || ':1' || p_weight, ' '), '')::tsvector from search_words(p_text) w
$$;

CREATE FUNCTION public.search_query(p_typed text) RETURNS tsquery
    LANGUAGE sql STABLE
    AS $$
    select (string_agg(quote_literal(s) || ':*', ' & '))::tsquery
    from (select search_squash(w) s
          from regexp_split_to_table(search_fold(left(p_typed, 400)), '\s+') w limit 20) words
    where s <> ''
$$;

COMMENT ON FUNCTION public.search_query(p_typed text) IS 'Every word must match, and its beginning is enough. Null when nothing is left to look for.';

CREATE FUNCTION public.search_squash(p_word text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN "left"(regexp_replace(p_word, '[\s!-/:-@\[-`{-~]'::text, ''::text, 'g'::text), 60);

COMMENT ON FUNCTION public.search_squash(p_word text) IS 'Without punctuation: 310.30.42 → 3103042.';

CREATE FUNCTION public.search_words(p_text text) RETURNS SETOF text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    select distinct part
    from regexp_split_to_table(search_fold(p_text), '\s+') word,
         lateral (select search_squash(word)
                  union all
                  select left(p, 60) from regexp_split_to_table(
                      regexp_replace(word, '(?<=[0-9])(?=[a-z])|(?<=[a-z])(?=[0-9])', ' ', 'g'),
                      '[\s!-/:-@\[-`{-~]+') p) as parts (part)
    where part <> ''
$$;

COMMENT ON FUNCTION public.search_words(p_text text) IS '"GMT-Master 116610LN" → gmtmaster, gmt, master, 116610ln, 116610, ln.';

CREATE TABLE public.second_step (
    user_id uuid NOT NULL,
    secret bytea NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    confirmed_at timestamp with time zone,
    last_step bigint DEFAULT 0 NOT NULL
);

COMMENT ON TABLE public.second_step IS 'Accounts that ask for a code of an authenticator app (TOTP) after the password.';

COMMENT ON COLUMN public.second_step.secret IS 'What the app on the phone shares with us, encrypted; the key is not in the database.';

COMMENT ON COLUMN public.second_step.confirmed_at IS 'Since when it is asked for; null: being set up, nothing is asked yet.';

COMMENT ON COLUMN public.second_step.last_step IS 'Which half minute since 1970 the newest code was of; a code works once, and none before it.';

CREATE FUNCTION public.second_step_on(p_user uuid) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN (EXISTS (SELECT FROM public.second_step WHERE ((second_step.user_id = second_step_on.p_user) AND (second_step.confirmed_at IS NOT NULL))));

COMMENT ON FUNCTION public.second_step_on(p_user uuid) IS 'Whether this account asks for a code after the password.';

CREATE FUNCTION public.seen_network(p_address text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    AS $$
begin
    return network(set_masklen(p_address::inet, case family(p_address::inet) when 4 then 24 else 64 end));
exception when others then
    return p_address;
end $$;

COMMENT ON FUNCTION public.seen_network(p_address text) IS 'The network of an address, as far as a new sign-in goes: /24 of IPv4, /64 of IPv6.';

CREATE FUNCTION public.session_member(p_token_hash bytea) RETURNS TABLE(user_id uuid, household_id uuid, role text, name text, email text, is_admin boolean, currency text, time_zone text, household text, data_version bigint, households bigint, language text, number_format text, theme text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    select u.user_id, m.household_id, m.role, u.name, u.email::text, u.is_admin,
           u.currency, u.time_zone, h.name, coalesce(v.version, 0), count(*) over (),
           u.language, u.number_format, u.theme
    from session s
    join app_user u using (user_id)
    join membership m using (user_id)
    join household h using (household_id)
    left join data_version v using (household_id)
    where s.token_hash = p_token_hash and s.revoked_at is null and s.expires_at > now() and u.disabled_at is null
    order by m.household_id is distinct from s.chosen_household_id, m.joined_at, m.household_id
    limit 1
$$;

COMMENT ON FUNCTION public.session_member(p_token_hash bytea) IS 'Who is behind a live session, in which household, the version of its data, and how many households they belong to.';

CREATE FUNCTION public.set_admin(p_user uuid, p_admin boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare whose constant text := admin_over(p_user);
begin
    if p_admin and exists (select from app_user where user_id = p_user and disabled_at is not null) then
        raise exception using errcode = 'WT001', message = 'This account is disabled. Enable it first.';
    end if;
    update app_user set is_admin = p_admin where user_id = p_user;
    return whose;
end $$;

COMMENT ON FUNCTION public.set_admin(p_user uuid, p_admin boolean) IS 'Makes somebody an admin of the box, or not any more. Returns the e-mail address; null: there is no such person.';

CREATE FUNCTION public.set_disabled(p_user uuid, p_disabled boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare whose constant text := admin_over(p_user);
begin
    update app_user set disabled_at = case when p_disabled then coalesce(disabled_at, now()) end where user_id = p_user;
    if p_disabled then
        update session set revoked_at = now() where user_id = p_user and revoked_at is null;
        delete from handoff where user_id = p_user;
        delete from half_sign_in where user_id = p_user;
    end if;
    return whose;
end $$;

COMMENT ON FUNCTION public.set_disabled(p_user uuid, p_disabled boolean) IS 'Keeps somebody out, which ends their sessions, or lets them in again. Returns the e-mail address; null: there is no such person.';

CREATE FUNCTION public.set_member_role(p_user uuid, p_role text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
    home constant uuid := current_household();
    changed boolean;
begin
    call lock_members(home);
    if not owns_household() then
        raise exception using errcode = 'WT001', message = 'Only an owner of the household can do this.';
    end if;
    if p_role <> 'owner' then
        call keep_an_owner(home, p_user);
    end if;
    update membership set role = p_role where household_id = home and user_id = p_user;
    changed := found;
    call count_members_version(home);
    return changed;
end $$;

COMMENT ON FUNCTION public.set_member_role(p_user uuid, p_role text) IS 'Gives a member another role; false: there is no such member.';

CREATE FUNCTION public.set_registration(p_open boolean) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
    perform admin_or_refuse();
    insert into instance_setting (name, value) values ('registration', case when p_open then 'open' else 'closed' end)
    on conflict (name) do update set value = excluded.value;
end $$;

COMMENT ON FUNCTION public.set_registration(p_open boolean) IS 'An admin opens or closes the box for new accounts.';

CREATE FUNCTION public.set_up_notices() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
    insert into notice_setting (household_id, user_id) values (new.household_id, new.user_id) on conflict do nothing;
    return null;
end $$;

COMMENT ON FUNCTION public.set_up_notices() IS 'Whoever joins a household gets notices as they are set at first.';

CREATE FUNCTION public.share_link_open(p_token_hash bytea) RETURNS TABLE(household_id uuid, kind text, watch_ids uuid[], collection_id uuid, show_values boolean, show_prices boolean, show_serials boolean, show_documents boolean, photos_only boolean, currency text, expires_at timestamp with time zone, password_hash text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    select l.household_id, l.kind, l.watch_ids, l.collection_id, l.show_values, l.show_prices,
           l.show_serials, l.show_documents, l.photos_only, l.currency, l.expires_at, l.password_hash
    from share_link l
    join membership m on m.household_id = l.household_id and m.user_id = l.created_by and m.role in ('owner', 'editor')
    join app_user u on u.user_id = m.user_id and u.disabled_at is null
    where l.token_hash = p_token_hash and l.revoked_at is null and (l.expires_at is null or l.expires_at > now())
$$;

COMMENT ON FUNCTION public.share_link_open(p_token_hash bytea) IS 'What a link that works allows; no row for one that is unknown, expired or revoked, or whose maker may not share any more.';

CREATE FUNCTION public.share_link_seen(p_token_hash bytea, p_client text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
    insert into share_view (household_id, link_id, client)
    select household_id, link_id, left(p_client, 60) from share_link
    where token_hash = p_token_hash and revoked_at is null and (expires_at is null or expires_at > now())
$$;

COMMENT ON FUNCTION public.share_link_seen(p_token_hash bytea, p_client text) IS 'Counts a visit to a link that works.';

CREATE FUNCTION public.sign_up(p_email public.citext, p_name text, p_password_hash text, p_household text, p_currency text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
    new_user uuid;
    new_household uuid;
    is_first boolean;
begin
    perform pg_advisory_xact_lock(7467328);
    is_first := not exists (select from app_user);
    if not is_first and not registration_open() then
        raise exception using errcode = 'WT001', message = 'Registration is closed on this box. Ask its admin for an account.';
    end if;
    insert into app_user (email, name, password_hash, is_admin, currency)
    values (p_email, p_name, p_password_hash, is_first, p_currency) returning user_id into new_user;
    insert into household (name) values (p_household) returning household_id into new_household;
    insert into membership (household_id, user_id, role) values (new_household, new_user, 'owner');
    insert into data_version (household_id) values (new_household) on conflict do nothing;
    return new_user;
end $$;

CREATE FUNCTION public.sign_up_invited(p_email public.citext, p_name text, p_password_hash text, p_currency text, p_token_hash bytea) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare new_user uuid;
begin
    if not exists (select from invitation_offer(p_token_hash)) then
        return null;
    end if;
    insert into app_user (email, name, password_hash, currency)
    values (p_email, p_name, p_password_hash, p_currency) returning user_id into new_user;
    if accept_invitation(p_token_hash, new_user) is null then
        raise exception using errcode = 'WT001', message = 'This invitation can''t be used.';
    end if;
    return new_user;
end $$;

COMMENT ON FUNCTION public.sign_up_invited(p_email public.citext, p_name text, p_password_hash text, p_currency text, p_token_hash bytea) IS 'An account for who was invited, also while registration is closed; null: the link is not good.';

CREATE FUNCTION public.sum_fresh_steps() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    insert into value_day as sums (household_id, currency, day, delta, costed)
    select household_id, currency, day, sum(delta), coalesce(sum(delta) filter (where costed), 0)
    from fresh where not is_private
    group by household_id, currency, day order by household_id, currency, day
    on conflict (household_id, currency, day) do update
    set delta = sums.delta + excluded.delta, costed = sums.costed + excluded.costed;
    return null;
end $$;

CREATE FUNCTION public.sum_gone_steps() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.use_reset(p_token_hash bytea, p_password_hash text) RETURNS TABLE(user_id uuid, name text, email text, language text, number_format text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare whose uuid;
begin
    select o.user_id into whose from reset_offer(p_token_hash) o;
    perform from app_user u where u.user_id = whose for no key update;  -- of two at once, one finds it used
    delete from password_reset r where r.token_hash = p_token_hash and r.user_id = whose;
    if not found then
        return;
    end if;
    update app_user u set password_hash = p_password_hash where u.user_id = whose;
    update session s set revoked_at = now() where s.user_id = whose and s.revoked_at is null;
    delete from handoff h where h.user_id = whose;
    delete from identity i where i.user_id = whose;  -- whoever knew the old password may have connected it
    delete from calendar_feed c where c.user_id = whose;
    delete from sign_in_failure f using app_user u where u.user_id = whose and f.subject = u.email;
    delete from sign_in_lock l using app_user u where u.user_id = whose and l.subject = u.email;
    return query select u.user_id, u.name, u.email::text, u.language, u.number_format from app_user u where u.user_id = whose;
end $$;

COMMENT ON FUNCTION public.use_reset(p_token_hash bytea, p_password_hash text) IS 'Sets the password, ends every session, connected identity and calendar link of the person and forgives their locks; the link is used up. No row: it is not good.';

CREATE PROCEDURE public.wall_in(IN tenant_table regclass)
    LANGUAGE plpgsql
    AS $$
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

COMMENT ON PROCEDURE public.wall_in(IN tenant_table regclass) IS 'Rows of another household do not exist for watch_app; the owner (migrations, nightly work) sees all.';

CREATE FUNCTION public.watch_facts(p_row jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((p_row - ARRAY['changed_at'::text, 'version'::text, 'folded'::text, 'recorded_at'::text, 'position'::text, 'words'::text]) - CASE WHEN (p_row ? 'purchase_price'::text) THEN ARRAY['cost'::text, 'cost_eur_rate'::text, 'cost_rate_on'::text, 'proceeds'::text, 'acquired_on'::text, 'value_amount'::text, 'value_currency'::text, 'valued_on'::text, 'sort_name'::text, 'document'::text] ELSE ARRAY[]::text[] END);

COMMENT ON FUNCTION public.watch_facts(p_row jsonb) IS 'What a person entered: a row without what is derived from it.';

CREATE FUNCTION public.write_audit() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if tg_op = 'INSERT' then
        insert into audit_event (household_id, user_id, action, entity, entity_id, watch_id, after)
        select f.household_id, current_app_user(), 'added', tg_table_name,
               (j ->> tg_argv[0])::uuid, (j ->> tg_argv[1])::uuid, jsonb_strip_nulls(watch_facts(j))
        from fresh f, lateral to_jsonb(f) j;
    elsif tg_op = 'DELETE' then
        insert into audit_event (household_id, user_id, action, entity, entity_id, watch_id, before)
        select g.household_id, current_app_user(), 'removed', tg_table_name,
               (j ->> tg_argv[0])::uuid, (j ->> tg_argv[1])::uuid, jsonb_strip_nulls(watch_facts(j))
        from gone g, lateral to_jsonb(g) j
        where exists (select from household h where h.household_id = g.household_id);
    else
        insert into audit_event (household_id, user_id, action, entity, entity_id, watch_id, before, after)
        select (n ->> 'household_id')::uuid, current_app_user(), 'changed', tg_table_name,
               (n ->> tg_argv[0])::uuid, (n ->> tg_argv[1])::uuid, only_in(o, n), only_in(n, o)
        from (select watch_facts(to_jsonb(f)) n from fresh f) f
        join (select watch_facts(to_jsonb(g)) o from gone g) g
          on o ->> 'household_id' = n ->> 'household_id' and o ->> tg_argv[0] = n ->> tg_argv[0]
        where o <> n
          and exists (select from household h where h.household_id = (n ->> 'household_id')::uuid);
    end if;
    return null;
end $$;

CREATE FUNCTION public.writes_or_refuse() RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $$
begin
    if current_user = 'watch_app' and not may_write() then
        raise exception using errcode = 'WT001',
            message = 'You can look at this collection. Owners and editors can change it.';
    end if;
    return true;
end $$;

COMMENT ON FUNCTION public.writes_or_refuse() IS 'True for owners and editors, and for maintenance; for a viewer a refusal with its sentence.';

CREATE AGGREGATE public.search_joined(tsvector) (
    SFUNC = public.search_join,
    STYPE = tsvector,
    INITCOND = ''
);

COMMENT ON AGGREGATE public.search_joined(tsvector) IS 'Several search documents as one.';

CREATE TABLE public.household (
    household_id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT household_name_given CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 100)))
);

ALTER TABLE ONLY public.household FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.household IS 'The tenant: people who share one collection.';

COMMENT ON CONSTRAINT household_name_given ON public.household IS 'Give the household a name of up to 100 characters.';

CREATE TABLE public.membership (
    household_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    joined_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT membership_role_known CHECK ((role = ANY (ARRAY['owner'::text, 'editor'::text, 'viewer'::text])))
);

ALTER TABLE ONLY public.membership FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.membership IS 'Who belongs to which household, and what they may do there.';

COMMENT ON CONSTRAINT membership_role_known ON public.membership IS 'A member is an owner, an editor or a viewer.';

CREATE TABLE public.session (
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    client text DEFAULT ''::text NOT NULL,
    chosen_household_id uuid,
    address text DEFAULT ''::text NOT NULL
);

COMMENT ON TABLE public.session IS 'A signed-in browser. token_hash: SHA-256 of the 256-bit token in its cookie.';

COMMENT ON COLUMN public.session.chosen_household_id IS 'The household this browser looks at; null: the first one its person joined.';

COMMENT ON COLUMN public.session.address IS 'From which network address it signed in; empty for sessions older than this column.';

CREATE VIEW public.account_line AS
 SELECT user_id,
    name,
    (email)::text AS email,
    is_admin,
    disabled_at,
    created_at,
    public.second_step_on(user_id) AS has_second_step,
    ( SELECT max(s.seen_at) AS max
           FROM public.session s
          WHERE (s.user_id = u.user_id)) AS seen_at,
    ARRAY( SELECT h.name
           FROM (public.membership m
             JOIN public.household h USING (household_id))
          WHERE (m.user_id = u.user_id)
          ORDER BY (public.search_fold(h.name)), h.household_id) AS households,
    public.search_fold(((name || ' '::text) || (email)::text)) AS folded
   FROM public.app_user u
  WHERE public.admin_or_refuse();

COMMENT ON VIEW public.account_line IS 'The accounts of the box, for an admin; others are refused.';

CREATE TABLE public.audit_event (
    household_id uuid NOT NULL,
    event_id bigint NOT NULL,
    happened_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    user_id uuid,
    action text NOT NULL,
    entity text NOT NULL,
    entity_id uuid NOT NULL,
    watch_id uuid,
    before jsonb,
    after jsonb
);

ALTER TABLE ONLY public.audit_event FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.audit_event IS 'Who changed what, before and after; only the fields that changed. Only ever added to.';

ALTER TABLE public.audit_event ALTER COLUMN event_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_event_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.benchmark (
    household_id uuid NOT NULL,
    benchmark_id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    currency text,
    version integer DEFAULT 1 NOT NULL,
    added_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT benchmark_currency_plausible CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT benchmark_named CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 60)))
);

ALTER TABLE ONLY public.benchmark FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.benchmark IS 'A series the household brought in to compare its collection with.';

COMMENT ON COLUMN public.benchmark.currency IS 'Of its prices; null: points of an index, which are not converted.';

COMMENT ON CONSTRAINT benchmark_currency_plausible ON public.benchmark IS 'Choose a currency from the list.';

COMMENT ON CONSTRAINT benchmark_named ON public.benchmark IS 'Give the series a name of up to 60 characters.';

CREATE TABLE public.benchmark_point (
    household_id uuid NOT NULL,
    benchmark_id uuid NOT NULL,
    day date NOT NULL,
    amount numeric NOT NULL,
    CONSTRAINT benchmark_point_positive CHECK ((amount > (0)::numeric))
);

ALTER TABLE ONLY public.benchmark_point FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.benchmark_point IS 'The days of a benchmark; each amount holds until the next.';

COMMENT ON CONSTRAINT benchmark_point_positive ON public.benchmark_point IS 'A price is more than nothing.';

CREATE TABLE public.brand (
    household_id uuid NOT NULL,
    brand_id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    brand_slug text,
    folded text GENERATED ALWAYS AS (lower(btrim(name))) STORED NOT NULL,
    CONSTRAINT brand_name_given CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 100)))
);

ALTER TABLE ONLY public.brand FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.brand IS 'A maker as this household writes it; brand_slug links it to the reference data.';

COMMENT ON CONSTRAINT brand_name_given ON public.brand IS 'Give the brand a name of up to 100 characters.';

CREATE TABLE public.brand_reference (
    brand_slug text NOT NULL,
    name text NOT NULL,
    country text NOT NULL,
    founded integer NOT NULL,
    aliases text[] DEFAULT '{}'::text[] NOT NULL
);

COMMENT ON TABLE public.brand_reference IS 'Makers that ship with the project. country: ISO 3166-1 alpha-2; founded: year.';

CREATE TABLE public.calendar_feed (
    household_id uuid NOT NULL,
    user_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    made_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT calendar_feed_token_plausible CHECK ((length(token_hash) = 32))
);

ALTER TABLE ONLY public.calendar_feed FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.calendar_feed IS 'The address of a member''s calendar of due dates. token_hash: SHA-256 of the 256-bit code in it.';

COMMENT ON CONSTRAINT calendar_feed_token_plausible ON public.calendar_feed IS 'This link could not be made.';

CREATE TABLE public.calibre (
    calibre text NOT NULL,
    maker text NOT NULL,
    name text NOT NULL,
    movement_type text NOT NULL,
    beat_rate_vph integer,
    lift_angle_deg numeric(4,1),
    lift_angle_source text,
    power_reserve_h numeric(6,1),
    jewels integer,
    CONSTRAINT calibre_lift_angle_sourced CHECK (((lift_angle_deg IS NULL) = (lift_angle_source IS NULL)))
);

COMMENT ON TABLE public.calibre IS 'Movements by name. beat_rate_vph: vibrations an hour; lift angle: a setting with a source, not a fact.';

COMMENT ON CONSTRAINT calibre_lift_angle_sourced ON public.calibre IS 'A lift angle needs its source.';

CREATE TABLE public.care_plan (
    household_id uuid NOT NULL,
    plan_id uuid DEFAULT gen_random_uuid() NOT NULL,
    watch_id uuid,
    movement_type text,
    kind text NOT NULL,
    months integer,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT care_plan_for_one_thing CHECK (((watch_id IS NULL) OR (movement_type IS NULL))),
    CONSTRAINT care_plan_kind_known CHECK ((kind = ANY (ARRAY['service'::text, 'regulation'::text, 'battery'::text, 'pressure_test'::text, 'inspection'::text, 'strap'::text, 'other'::text]))),
    CONSTRAINT care_plan_months_plausible CHECK (((months >= 1) AND (months <= 600))),
    CONSTRAINT care_plan_none_only_for_a_watch CHECK (((months IS NOT NULL) OR (watch_id IS NOT NULL)))
);

ALTER TABLE ONLY public.care_plan FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.care_plan IS 'How often a kind of service is due: for a watch, else for its movement type, else (neither named) for all.';

COMMENT ON COLUMN public.care_plan.months IS 'The interval; null: this watch does not need it.';

COMMENT ON CONSTRAINT care_plan_for_one_thing ON public.care_plan IS 'A plan is for a watch, for a movement type, or for all.';

COMMENT ON CONSTRAINT care_plan_kind_known ON public.care_plan IS 'Choose a type of service from the list.';

COMMENT ON CONSTRAINT care_plan_months_plausible ON public.care_plan IS 'An interval lies between 1 month and 50 years.';

COMMENT ON CONSTRAINT care_plan_none_only_for_a_watch ON public.care_plan IS 'Give the interval in months.';

CREATE TABLE public.service (
    household_id uuid NOT NULL,
    service_id uuid DEFAULT gen_random_uuid() NOT NULL,
    watch_id uuid NOT NULL,
    kind text DEFAULT 'service'::text NOT NULL,
    provider text,
    description text,
    handed_over_on date,
    expected_back_on date,
    quote numeric(14,2),
    serviced_on date,
    cost numeric(14,2),
    currency text,
    next_due_on date,
    version integer DEFAULT 1 NOT NULL,
    added_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT service_amount_has_currency CHECK ((((cost IS NULL) AND (quote IS NULL)) OR (currency IS NOT NULL))),
    CONSTRAINT service_back_after_handed_over CHECK (((expected_back_on >= handed_over_on) AND (serviced_on >= handed_over_on))),
    CONSTRAINT service_cost_not_negative CHECK ((cost >= (0)::numeric)),
    CONSTRAINT service_currency_plausible CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT service_date_plausible CHECK ((serviced_on >= '1900-01-01'::date)),
    CONSTRAINT service_dated CHECK (((serviced_on IS NOT NULL) OR (handed_over_on IS NOT NULL))),
    CONSTRAINT service_description_length CHECK ((length(description) <= 5000)),
    CONSTRAINT service_due_after_service CHECK ((next_due_on > COALESCE(serviced_on, handed_over_on))),
    CONSTRAINT service_handed_over_plausible CHECK ((handed_over_on >= '1900-01-01'::date)),
    CONSTRAINT service_kind_known CHECK ((kind = ANY (ARRAY['service'::text, 'regulation'::text, 'battery'::text, 'pressure_test'::text, 'repair'::text, 'polish'::text, 'strap'::text, 'inspection'::text, 'other'::text]))),
    CONSTRAINT service_provider_length CHECK ((length(provider) <= 200)),
    CONSTRAINT service_quote_not_negative CHECK ((quote >= (0)::numeric))
);

ALTER TABLE ONLY public.service FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.service IS 'What was done to a watch. Without serviced_on: it is at the watchmaker now.';

COMMENT ON COLUMN public.service.quote IS 'What the watchmaker asks for, before it is done; in currency, like cost.';

COMMENT ON COLUMN public.service.serviced_on IS 'The day it was done, or came back; null while it is at the watchmaker.';

COMMENT ON COLUMN public.service.next_due_on IS 'When this kind of service is due again, as a person decided.';

COMMENT ON CONSTRAINT service_amount_has_currency ON public.service IS 'An amount needs a currency.';

COMMENT ON CONSTRAINT service_back_after_handed_over ON public.service IS 'A watch can''t come back before it was handed over.';

COMMENT ON CONSTRAINT service_cost_not_negative ON public.service IS 'A cost can''t be negative.';

COMMENT ON CONSTRAINT service_currency_plausible ON public.service IS 'Choose a currency from the list.';

COMMENT ON CONSTRAINT service_date_plausible ON public.service IS 'The date of a service must be in 1900 or later.';

COMMENT ON CONSTRAINT service_dated ON public.service IS 'Say when it was done, or when the watch was handed over.';

COMMENT ON CONSTRAINT service_description_length ON public.service IS 'A description has up to 5,000 characters.';

COMMENT ON CONSTRAINT service_due_after_service ON public.service IS 'The next service is due after this one.';

COMMENT ON CONSTRAINT service_handed_over_plausible ON public.service IS 'The date must be in 1900 or later.';

COMMENT ON CONSTRAINT service_kind_known ON public.service IS 'Choose a type of service from the list.';

COMMENT ON CONSTRAINT service_provider_length ON public.service IS 'A provider has up to 200 characters.';

COMMENT ON CONSTRAINT service_quote_not_negative ON public.service IS 'A quote can''t be negative.';

CREATE TABLE public.watch (
    household_id uuid NOT NULL,
    watch_id uuid DEFAULT gen_random_uuid() NOT NULL,
    brand_id uuid NOT NULL,
    model text NOT NULL,
    reference text,
    serial_number text,
    nickname text,
    production_year integer,
    status text DEFAULT 'owned'::text NOT NULL,
    condition text,
    box_papers text,
    collection_id uuid,
    notes text,
    purchased_on date,
    retailer text,
    purchase_price numeric(14,2),
    purchase_fees numeric(14,2),
    purchase_taxes numeric(14,2),
    purchase_currency text,
    disposed_on date,
    buyer text,
    sale_price numeric(14,2),
    sale_fees numeric(14,2),
    sale_currency text,
    movement_type text,
    calibre text,
    case_material text,
    case_diameter_mm numeric(4,1),
    thickness_mm numeric(4,1),
    lug_to_lug_mm numeric(4,1),
    lug_width_mm numeric(4,1),
    water_resistance_m integer,
    power_reserve_h numeric(6,1),
    crystal text,
    dial_colour text,
    bezel text,
    strap text,
    version integer DEFAULT 1 NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    cost numeric(15,2) GENERATED ALWAYS AS (((purchase_price + COALESCE(purchase_fees, (0)::numeric)) + COALESCE(purchase_taxes, (0)::numeric))) STORED,
    proceeds numeric(15,2) GENERATED ALWAYS AS ((sale_price - COALESCE(sale_fees, (0)::numeric))) STORED,
    acquired_on date,
    value_amount numeric(15,2),
    value_currency text,
    valued_on date,
    sort_name text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    document tsvector DEFAULT ''::tsvector NOT NULL,
    cost_eur_rate numeric,
    cost_rate_on date,
    owner_id uuid,
    target_price numeric(14,2),
    target_currency text,
    is_private boolean DEFAULT false NOT NULL,
    warranty_until date,
    CONSTRAINT watch_bezel_length CHECK ((length(bezel) <= 100)),
    CONSTRAINT watch_box_papers_known CHECK ((box_papers = ANY (ARRAY['none'::text, 'box'::text, 'papers'::text, 'full_set'::text]))),
    CONSTRAINT watch_buyer_length CHECK ((length(buyer) <= 200)),
    CONSTRAINT watch_calibre_length CHECK ((length(calibre) <= 100)),
    CONSTRAINT watch_condition_known CHECK ((condition = ANY (ARRAY['mint'::text, 'excellent'::text, 'good'::text, 'fair'::text, 'poor'::text]))),
    CONSTRAINT watch_crystal_length CHECK ((length(crystal) <= 100)),
    CONSTRAINT watch_dial_length CHECK ((length(dial_colour) <= 100)),
    CONSTRAINT watch_diameter_plausible CHECK (((case_diameter_mm >= (5)::numeric) AND (case_diameter_mm <= (100)::numeric))),
    CONSTRAINT watch_disposal_after_purchase CHECK ((disposed_on >= purchased_on)),
    CONSTRAINT watch_disposal_dated CHECK (((status = ANY (ARRAY['sold'::text, 'gifted'::text, 'lost'::text])) = (disposed_on IS NOT NULL))),
    CONSTRAINT watch_fees_need_price CHECK (((purchase_price IS NOT NULL) OR ((purchase_fees IS NULL) AND (purchase_taxes IS NULL)))),
    CONSTRAINT watch_fees_not_negative CHECK ((purchase_fees >= (0)::numeric)),
    CONSTRAINT watch_lug_to_lug_plausible CHECK (((lug_to_lug_mm >= (5)::numeric) AND (lug_to_lug_mm <= (120)::numeric))),
    CONSTRAINT watch_lug_width_plausible CHECK (((lug_width_mm >= (4)::numeric) AND (lug_width_mm <= (40)::numeric))),
    CONSTRAINT watch_material_length CHECK ((length(case_material) <= 100)),
    CONSTRAINT watch_model_given CHECK (((length(btrim(model)) >= 1) AND (length(btrim(model)) <= 200))),
    CONSTRAINT watch_nickname_length CHECK ((length(nickname) <= 100)),
    CONSTRAINT watch_notes_length CHECK ((length(notes) <= 10000)),
    CONSTRAINT watch_price_has_currency CHECK (((purchase_price IS NULL) OR (purchase_currency IS NOT NULL))),
    CONSTRAINT watch_price_not_negative CHECK ((purchase_price >= (0)::numeric)),
    CONSTRAINT watch_private_has_owner CHECK (((owner_id IS NOT NULL) OR (NOT is_private))),
    CONSTRAINT watch_purchase_currency_plausible CHECK ((purchase_currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT watch_purchase_date_plausible CHECK ((purchased_on >= '1900-01-01'::date)),
    CONSTRAINT watch_reference_length CHECK ((length(reference) <= 100)),
    CONSTRAINT watch_reserve_plausible CHECK (((power_reserve_h >= (0)::numeric) AND (power_reserve_h <= (20000)::numeric))),
    CONSTRAINT watch_retailer_length CHECK ((length(retailer) <= 200)),
    CONSTRAINT watch_sale_currency_plausible CHECK ((sale_currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT watch_sale_fees_need_price CHECK (((sale_price IS NOT NULL) OR (sale_fees IS NULL))),
    CONSTRAINT watch_sale_fees_not_negative CHECK ((sale_fees >= (0)::numeric)),
    CONSTRAINT watch_sale_has_currency CHECK (((sale_price IS NULL) OR (sale_currency IS NOT NULL))),
    CONSTRAINT watch_sale_only_when_disposed CHECK (((disposed_on IS NOT NULL) OR ((sale_price IS NULL) AND (buyer IS NULL)))),
    CONSTRAINT watch_sale_price_not_negative CHECK ((sale_price >= (0)::numeric)),
    CONSTRAINT watch_serial_length CHECK ((length(serial_number) <= 100)),
    CONSTRAINT watch_status_known CHECK ((status = ANY (ARRAY['owned'::text, 'wishlist'::text, 'ordered'::text, 'sold'::text, 'gifted'::text, 'lost'::text]))),
    CONSTRAINT watch_strap_length CHECK ((length(strap) <= 100)),
    CONSTRAINT watch_target_currency_plausible CHECK ((target_currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT watch_target_has_currency CHECK (((target_price IS NULL) OR (target_currency IS NOT NULL))),
    CONSTRAINT watch_target_not_negative CHECK ((target_price >= (0)::numeric)),
    CONSTRAINT watch_taxes_not_negative CHECK ((purchase_taxes >= (0)::numeric)),
    CONSTRAINT watch_thickness_plausible CHECK (((thickness_mm >= 0.5) AND (thickness_mm <= (60)::numeric))),
    CONSTRAINT watch_warranty_plausible CHECK (((warranty_until >= '1900-01-01'::date) AND (warranty_until <= '2200-12-31'::date))),
    CONSTRAINT watch_water_plausible CHECK (((water_resistance_m >= 0) AND (water_resistance_m <= 20000))),
    CONSTRAINT watch_year_plausible CHECK (((production_year >= 1500) AND (production_year <= 2200)))
);

ALTER TABLE ONLY public.watch FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.watch IS 'One physical watch: owned, wished for, or gone. Dimensions in mm, water resistance in m, power reserve in h.';

COMMENT ON COLUMN public.watch.disposed_on IS 'The day it was sold, given away or lost; the last day it counts.';

COMMENT ON COLUMN public.watch.cost IS 'All-in: purchase price + fees + taxes, in purchase_currency.';

COMMENT ON COLUMN public.watch.proceeds IS 'Sale price − fees, in sale_currency.';

COMMENT ON COLUMN public.watch.acquired_on IS 'Since when it counts: the purchase date, else the first valuation or the day it was added. Null when never owned.';

COMMENT ON COLUMN public.watch.value_amount IS 'What it is worth now: the newest market valuation, else the cost (then valued_on is null).';

COMMENT ON COLUMN public.watch.document IS 'Everything the search box looks in.';

COMMENT ON COLUMN public.watch.cost_eur_rate IS 'Derived: units of purchase_currency for 1 EUR on the day it came; null: no rate.';

COMMENT ON COLUMN public.watch.cost_rate_on IS 'Derived: the day that rate is of.';

COMMENT ON COLUMN public.watch.owner_id IS 'The member it belongs to; null: the household.';

COMMENT ON COLUMN public.watch.target_price IS 'What a wished-for watch may cost.';

COMMENT ON COLUMN public.watch.is_private IS 'Nobody but its owner sees it, or its part in any total.';

COMMENT ON COLUMN public.watch.warranty_until IS 'The last day of its warranty.';

COMMENT ON CONSTRAINT watch_bezel_length ON public.watch IS 'A bezel has up to 100 characters.';

COMMENT ON CONSTRAINT watch_box_papers_known ON public.watch IS 'Choose from the list what came with the watch.';

COMMENT ON CONSTRAINT watch_buyer_length ON public.watch IS 'A buyer has up to 200 characters.';

COMMENT ON CONSTRAINT watch_calibre_length ON public.watch IS 'A calibre has up to 100 characters.';

COMMENT ON CONSTRAINT watch_condition_known ON public.watch IS 'Choose a condition from the list.';

COMMENT ON CONSTRAINT watch_crystal_length ON public.watch IS 'A crystal has up to 100 characters.';

COMMENT ON CONSTRAINT watch_dial_length ON public.watch IS 'A dial colour has up to 100 characters.';

COMMENT ON CONSTRAINT watch_diameter_plausible ON public.watch IS 'A case diameter lies between 5 and 100 mm.';

COMMENT ON CONSTRAINT watch_disposal_after_purchase ON public.watch IS 'A watch can''t leave the collection before it was bought.';

COMMENT ON CONSTRAINT watch_disposal_dated ON public.watch IS 'A watch that was sold, given away or lost needs the day; another has none.';

COMMENT ON CONSTRAINT watch_fees_need_price ON public.watch IS 'Fees and taxes need a purchase price beside them.';

COMMENT ON CONSTRAINT watch_fees_not_negative ON public.watch IS 'Fees can''t be negative.';

COMMENT ON CONSTRAINT watch_lug_to_lug_plausible ON public.watch IS 'Lug to lug lies between 5 and 120 mm.';

COMMENT ON CONSTRAINT watch_lug_width_plausible ON public.watch IS 'A lug width lies between 4 and 40 mm.';

COMMENT ON CONSTRAINT watch_material_length ON public.watch IS 'A case material has up to 100 characters.';

COMMENT ON CONSTRAINT watch_model_given ON public.watch IS 'Give the watch a model name of up to 200 characters.';

COMMENT ON CONSTRAINT watch_nickname_length ON public.watch IS 'A nickname has up to 100 characters.';

COMMENT ON CONSTRAINT watch_notes_length ON public.watch IS 'Notes have up to 10,000 characters.';

COMMENT ON CONSTRAINT watch_price_has_currency ON public.watch IS 'A price needs a currency.';

COMMENT ON CONSTRAINT watch_price_not_negative ON public.watch IS 'A price can''t be negative.';

COMMENT ON CONSTRAINT watch_private_has_owner ON public.watch IS 'Only a watch that belongs to you can be private.';

COMMENT ON CONSTRAINT watch_purchase_currency_plausible ON public.watch IS 'Choose a currency from the list.';

COMMENT ON CONSTRAINT watch_purchase_date_plausible ON public.watch IS 'The purchase date must be in 1900 or later.';

COMMENT ON CONSTRAINT watch_reference_length ON public.watch IS 'A reference has up to 100 characters.';

COMMENT ON CONSTRAINT watch_reserve_plausible ON public.watch IS 'A power reserve lies between 0 and 20,000 hours.';

COMMENT ON CONSTRAINT watch_retailer_length ON public.watch IS 'A retailer or seller has up to 200 characters.';

COMMENT ON CONSTRAINT watch_sale_currency_plausible ON public.watch IS 'Choose a currency from the list.';

COMMENT ON CONSTRAINT watch_sale_fees_need_price ON public.watch IS 'Sale fees need a sale price beside them.';

COMMENT ON CONSTRAINT watch_sale_fees_not_negative ON public.watch IS 'Fees can''t be negative.';

COMMENT ON CONSTRAINT watch_sale_has_currency ON public.watch IS 'A sale price needs a currency.';

COMMENT ON CONSTRAINT watch_sale_only_when_disposed ON public.watch IS 'Only a watch that is gone has a sale price or a buyer.';

COMMENT ON CONSTRAINT watch_sale_price_not_negative ON public.watch IS 'A sale price can''t be negative.';

COMMENT ON CONSTRAINT watch_serial_length ON public.watch IS 'A serial number has up to 100 characters.';

COMMENT ON CONSTRAINT watch_status_known ON public.watch IS 'Choose a status from the list.';

COMMENT ON CONSTRAINT watch_strap_length ON public.watch IS 'A strap has up to 100 characters.';

COMMENT ON CONSTRAINT watch_target_currency_plausible ON public.watch IS 'Choose a currency from the list.';

COMMENT ON CONSTRAINT watch_target_has_currency ON public.watch IS 'A target price needs a currency.';

COMMENT ON CONSTRAINT watch_target_not_negative ON public.watch IS 'A target price can''t be negative.';

COMMENT ON CONSTRAINT watch_taxes_not_negative ON public.watch IS 'Taxes can''t be negative.';

COMMENT ON CONSTRAINT watch_thickness_plausible ON public.watch IS 'A thickness lies between 0.5 and 60 mm.';

COMMENT ON CONSTRAINT watch_warranty_plausible ON public.watch IS 'Check the year of the end of the warranty.';

COMMENT ON CONSTRAINT watch_water_plausible ON public.watch IS 'Water resistance lies between 0 and 20,000 m.';

COMMENT ON CONSTRAINT watch_year_plausible ON public.watch IS 'A year of production has four digits, like 1968.';

CREATE VIEW public.care_due WITH (security_invoker='true') AS
 WITH last AS NOT MATERIALIZED (
         SELECT DISTINCT ON (service.household_id, service.watch_id, service.kind) service.household_id,
            service.watch_id,
            service.kind,
            service.serviced_on,
            service.next_due_on
           FROM public.service
          WHERE ((service.deleted_at IS NULL) AND (service.serviced_on IS NOT NULL))
          ORDER BY service.household_id, service.watch_id, service.kind, service.serviced_on DESC, service.added_at DESC
        ), planned AS NOT MATERIALIZED (
         SELECT DISTINCT ON (plans.household_id, plans.watch_id, plans.kind) plans.household_id,
            plans.watch_id,
            plans.kind,
            plans.months,
            plans.acquired_on
           FROM ( SELECT w.household_id,
                    w.watch_id,
                    p.kind,
                    p.months,
                    w.acquired_on,
                    1 AS preference
                   FROM (public.watch w
                     JOIN public.care_plan p ON (((p.household_id = w.household_id) AND (p.watch_id = w.watch_id))))
                  WHERE ((w.status = 'owned'::text) AND (w.deleted_at IS NULL))
                UNION ALL
                 SELECT w.household_id,
                    w.watch_id,
                    p.kind,
                    p.months,
                    w.acquired_on,
                    2
                   FROM (public.watch w
                     JOIN public.care_plan p ON (((p.household_id = w.household_id) AND (p.movement_type = w.movement_type))))
                  WHERE ((w.status = 'owned'::text) AND (w.deleted_at IS NULL))
                UNION ALL
                 SELECT w.household_id,
                    w.watch_id,
                    p.kind,
                    p.months,
                    w.acquired_on,
                    3
                   FROM (public.watch w
                     JOIN public.care_plan p ON (((p.household_id = w.household_id) AND (p.watch_id IS NULL) AND (p.movement_type IS NULL))))
                  WHERE ((w.status = 'owned'::text) AND (w.deleted_at IS NULL))) plans
          ORDER BY plans.household_id, plans.watch_id, plans.kind, plans.preference
        ), needed AS (
         SELECT p.household_id,
            p.watch_id,
            p.kind,
            p.months,
            l.serviced_on,
            l.next_due_on,
            ((COALESCE(l.serviced_on, p.acquired_on) + make_interval(months => p.months)))::date AS planned_on
           FROM (planned p
             LEFT JOIN last l USING (household_id, watch_id, kind))
          WHERE (p.months IS NOT NULL)
        UNION ALL
         SELECT w.household_id,
            w.watch_id,
            l.kind,
            NULL::integer,
            l.serviced_on,
            l.next_due_on,
            NULL::date
           FROM (last l
             JOIN public.watch w USING (household_id, watch_id))
          WHERE ((l.next_due_on IS NOT NULL) AND (w.status = 'owned'::text) AND (w.deleted_at IS NULL) AND (NOT (EXISTS ( SELECT
                   FROM public.care_plan p
                  WHERE ((p.household_id = w.household_id) AND (p.kind = l.kind) AND (p.watch_id = w.watch_id))))) AND (NOT (EXISTS ( SELECT
                   FROM public.care_plan p
                  WHERE ((p.household_id = w.household_id) AND (p.kind = l.kind) AND (p.movement_type = w.movement_type))))) AND (NOT (EXISTS ( SELECT
                   FROM public.care_plan p
                  WHERE ((p.household_id = w.household_id) AND (p.kind = l.kind) AND (p.watch_id IS NULL) AND (p.movement_type IS NULL))))))
        )
 SELECT household_id,
    watch_id,
    kind,
    months,
    serviced_on,
    COALESCE(next_due_on, planned_on) AS due_on,
    (next_due_on IS NULL) AS by_plan
   FROM needed n
  WHERE ((COALESCE(next_due_on, planned_on) IS NOT NULL) AND (NOT (EXISTS ( SELECT
           FROM public.service s
          WHERE ((s.household_id = n.household_id) AND (s.watch_id = n.watch_id) AND (s.kind = n.kind) AND (s.deleted_at IS NULL) AND (s.serviced_on IS NULL))))));

COMMENT ON VIEW public.care_due IS 'When a kind of service is due: as decided at the last one, else its date (or the day the watch came) and the interval of the plan. Not while the watch is at the watchmaker for it, nor where its own plan says it needs none.';

CREATE TABLE public.collection (
    household_id uuid NOT NULL,
    collection_id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    colour text NOT NULL,
    is_default boolean DEFAULT false NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    folded text GENERATED ALWAYS AS (lower(btrim(name))) STORED NOT NULL,
    CONSTRAINT collection_colour_known CHECK ((colour = ANY (ARRAY['brass'::text, 'steel'::text, 'navy'::text, 'forest'::text, 'burgundy'::text, 'sand'::text, 'slate'::text, 'plum'::text]))),
    CONSTRAINT collection_name_given CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 60)))
);

ALTER TABLE ONLY public.collection FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.collection IS 'A coloured group of watches; a watch is in at most one. New watches go to the default one.';

COMMENT ON CONSTRAINT collection_colour_known ON public.collection IS 'Choose a colour from the list.';

COMMENT ON CONSTRAINT collection_name_given ON public.collection IS 'Give the collection a name of up to 60 characters.';

CREATE TABLE public.complication (
    complication text NOT NULL,
    name text NOT NULL,
    description text NOT NULL
);

COMMENT ON TABLE public.complication IS 'What a watch shows or does beyond hours, minutes and seconds.';

CREATE TABLE public.valuation (
    household_id uuid NOT NULL,
    valuation_id uuid DEFAULT gen_random_uuid() NOT NULL,
    watch_id uuid NOT NULL,
    amount numeric(14,2) NOT NULL,
    currency text NOT NULL,
    valued_on date NOT NULL,
    kind text DEFAULT 'market'::text NOT NULL,
    source text DEFAULT 'manual'::text NOT NULL,
    note text,
    confirmed boolean DEFAULT false NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    recorded_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT valuation_currency_plausible CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT valuation_date_plausible CHECK ((valued_on >= '1900-01-01'::date)),
    CONSTRAINT valuation_kind_known CHECK ((kind = ANY (ARRAY['market'::text, 'insured'::text, 'replacement'::text, 'appraisal'::text]))),
    CONSTRAINT valuation_not_negative CHECK ((amount >= (0)::numeric)),
    CONSTRAINT valuation_note_length CHECK ((length(note) <= 1000)),
    CONSTRAINT valuation_source_known CHECK ((source = ANY (ARRAY['manual'::text, 'chrono24'::text, 'import'::text, 'api'::text])))
);

ALTER TABLE ONLY public.valuation FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.valuation IS 'What a watch was worth on a day. Only kind market enters totals.';

COMMENT ON COLUMN public.valuation.confirmed IS 'A person said that a striking amount is right. An imported 0 counts only when confirmed.';

COMMENT ON CONSTRAINT valuation_currency_plausible ON public.valuation IS 'Choose a currency from the list.';

COMMENT ON CONSTRAINT valuation_date_plausible ON public.valuation IS 'The date of a value must be in 1900 or later.';

COMMENT ON CONSTRAINT valuation_kind_known ON public.valuation IS 'Choose a kind of value from the list.';

COMMENT ON CONSTRAINT valuation_not_negative ON public.valuation IS 'A value can''t be negative.';

COMMENT ON CONSTRAINT valuation_note_length ON public.valuation IS 'A note has up to 1,000 characters.';

COMMENT ON CONSTRAINT valuation_source_known ON public.valuation IS 'Choose a source from the list.';

CREATE VIEW public.counted_valuation WITH (security_invoker='true') AS
 SELECT DISTINCT ON (household_id, watch_id, valued_on) household_id,
    watch_id,
    valued_on,
    amount,
    currency
   FROM public.valuation
  WHERE ((kind = 'market'::text) AND (deleted_at IS NULL) AND (NOT ((amount = (0)::numeric) AND (source = 'import'::text) AND (NOT confirmed))))
  ORDER BY household_id, watch_id, valued_on, recorded_at DESC;

COMMENT ON VIEW public.counted_valuation IS 'Market values that count: the last one recorded for each day; an imported 0 means "no data".';

CREATE TABLE public.data_version (
    household_id uuid NOT NULL,
    version bigint DEFAULT 1 NOT NULL
);

ALTER TABLE ONLY public.data_version FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.data_version IS 'Grows with every write to a household''s data; cached reads are keyed by it.';

CREATE TABLE public.default_search (
    household_id uuid NOT NULL,
    user_id uuid NOT NULL,
    saved_search_id uuid NOT NULL
);

ALTER TABLE ONLY public.default_search FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.default_search IS 'With which saved search the watches page opens for a member.';

CREATE TABLE public.document (
    household_id uuid NOT NULL,
    document_id uuid DEFAULT gen_random_uuid() NOT NULL,
    watch_id uuid NOT NULL,
    service_id uuid,
    kind text DEFAULT 'other'::text NOT NULL,
    title text NOT NULL,
    dated_on date,
    content_hash text NOT NULL,
    media_type text NOT NULL,
    size_bytes integer NOT NULL,
    pages integer,
    words tsvector DEFAULT ''::tsvector NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    added_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT document_date_plausible CHECK ((dated_on >= '1900-01-01'::date)),
    CONSTRAINT document_hash_plausible CHECK ((content_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT document_kind_known CHECK ((kind = ANY (ARRAY['receipt'::text, 'warranty'::text, 'appraisal'::text, 'certificate'::text, 'insurance'::text, 'service'::text, 'other'::text]))),
    CONSTRAINT document_title_given CHECK (((length(btrim(title)) >= 1) AND (length(btrim(title)) <= 200))),
    CONSTRAINT document_type_known CHECK ((media_type = ANY (ARRAY['application/pdf'::text, 'image/jpeg'::text, 'image/png'::text, 'image/webp'::text])))
);

ALTER TABLE ONLY public.document FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.document IS 'Papers of a watch, or of one of its services. Files: data/media.py.';

COMMENT ON COLUMN public.document.content_hash IS 'SHA-256 of the file as it is kept.';

COMMENT ON COLUMN public.document.pages IS 'Of a PDF.';

COMMENT ON COLUMN public.document.words IS 'The words of a PDF, so that search finds the watch by them.';

COMMENT ON CONSTRAINT document_date_plausible ON public.document IS 'The date of a document must be in 1900 or later.';

COMMENT ON CONSTRAINT document_hash_plausible ON public.document IS 'This document could not be stored.';

COMMENT ON CONSTRAINT document_kind_known ON public.document IS 'Choose a type of document from the list.';

COMMENT ON CONSTRAINT document_title_given ON public.document IS 'Give the document a title of up to 200 characters.';

COMMENT ON CONSTRAINT document_type_known ON public.document IS 'A document is a PDF, JPEG, PNG or WebP file.';

CREATE TABLE public.expense (
    household_id uuid NOT NULL,
    expense_id uuid DEFAULT gen_random_uuid() NOT NULL,
    watch_id uuid,
    kind text DEFAULT 'other'::text NOT NULL,
    paid_on date NOT NULL,
    amount numeric(14,2) NOT NULL,
    currency text NOT NULL,
    every_months integer,
    ends_on date,
    note text,
    version integer DEFAULT 1 NOT NULL,
    added_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT expense_currency_plausible CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT expense_date_plausible CHECK ((paid_on >= '1900-01-01'::date)),
    CONSTRAINT expense_ends_after_begin CHECK ((ends_on >= paid_on)),
    CONSTRAINT expense_ends_only_repeated CHECK (((ends_on IS NULL) OR (every_months IS NOT NULL))),
    CONSTRAINT expense_kind_known CHECK ((kind = ANY (ARRAY['insurance'::text, 'storage'::text, 'accessory'::text, 'shipping'::text, 'appraisal'::text, 'other'::text]))),
    CONSTRAINT expense_months_plausible CHECK (((every_months >= 1) AND (every_months <= 120))),
    CONSTRAINT expense_not_negative CHECK ((amount >= (0)::numeric)),
    CONSTRAINT expense_note_length CHECK ((length(note) <= 1000))
);

ALTER TABLE ONLY public.expense FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.expense IS 'What owning costs beside price and service: of one watch, or (watch_id null) of the collection.';

COMMENT ON COLUMN public.expense.paid_on IS 'The day it was paid; of a repeated one, the first time.';

COMMENT ON COLUMN public.expense.every_months IS 'Paid again after so many months, until ends_on; null: once.';

COMMENT ON COLUMN public.expense.ends_on IS 'No payment after this day; null: it goes on.';

COMMENT ON CONSTRAINT expense_currency_plausible ON public.expense IS 'Choose a currency from the list.';

COMMENT ON CONSTRAINT expense_date_plausible ON public.expense IS 'The date must be in 1900 or later.';

COMMENT ON CONSTRAINT expense_ends_after_begin ON public.expense IS 'It can''t end before it began.';

COMMENT ON CONSTRAINT expense_ends_only_repeated ON public.expense IS 'Only a repeated cost has an end.';

COMMENT ON CONSTRAINT expense_kind_known ON public.expense IS 'Choose a type of cost from the list.';

COMMENT ON CONSTRAINT expense_months_plausible ON public.expense IS 'A cost repeats every 1 to 120 months.';

COMMENT ON CONSTRAINT expense_not_negative ON public.expense IS 'A cost can''t be negative.';

COMMENT ON CONSTRAINT expense_note_length ON public.expense IS 'A note has up to 1,000 characters.';

CREATE VIEW public.expense_payment WITH (security_invoker='true') AS
 SELECT e.household_id,
    e.expense_id,
    e.watch_id,
    e.kind,
    paid.paid_on,
    e.amount,
    e.currency
   FROM (((public.expense e
     LEFT JOIN public.watch w ON (((w.household_id = e.household_id) AND (w.watch_id = e.watch_id))))
     CROSS JOIN LATERAL generate_series(0,
        CASE
            WHEN (e.every_months IS NULL) THEN 0
            ELSE ((((((EXTRACT(year FROM (CURRENT_DATE + 1)) - EXTRACT(year FROM e.paid_on)) * (12)::numeric) + EXTRACT(month FROM (CURRENT_DATE + 1))) - EXTRACT(month FROM e.paid_on)))::integer / e.every_months)
        END) place(place))
     CROSS JOIN LATERAL ( SELECT ((e.paid_on + make_interval(months => (place.place * COALESCE(e.every_months, 0)))))::date AS date) paid(paid_on))
  WHERE ((e.deleted_at IS NULL) AND ((place.place = 0) OR (paid.paid_on <= LEAST(e.ends_on, w.disposed_on, (CURRENT_DATE + 1)))));

COMMENT ON VIEW public.expense_payment IS 'Each payment of a cost up to tomorrow (somewhere it is that day already); ask for those up to the reader''s today. A repeated one ends with its end, or on the day its watch left.';

CREATE TABLE public.fx_day (
    currency text NOT NULL,
    day date NOT NULL,
    eur_rate numeric NOT NULL,
    rate_date date NOT NULL
);

COMMENT ON TABLE public.fx_day IS 'Derived from fx_rate: the rate to use on each calendar day, EUR included, so that a look-up is a plain join. rate_date says of which day it is.';

CREATE TABLE public.fx_rate (
    currency text NOT NULL,
    rate_date date NOT NULL,
    eur_rate numeric NOT NULL,
    CONSTRAINT fx_rate_positive CHECK ((eur_rate > (0)::numeric))
);

COMMENT ON TABLE public.fx_rate IS 'Units of currency for 1 EUR, the ECB''s reference rate of that day. EUR is 1 and is not stored.';

COMMENT ON CONSTRAINT fx_rate_positive ON public.fx_rate IS 'An exchange rate is greater than zero.';

CREATE TABLE public.gold_price (
    day date NOT NULL,
    amount numeric NOT NULL,
    CONSTRAINT gold_price_positive CHECK ((amount > (0)::numeric))
);

COMMENT ON TABLE public.gold_price IS 'PLN for a gram of gold, as the National Bank of Poland publishes it; for all households.';

COMMENT ON CONSTRAINT gold_price_positive ON public.gold_price IS 'A price is more than nothing.';

CREATE TABLE public.half_sign_in (
    browser_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    invitation_hash bytea,
    expires_at timestamp with time zone DEFAULT (now() + '00:05:00'::interval) NOT NULL
);

COMMENT ON TABLE public.half_sign_in IS 'Browsers from which the right password came and the code is awaited; nobody is signed in by it. browser_hash: of their cookie.';

COMMENT ON COLUMN public.half_sign_in.invitation_hash IS 'Of the invitation that is accepted once the code is right; null for none.';

CREATE TABLE public.handoff (
    code_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    next_path text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    chosen_household_id uuid
);

COMMENT ON TABLE public.handoff IS 'One-time codes that turn a right password into a session cookie; each lives 30 seconds.';

COMMENT ON COLUMN public.handoff.chosen_household_id IS 'Where an invitation led; null: where the person was last.';

CREATE TABLE public.identity (
    issuer text NOT NULL,
    subject text NOT NULL,
    user_id uuid NOT NULL,
    email text NOT NULL,
    linked_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT identity_plausible CHECK (((length(issuer) <= 500) AND ((length(subject) >= 1) AND (length(subject) <= 255)) AND (length(email) <= 254)))
);

COMMENT ON TABLE public.identity IS 'Who somebody is at an OpenID provider, and the account that lets in here. The pair of both never changes.';

COMMENT ON COLUMN public.identity.email IS 'As the provider said when it was connected; shown, and never looked up.';

COMMENT ON CONSTRAINT identity_plausible ON public.identity IS 'The provider sent something that is too long to keep.';

CREATE TABLE public.invitation (
    household_id uuid NOT NULL,
    invitation_id uuid DEFAULT gen_random_uuid() NOT NULL,
    token_hash bytea NOT NULL,
    role text NOT NULL,
    email public.citext,
    note text,
    created_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone DEFAULT (now() + '7 days'::interval) NOT NULL,
    used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT invitation_email_plausible CHECK (((email OPERATOR(public.~) '^[^@\s]+@[^@\s]+\.[^@\s]+$'::public.citext) AND (length((email)::text) <= 254))),
    CONSTRAINT invitation_expires_soon CHECK ((expires_at <= (created_at + '90 days'::interval))),
    CONSTRAINT invitation_note_length CHECK ((length(note) <= 200)),
    CONSTRAINT invitation_role_known CHECK ((role = ANY (ARRAY['owner'::text, 'editor'::text, 'viewer'::text])))
);

ALTER TABLE ONLY public.invitation FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.invitation IS 'Links that let one person join. token_hash: SHA-256 of the 256-bit code in the link. Void once its inviter is no owner any more.';

COMMENT ON COLUMN public.invitation.email IS 'Whom it is for, to tell invitations apart and to fill in the form; whoever has the link may use it.';

COMMENT ON CONSTRAINT invitation_email_plausible ON public.invitation IS 'Write an e-mail address like ana@example.com.';

COMMENT ON CONSTRAINT invitation_expires_soon ON public.invitation IS 'An invitation is good for 90 days at most.';

COMMENT ON CONSTRAINT invitation_note_length ON public.invitation IS 'A note has up to 200 characters.';

COMMENT ON CONSTRAINT invitation_role_known ON public.invitation IS 'A member is an owner, an editor or a viewer.';

CREATE TABLE public.job_run (
    run_id bigint NOT NULL,
    name text NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    outcome text,
    detail text DEFAULT ''::text NOT NULL,
    CONSTRAINT job_run_ended CHECK (((ended_at IS NULL) = (outcome IS NULL))),
    CONSTRAINT job_run_outcome_known CHECK ((outcome = ANY (ARRAY['done'::text, 'failed'::text, 'interrupted'::text])))
);

COMMENT ON TABLE public.job_run IS 'What runs beside the pages and how it went; kept for a week. Without an outcome: it runs now. interrupted: its process ended meanwhile.';

COMMENT ON CONSTRAINT job_run_ended ON public.job_run IS 'A job that has ended has an outcome.';

COMMENT ON CONSTRAINT job_run_outcome_known ON public.job_run IS 'A job is done, failed or interrupted.';

ALTER TABLE public.job_run ALTER COLUMN run_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.job_run_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.movement_type (
    movement_type text NOT NULL,
    name text NOT NULL,
    description text NOT NULL,
    sort integer NOT NULL
);

COMMENT ON TABLE public.movement_type IS 'How a watch is driven.';

CREATE TABLE public.security_event (
    event_id bigint NOT NULL,
    happened_at timestamp with time zone DEFAULT now() NOT NULL,
    kind text NOT NULL,
    user_id uuid,
    email public.citext,
    address text DEFAULT ''::text NOT NULL,
    client text DEFAULT ''::text NOT NULL,
    detail text DEFAULT ''::text NOT NULL
);

COMMENT ON TABLE public.security_event IS 'The security log: sign-ins, failures, locks, password changes, acts of admins. Only ever added to; lines go after 400 days.';

CREATE VIEW public.my_security_line AS
 SELECT event_id,
    happened_at,
    kind,
    address,
    client,
    detail
   FROM public.security_event e
  WHERE (user_id = public.current_app_user());

COMMENT ON VIEW public.my_security_line IS 'What the security log says about who asks.';

CREATE TABLE public.notice (
    household_id uuid NOT NULL,
    notice_id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    watch_id uuid,
    dedupe_key text NOT NULL,
    due_on date,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    made_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    read_at timestamp with time zone,
    to_mail boolean DEFAULT false NOT NULL,
    to_push boolean DEFAULT false NOT NULL,
    mailed_at timestamp with time zone,
    pushed_at timestamp with time zone,
    CONSTRAINT notice_kind_known CHECK ((kind = ANY (ARRAY['service_due'::text, 'value_stale'::text, 'target_reached'::text, 'price_change'::text, 'warranty_ending'::text, 'invitation'::text, 'new_sign_in'::text])))
);

ALTER TABLE ONLY public.notice FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.notice IS 'What a member was told. dedupe_key: what it is about; a person is told each once. facts: what its words need, never an amount.';

COMMENT ON COLUMN public.notice.to_mail IS 'It waits to be sent. Taken back before it is sent, so that after a crash it is not sent twice.';

COMMENT ON CONSTRAINT notice_kind_known ON public.notice IS 'Choose kinds of notices from the list.';

CREATE TABLE public.notice_setting (
    household_id uuid NOT NULL,
    user_id uuid NOT NULL,
    kinds text[] DEFAULT '{service_due,value_stale,target_reached,price_change,warranty_ending,invitation,new_sign_in}'::text[] NOT NULL,
    lead_days integer DEFAULT 14 NOT NULL,
    price_percent integer DEFAULT 10 NOT NULL,
    by_mail boolean DEFAULT false NOT NULL,
    push_url bytea,
    push_service text,
    rhythm text DEFAULT 'at_once'::text NOT NULL,
    quiet_from time without time zone,
    quiet_until time without time zone,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT notice_setting_kinds_known CHECK ((kinds <@ ARRAY['service_due'::text, 'value_stale'::text, 'target_reached'::text, 'price_change'::text, 'warranty_ending'::text, 'invitation'::text, 'new_sign_in'::text])),
    CONSTRAINT notice_setting_lead_plausible CHECK (((lead_days >= 0) AND (lead_days <= 365))),
    CONSTRAINT notice_setting_percent_plausible CHECK (((price_percent >= 1) AND (price_percent <= 500))),
    CONSTRAINT notice_setting_push_named CHECK (((push_url IS NULL) = (push_service IS NULL))),
    CONSTRAINT notice_setting_quiet_whole CHECK ((((quiet_from IS NULL) = (quiet_until IS NULL)) AND (quiet_from <> quiet_until))),
    CONSTRAINT notice_setting_rhythm_known CHECK ((rhythm = ANY (ARRAY['at_once'::text, 'daily'::text, 'weekly'::text]))),
    CONSTRAINT notice_setting_service_length CHECK ((length(push_service) <= 20))
);

ALTER TABLE ONLY public.notice_setting FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.notice_setting IS 'Which notices a member wants, and by what ways beside the app. Every member has a row. Quiet hours are in their time zone.';

COMMENT ON COLUMN public.notice_setting.price_percent IS 'By how much a price must change to be told, in percent.';

COMMENT ON COLUMN public.notice_setting.push_url IS 'Where Apprise sends to: a secret, encrypted (data/vault.py). push_service is what may be shown of it.';

COMMENT ON CONSTRAINT notice_setting_kinds_known ON public.notice_setting IS 'Choose kinds of notices from the list.';

COMMENT ON CONSTRAINT notice_setting_lead_plausible ON public.notice_setting IS 'Notices come up to 365 days before.';

COMMENT ON CONSTRAINT notice_setting_percent_plausible ON public.notice_setting IS 'A price change is told from 1% to 500%.';

COMMENT ON CONSTRAINT notice_setting_push_named ON public.notice_setting IS 'This address can''t be used.';

COMMENT ON CONSTRAINT notice_setting_quiet_whole ON public.notice_setting IS 'Quiet hours need a beginning and another end.';

COMMENT ON CONSTRAINT notice_setting_rhythm_known ON public.notice_setting IS 'Choose at once, daily or weekly.';

COMMENT ON CONSTRAINT notice_setting_service_length ON public.notice_setting IS 'This address can''t be used.';

CREATE TABLE public.oidc_visit (
    state_hash bytea NOT NULL,
    nonce text NOT NULL,
    verifier text NOT NULL,
    return_url text NOT NULL,
    next_path text NOT NULL,
    user_id uuid,
    invitation_hash bytea,
    expires_at timestamp with time zone DEFAULT (now() + '00:10:00'::interval) NOT NULL
);

COMMENT ON TABLE public.oidc_visit IS 'Browsers that are away at the OpenID provider. state_hash: SHA-256 of the state in its address and the cookie of the browser.';

COMMENT ON COLUMN public.oidc_visit.verifier IS 'Proves to the provider that who redeems its code is who asked for it (PKCE).';

COMMENT ON COLUMN public.oidc_visit.user_id IS 'Whose account is to be connected; null: somebody wants to sign in.';

CREATE TABLE public.password_reset (
    token_hash bytea NOT NULL,
    user_id uuid NOT NULL,
    made_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT password_reset_expires_soon CHECK ((expires_at <= (created_at + '24:00:00'::interval))),
    CONSTRAINT password_reset_token_plausible CHECK ((length(token_hash) = 32))
);

COMMENT ON TABLE public.password_reset IS 'Links that let one person choose a new password, once. token_hash: SHA-256 of the 256-bit code in the link. Any new password ends them.';

COMMENT ON COLUMN public.password_reset.made_by IS 'The admin who made the link; null: it was asked for by mail.';

COMMENT ON CONSTRAINT password_reset_expires_soon ON public.password_reset IS 'A link for a new password is good for 24 hours at most.';

COMMENT ON CONSTRAINT password_reset_token_plausible ON public.password_reset IS 'This link could not be made.';

CREATE TABLE public.photo (
    household_id uuid NOT NULL,
    photo_id uuid DEFAULT gen_random_uuid() NOT NULL,
    watch_id uuid NOT NULL,
    content_hash text NOT NULL,
    width_px integer NOT NULL,
    height_px integer NOT NULL,
    size_bytes integer NOT NULL,
    role text DEFAULT 'other'::text NOT NULL,
    caption text,
    "position" integer,
    version integer DEFAULT 1 NOT NULL,
    added_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT photo_caption_length CHECK ((length(caption) <= 300)),
    CONSTRAINT photo_hash_plausible CHECK ((content_hash ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT photo_height_plausible CHECK (((height_px >= 1) AND (height_px <= 10000))),
    CONSTRAINT photo_placed_while_here CHECK (((deleted_at IS NULL) = ("position" IS NOT NULL))),
    CONSTRAINT photo_role_known CHECK ((role = ANY (ARRAY['dial'::text, 'case_back'::text, 'serial'::text, 'clasp'::text, 'papers'::text, 'wrist'::text, 'other'::text]))),
    CONSTRAINT photo_width_plausible CHECK (((width_px >= 1) AND (width_px <= 10000)))
);

ALTER TABLE ONLY public.photo FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.photo IS 'Photos of a watch, ordered by hand; the first is the one that stands for it. Files: data/media.py.';

COMMENT ON COLUMN public.photo.content_hash IS 'SHA-256 of the full-size WebP as it is kept: names its files, and makes its address immutable.';

COMMENT ON COLUMN public.photo.width_px IS 'Of the full size.';

COMMENT ON COLUMN public.photo."position" IS 'Place in the order, from 1; null in the bin.';

COMMENT ON CONSTRAINT photo_caption_length ON public.photo IS 'A caption has up to 300 characters.';

COMMENT ON CONSTRAINT photo_hash_plausible ON public.photo IS 'This photo could not be stored.';

COMMENT ON CONSTRAINT photo_height_plausible ON public.photo IS 'This photo is too large.';

COMMENT ON CONSTRAINT photo_placed_while_here ON public.photo IS 'A photo in the bin has no place among the others.';

COMMENT ON CONSTRAINT photo_role_known ON public.photo IS 'Choose from the list what the photo shows.';

COMMENT ON CONSTRAINT photo_width_plausible ON public.photo IS 'This photo is too large.';

CREATE UNLOGGED TABLE public.rate_limit_hit (
    hit_id bigint NOT NULL,
    subject bytea NOT NULL,
    hit_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE public.rate_limit_hit IS 'Attempts, where RATE_LIMIT_STORAGE says that they are counted here and not in memory. subject: SHA-256 of what was tried by whom.';

ALTER TABLE public.rate_limit_hit ALTER COLUMN hit_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.rate_limit_hit_hit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.rate_series (
    currency text NOT NULL,
    first_day date NOT NULL,
    rates bigint[] NOT NULL
);
ALTER TABLE ONLY public.rate_series ALTER COLUMN rates SET STORAGE EXTERNAL;

COMMENT ON TABLE public.rate_series IS 'Derived from fx_day: the rates of a currency, one for each calendar day. Queries over many days read it; others fx_day.';

COMMENT ON COLUMN public.rate_series.rates IS 'Hundred-millionths of a unit for 1 EUR, from first_day on; 0: no rate.';

CREATE TABLE public.recovery_code (
    user_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    used_at timestamp with time zone
);

COMMENT ON TABLE public.recovery_code IS 'Codes to write down, each for one sign-in without the phone. code_hash: SHA-256 of 80 random bits.';

CREATE TABLE public.saved_search (
    household_id uuid NOT NULL,
    saved_search_id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    query text NOT NULL,
    shared boolean DEFAULT false NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT saved_search_named CHECK (((length(btrim(name)) >= 1) AND (length(btrim(name)) <= 60))),
    CONSTRAINT saved_search_query_length CHECK ((length(query) <= 4000))
);

ALTER TABLE ONLY public.saved_search FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.saved_search IS 'A list of watches a member comes back to. query: as in the address of the watches page.';

COMMENT ON CONSTRAINT saved_search_named ON public.saved_search IS 'Give the search a name of up to 60 characters.';

COMMENT ON CONSTRAINT saved_search_query_length ON public.saved_search IS 'This search is too long to keep.';

CREATE TABLE public.search_word (
    household_id uuid NOT NULL,
    word text NOT NULL COLLATE pg_catalog."C"
);

ALTER TABLE ONLY public.search_word FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.search_word IS 'Derived: the words of names in this collection; a misspelt search word is compared with them.';

ALTER TABLE public.security_event ALTER COLUMN event_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.security_event_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE VIEW public.security_line AS
 SELECT event_id,
    happened_at,
    kind,
    user_id,
    email,
    address,
    client,
    detail
   FROM public.security_event e
  WHERE public.admin_or_refuse();

COMMENT ON VIEW public.security_line IS 'The security log, for an admin; others are refused.';

CREATE TABLE public.share_link (
    household_id uuid NOT NULL,
    link_id uuid DEFAULT gen_random_uuid() NOT NULL,
    token_hash bytea NOT NULL,
    kind text NOT NULL,
    watch_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    collection_id uuid,
    show_values boolean DEFAULT false NOT NULL,
    show_prices boolean DEFAULT false NOT NULL,
    show_serials boolean DEFAULT false NOT NULL,
    show_documents boolean DEFAULT false NOT NULL,
    photos_only boolean DEFAULT false NOT NULL,
    currency text NOT NULL,
    expires_at timestamp with time zone,
    password_hash text,
    note text,
    created_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    revoked_at timestamp with time zone,
    CONSTRAINT share_link_collection_only CHECK (((collection_id IS NULL) OR (kind = 'collection'::text))),
    CONSTRAINT share_link_currency_plausible CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT share_link_documents_of_a_watch CHECK (((kind = 'watch'::text) OR (NOT show_documents))),
    CONSTRAINT share_link_kind_known CHECK ((kind = ANY (ARRAY['watch'::text, 'comparison'::text, 'collection'::text, 'overview'::text]))),
    CONSTRAINT share_link_note_length CHECK ((length(note) <= 200)),
    CONSTRAINT share_link_of_something CHECK (
CASE kind
    WHEN 'watch'::text THEN (cardinality(watch_ids) = 1)
    WHEN 'comparison'::text THEN ((cardinality(watch_ids) >= 2) AND (cardinality(watch_ids) <= 4))
    ELSE (cardinality(watch_ids) = 0)
END),
    CONSTRAINT share_link_photos_alone CHECK ((NOT (photos_only AND (show_values OR show_prices OR show_serials OR show_documents)))),
    CONSTRAINT share_link_time_plausible CHECK (((expires_at >= (created_at + '24:00:00'::interval)) AND (expires_at <= (created_at + '8784:00:00'::interval)))),
    CONSTRAINT share_link_token_plausible CHECK ((length(token_hash) = 32))
);

ALTER TABLE ONLY public.share_link FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.share_link IS 'What outsiders may see without an account. Fields they may see are listed in sql/queries/share_links.sql.';

COMMENT ON COLUMN public.share_link.token_hash IS 'SHA-256 of the 256-bit token in the address; the token itself is shown once and not stored.';

COMMENT ON COLUMN public.share_link.watch_ids IS 'Of a watch or a comparison, in the order shown; one that was deleted shows nothing.';

COMMENT ON COLUMN public.share_link.collection_id IS 'Null once the collection was deleted; the link then shows nothing.';

COMMENT ON COLUMN public.share_link.expires_at IS 'Null: until it is revoked.';

COMMENT ON COLUMN public.share_link.created_by IS 'A link works as long as who made it is an owner or an editor; null: they left.';

COMMENT ON CONSTRAINT share_link_collection_only ON public.share_link IS 'Only a link of a collection names one.';

COMMENT ON CONSTRAINT share_link_currency_plausible ON public.share_link IS 'Choose a currency from the list.';

COMMENT ON CONSTRAINT share_link_documents_of_a_watch ON public.share_link IS 'Documents can be shown only with a single watch.';

COMMENT ON CONSTRAINT share_link_kind_known ON public.share_link IS 'A link shows a watch, a comparison, a collection or the overview.';

COMMENT ON CONSTRAINT share_link_note_length ON public.share_link IS 'A note has up to 200 characters.';

COMMENT ON CONSTRAINT share_link_of_something ON public.share_link IS 'A link shows one watch, or two to four side by side.';

COMMENT ON CONSTRAINT share_link_photos_alone ON public.share_link IS 'A link that shows only photos shows nothing else.';

COMMENT ON CONSTRAINT share_link_time_plausible ON public.share_link IS 'A link works for 1 day to 1 year, or until it is revoked.';

COMMENT ON CONSTRAINT share_link_token_plausible ON public.share_link IS 'This link could not be made.';

CREATE TABLE public.share_view (
    household_id uuid NOT NULL,
    view_id bigint NOT NULL,
    link_id uuid NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    client text NOT NULL
);

ALTER TABLE ONLY public.share_view FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.share_view IS 'Visits to share links: when, and with which browser, roughly. No address is kept.';

COMMENT ON COLUMN public.share_view.client IS 'In words, like "Firefox on Windows".';

ALTER TABLE public.share_view ALTER COLUMN view_id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.share_view_view_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.sign_in_failure (
    attempt_id uuid NOT NULL,
    subject public.citext NOT NULL,
    failed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);

COMMENT ON TABLE public.sign_in_failure IS 'Sign-ins that failed or are under way. subject: an e-mail address, or the network address it was tried from.';

CREATE TABLE public.sign_in_lock (
    subject public.citext NOT NULL,
    level integer NOT NULL,
    locked_until timestamp with time zone NOT NULL
);

COMMENT ON TABLE public.sign_in_lock IS 'Doors closed after five wrong passwords, for 1, 5, 15, then 60 minutes; a quiet day after one, it starts at 1 again.';

CREATE VIEW public.table_line AS
 SELECT (relname)::text AS name,
    pg_total_relation_size((oid)::regclass) AS bytes,
    GREATEST(pg_stat_get_live_tuples(oid), (reltuples)::bigint, (0)::bigint) AS about_rows
   FROM pg_class c
  WHERE ((relkind = 'r'::"char") AND (relnamespace = ('public'::regnamespace)::oid) AND public.admin_or_refuse());

COMMENT ON VIEW public.table_line IS 'How large the tables are, for an admin; rows as PostgreSQL estimates them.';

CREATE TABLE public.value_day (
    household_id uuid NOT NULL,
    currency text NOT NULL,
    day date NOT NULL,
    delta numeric NOT NULL,
    costed numeric NOT NULL
);

ALTER TABLE ONLY public.value_day FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.value_day IS 'Derived: value_step summed over the watches of a household that are not private. costed: the part of watches whose cost is known.';

CREATE TABLE public.value_step (
    household_id uuid NOT NULL,
    watch_id uuid NOT NULL,
    day date NOT NULL,
    currency text NOT NULL,
    delta numeric NOT NULL,
    costed boolean NOT NULL,
    is_private boolean DEFAULT false NOT NULL
);

ALTER TABLE ONLY public.value_step FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.value_step IS 'Derived: by how much the value of a watch changes on a day. The running sum over days is its value, the sum over watches the collection''s.';

COMMENT ON COLUMN public.value_step.costed IS 'The watch has a known cost, so that it counts in the gain.';

COMMENT ON COLUMN public.value_step.is_private IS 'Its watch is private: it is not summed in value_day.';

CREATE VIEW public.watch_acquired WITH (security_invoker='true') AS
 SELECT household_id,
    watch_id,
    disposed_on,
    cost,
    purchase_currency,
    COALESCE(purchased_on, LEAST(( SELECT min(v.valued_on) AS min
           FROM public.counted_valuation v
          WHERE ((v.household_id = w.household_id) AND (v.watch_id = w.watch_id))), ((added_at AT TIME ZONE 'UTC'::text))::date, disposed_on)) AS acquired_on
   FROM public.watch w
  WHERE (status <> ALL (ARRAY['wishlist'::text, 'ordered'::text]));

COMMENT ON VIEW public.watch_acquired IS 'Watches that are or were here, and since when they count.';

CREATE TABLE public.watch_complication (
    household_id uuid NOT NULL,
    watch_id uuid NOT NULL,
    complication text NOT NULL
);

ALTER TABLE ONLY public.watch_complication FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.watch_complication IS 'The complications of a watch.';

CREATE TABLE public.watch_tag (
    household_id uuid NOT NULL,
    watch_id uuid NOT NULL,
    tag text NOT NULL,
    CONSTRAINT tag_given CHECK (((length(btrim(tag)) >= 1) AND (length(btrim(tag)) <= 40)))
);

ALTER TABLE ONLY public.watch_tag FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.watch_tag IS 'Free words on a watch, across collections.';

COMMENT ON CONSTRAINT tag_given ON public.watch_tag IS 'A tag has 1 to 40 characters.';

CREATE VIEW public.watch_derived WITH (security_invoker='true') AS
 SELECT w.household_id,
    w.watch_id,
    a.acquired_on,
        CASE
            WHEN (newest.amount IS NOT NULL) THEN newest.amount
            WHEN (w.status = 'owned'::text) THEN w.cost
            ELSE NULL::numeric
        END AS value_amount,
        CASE
            WHEN (newest.amount IS NOT NULL) THEN newest.currency
            WHEN ((w.status = 'owned'::text) AND (w.cost IS NOT NULL)) THEN w.purchase_currency
            ELSE NULL::text
        END AS value_currency,
    newest.valued_on,
    "left"(public.search_fold(concat_ws(' '::text, b.name, w.model, w.reference)), 200) AS sort_name,
    ((((((public.search_lexemes(concat_ws(' '::text, b.name, array_to_string(r.aliases, ' '::text), w.model, w.reference, regexp_replace(w.reference, '\s'::text, ''::text, 'g'::text), w.nickname), 'A'::text) || public.search_lexemes(concat_ws(' '::text, w.serial_number, regexp_replace(w.serial_number, '\s'::text, ''::text, 'g'::text)), 'B'::text)) || public.search_endings(w.serial_number)) || public.search_lexemes(concat_ws(' '::text, c.name, w.retailer, w.calibre, (w.production_year)::text, ( SELECT string_agg(t.tag, ' '::text) AS string_agg
           FROM public.watch_tag t
          WHERE ((t.household_id = w.household_id) AND (t.watch_id = w.watch_id)))), 'C'::text)) || public.search_lexemes(concat_ws(' '::text, w.notes, ( SELECT string_agg(d.title, ' '::text) AS string_agg
           FROM public.document d
          WHERE ((d.household_id = w.household_id) AND (d.watch_id = w.watch_id) AND (d.deleted_at IS NULL)))), 'D'::text)) || COALESCE(( SELECT public.search_joined(d.words) AS search_joined
           FROM public.document d
          WHERE ((d.household_id = w.household_id) AND (d.watch_id = w.watch_id) AND (d.deleted_at IS NULL))), ''::tsvector)) || (quote_literal(public.search_household(w.household_id)))::tsvector) AS document,
    concat_ws(' '::text, b.name, w.model, w.nickname, c.name, w.retailer) AS names
   FROM (((((public.watch w
     JOIN public.brand b USING (household_id, brand_id))
     LEFT JOIN public.brand_reference r USING (brand_slug))
     LEFT JOIN public.collection c USING (household_id, collection_id))
     LEFT JOIN public.watch_acquired a USING (household_id, watch_id))
     LEFT JOIN LATERAL ( SELECT v.amount,
            v.currency,
            v.valued_on
           FROM public.counted_valuation v
          WHERE ((v.household_id = w.household_id) AND (v.watch_id = w.watch_id) AND (w.disposed_on IS NULL))
          ORDER BY v.valued_on DESC
         LIMIT 1) newest ON (true));

COMMENT ON VIEW public.watch_derived IS 'The derived columns of watch, as they should be.';

CREATE VIEW public.watch_point WITH (security_invoker='true') AS
 SELECT a.household_id,
    a.watch_id,
    a.acquired_on AS day,
    p.amount,
    p.currency,
    (a.cost IS NOT NULL) AS costed
   FROM (public.watch_acquired a
     CROSS JOIN LATERAL (( SELECT v.amount,
            v.currency,
            1 AS preference
           FROM public.counted_valuation v
          WHERE ((v.household_id = a.household_id) AND (v.watch_id = a.watch_id) AND (v.valued_on <= a.acquired_on))
          ORDER BY v.valued_on DESC
         LIMIT 1)
        UNION ALL
         SELECT a.cost,
            a.purchase_currency,
            2
          WHERE (a.cost IS NOT NULL)
        UNION ALL
        ( SELECT v.amount,
            v.currency,
            3
           FROM public.counted_valuation v
          WHERE ((v.household_id = a.household_id) AND (v.watch_id = a.watch_id))
          ORDER BY v.valued_on
         LIMIT 1)
  ORDER BY 3
 LIMIT 1) p)
UNION ALL
 SELECT a.household_id,
    a.watch_id,
    v.valued_on AS day,
    v.amount,
    v.currency,
    (a.cost IS NOT NULL) AS costed
   FROM (public.watch_acquired a
     JOIN public.counted_valuation v USING (household_id, watch_id))
  WHERE ((v.valued_on > a.acquired_on) AND ((a.disposed_on IS NULL) OR (v.valued_on <= a.disposed_on)))
UNION ALL
 SELECT a.household_id,
    a.watch_id,
    (a.disposed_on + 1) AS day,
    0 AS amount,
    NULL::text AS currency,
    (a.cost IS NOT NULL) AS costed
   FROM public.watch_acquired a
  WHERE (a.disposed_on IS NOT NULL);

COMMENT ON VIEW public.watch_point IS 'From this day on, the watch counts for this amount.';

CREATE VIEW public.watch_step WITH (security_invoker='true') AS
 SELECT stretch.household_id,
    stretch.watch_id,
    stretch.day,
    change.currency,
    sum(change.delta) AS delta,
    bool_and(stretch.costed) AS costed
   FROM (( SELECT watch_point.household_id,
            watch_point.watch_id,
            watch_point.day,
            watch_point.amount,
            watch_point.currency,
            watch_point.costed,
            lag(watch_point.amount) OVER previous AS amount_before,
            lag(watch_point.currency) OVER previous AS currency_before
           FROM public.watch_point
          WINDOW previous AS (PARTITION BY watch_point.household_id, watch_point.watch_id ORDER BY watch_point.day)) stretch
     CROSS JOIN LATERAL ( VALUES (stretch.currency,stretch.amount), (stretch.currency_before,(- stretch.amount_before))) change(currency, delta))
  WHERE (change.currency IS NOT NULL)
  GROUP BY stretch.household_id, stretch.watch_id, stretch.day, change.currency
 HAVING (sum(change.delta) <> (0)::numeric);

COMMENT ON VIEW public.watch_step IS 'By how much each watch''s value changes on a day, by currency.';

ALTER TABLE ONLY public.app_user
    ADD CONSTRAINT app_user_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_pkey PRIMARY KEY (household_id, event_id);

ALTER TABLE ONLY public.benchmark
    ADD CONSTRAINT benchmark_pkey PRIMARY KEY (household_id, benchmark_id);

ALTER TABLE ONLY public.benchmark_point
    ADD CONSTRAINT benchmark_point_pkey PRIMARY KEY (household_id, benchmark_id, day);

ALTER TABLE ONLY public.brand
    ADD CONSTRAINT brand_name_taken UNIQUE (household_id, folded);

COMMENT ON CONSTRAINT brand_name_taken ON public.brand IS 'This brand is already here.';

ALTER TABLE ONLY public.brand
    ADD CONSTRAINT brand_pkey PRIMARY KEY (household_id, brand_id);

ALTER TABLE ONLY public.brand_reference
    ADD CONSTRAINT brand_reference_name_taken UNIQUE (name);

COMMENT ON CONSTRAINT brand_reference_name_taken ON public.brand_reference IS 'Two makers of the reference data have one name.';

ALTER TABLE ONLY public.brand_reference
    ADD CONSTRAINT brand_reference_pkey PRIMARY KEY (brand_slug);

ALTER TABLE ONLY public.calendar_feed
    ADD CONSTRAINT calendar_feed_pkey PRIMARY KEY (household_id, user_id);

ALTER TABLE ONLY public.calendar_feed
    ADD CONSTRAINT calendar_feed_token_taken UNIQUE (token_hash);

COMMENT ON CONSTRAINT calendar_feed_token_taken ON public.calendar_feed IS 'This link could not be made. Try again.';

ALTER TABLE ONLY public.calibre
    ADD CONSTRAINT calibre_pkey PRIMARY KEY (calibre);

ALTER TABLE ONLY public.care_plan
    ADD CONSTRAINT care_plan_once UNIQUE NULLS NOT DISTINCT (household_id, watch_id, movement_type, kind);

COMMENT ON CONSTRAINT care_plan_once ON public.care_plan IS 'There is a plan for this already.';

ALTER TABLE ONLY public.care_plan
    ADD CONSTRAINT care_plan_pkey PRIMARY KEY (household_id, plan_id);

ALTER TABLE ONLY public.collection
    ADD CONSTRAINT collection_name_taken UNIQUE (household_id, folded);

COMMENT ON CONSTRAINT collection_name_taken ON public.collection IS 'A collection with this name is already here.';

ALTER TABLE ONLY public.collection
    ADD CONSTRAINT collection_pkey PRIMARY KEY (household_id, collection_id);

ALTER TABLE ONLY public.complication
    ADD CONSTRAINT complication_pkey PRIMARY KEY (complication);

ALTER TABLE ONLY public.data_version
    ADD CONSTRAINT data_version_pkey PRIMARY KEY (household_id);

ALTER TABLE ONLY public.default_search
    ADD CONSTRAINT default_search_pkey PRIMARY KEY (household_id, user_id);

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_pkey PRIMARY KEY (household_id, document_id);

ALTER TABLE ONLY public.expense
    ADD CONSTRAINT expense_pkey PRIMARY KEY (household_id, expense_id);

ALTER TABLE ONLY public.fx_day
    ADD CONSTRAINT fx_day_pkey PRIMARY KEY (currency, day);

ALTER TABLE ONLY public.fx_rate
    ADD CONSTRAINT fx_rate_pkey PRIMARY KEY (currency, rate_date);

ALTER TABLE ONLY public.gold_price
    ADD CONSTRAINT gold_price_pkey PRIMARY KEY (day);

ALTER TABLE ONLY public.half_sign_in
    ADD CONSTRAINT half_sign_in_pkey PRIMARY KEY (browser_hash);

ALTER TABLE ONLY public.handoff
    ADD CONSTRAINT handoff_pkey PRIMARY KEY (code_hash);

ALTER TABLE ONLY public.household
    ADD CONSTRAINT household_pkey PRIMARY KEY (household_id);

ALTER TABLE ONLY public.identity
    ADD CONSTRAINT identity_one_of_each UNIQUE (user_id, issuer);

COMMENT ON CONSTRAINT identity_one_of_each ON public.identity IS 'Your account is connected to another identity of this provider.';

ALTER TABLE ONLY public.identity
    ADD CONSTRAINT identity_pkey PRIMARY KEY (issuer, subject);

ALTER TABLE ONLY public.instance_setting
    ADD CONSTRAINT instance_setting_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (household_id, invitation_id);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_token_taken UNIQUE (token_hash);

COMMENT ON CONSTRAINT invitation_token_taken ON public.invitation IS 'This link is already used for another invitation.';

ALTER TABLE ONLY public.job_run
    ADD CONSTRAINT job_run_pkey PRIMARY KEY (run_id);

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (household_id, user_id);

ALTER TABLE ONLY public.movement_type
    ADD CONSTRAINT movement_type_pkey PRIMARY KEY (movement_type);

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_once UNIQUE (user_id, dedupe_key);

COMMENT ON CONSTRAINT notice_once ON public.notice IS 'This was told already.';

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (household_id, notice_id);

ALTER TABLE ONLY public.notice_setting
    ADD CONSTRAINT notice_setting_pkey PRIMARY KEY (household_id, user_id);

ALTER TABLE ONLY public.oidc_visit
    ADD CONSTRAINT oidc_visit_pkey PRIMARY KEY (state_hash);

ALTER TABLE ONLY public.password_reset
    ADD CONSTRAINT password_reset_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.photo
    ADD CONSTRAINT photo_pkey PRIMARY KEY (household_id, photo_id);

ALTER TABLE ONLY public.photo
    ADD CONSTRAINT photo_place_taken UNIQUE (household_id, watch_id, "position") DEFERRABLE INITIALLY DEFERRED;

COMMENT ON CONSTRAINT photo_place_taken ON public.photo IS 'Someone else changed these photos meanwhile.';

ALTER TABLE ONLY public.rate_limit_hit
    ADD CONSTRAINT rate_limit_hit_pkey PRIMARY KEY (hit_id);

ALTER TABLE ONLY public.rate_series
    ADD CONSTRAINT rate_series_pkey PRIMARY KEY (currency);

ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT recovery_code_pkey PRIMARY KEY (user_id, code_hash);

ALTER TABLE ONLY public.saved_search
    ADD CONSTRAINT saved_search_pkey PRIMARY KEY (household_id, saved_search_id);

ALTER TABLE ONLY public.search_word
    ADD CONSTRAINT search_word_pkey PRIMARY KEY (household_id, word);

ALTER TABLE ONLY public.second_step
    ADD CONSTRAINT second_step_pkey PRIMARY KEY (user_id);

ALTER TABLE ONLY public.security_event
    ADD CONSTRAINT security_event_pkey PRIMARY KEY (event_id);

ALTER TABLE ONLY public.service
    ADD CONSTRAINT service_of_one_watch UNIQUE (household_id, watch_id, service_id);

COMMENT ON CONSTRAINT service_of_one_watch ON public.service IS 'A service belongs to one watch.';

ALTER TABLE ONLY public.service
    ADD CONSTRAINT service_pkey PRIMARY KEY (household_id, service_id);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.share_link
    ADD CONSTRAINT share_link_pkey PRIMARY KEY (household_id, link_id);

ALTER TABLE ONLY public.share_view
    ADD CONSTRAINT share_view_pkey PRIMARY KEY (household_id, view_id);

ALTER TABLE ONLY public.sign_in_failure
    ADD CONSTRAINT sign_in_failure_pkey PRIMARY KEY (attempt_id, subject);

ALTER TABLE ONLY public.sign_in_lock
    ADD CONSTRAINT sign_in_lock_pkey PRIMARY KEY (subject);

ALTER TABLE ONLY public.app_user
    ADD CONSTRAINT user_email_taken UNIQUE (email);

COMMENT ON CONSTRAINT user_email_taken ON public.app_user IS 'An account with this e-mail address is already here.';

ALTER TABLE ONLY public.valuation
    ADD CONSTRAINT valuation_pkey PRIMARY KEY (household_id, valuation_id);

ALTER TABLE ONLY public.value_day
    ADD CONSTRAINT value_day_pkey PRIMARY KEY (household_id, currency, day);

ALTER TABLE ONLY public.value_step
    ADD CONSTRAINT value_step_pkey PRIMARY KEY (household_id, watch_id, day, currency);

ALTER TABLE ONLY public.watch_complication
    ADD CONSTRAINT watch_complication_pkey PRIMARY KEY (household_id, watch_id, complication);

ALTER TABLE ONLY public.watch
    ADD CONSTRAINT watch_pkey PRIMARY KEY (household_id, watch_id);

ALTER TABLE ONLY public.watch_tag
    ADD CONSTRAINT watch_tag_pkey PRIMARY KEY (household_id, watch_id, tag);

CREATE INDEX audit_event_of_entity ON public.audit_event USING btree (household_id, entity_id, event_id);

CREATE INDEX audit_event_of_watch ON public.audit_event USING btree (household_id, watch_id, event_id);

CREATE UNIQUE INDEX benchmark_name_taken ON public.benchmark USING btree (household_id, lower(name));

COMMENT ON INDEX public.benchmark_name_taken IS 'There is a series of this name already.';

CREATE UNIQUE INDEX collection_one_default ON public.collection USING btree (household_id) WHERE is_default;

COMMENT ON INDEX public.collection_one_default IS 'Another collection was made the default at the same moment. Look at it again.';

CREATE INDEX document_by_hash ON public.document USING btree (household_id, content_hash);

CREATE INDEX document_in_bin ON public.document USING btree (household_id, deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX document_of_service ON public.document USING btree (household_id, service_id) WHERE (service_id IS NOT NULL);

CREATE INDEX document_of_watch ON public.document USING btree (household_id, watch_id);

CREATE INDEX expense_in_bin ON public.expense USING btree (household_id, deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX expense_of_watch ON public.expense USING btree (household_id, watch_id, paid_on);

CREATE INDEX fx_day_by_day ON public.fx_day USING btree (day);

CREATE INDEX fx_rate_by_date ON public.fx_rate USING btree (rate_date);

CREATE INDEX half_sign_in_of_user ON public.half_sign_in USING btree (user_id);

CREATE INDEX invitation_by_email ON public.invitation USING btree (email) WHERE ((used_at IS NULL) AND (revoked_at IS NULL));

CREATE INDEX invitation_of_inviter ON public.invitation USING btree (household_id, created_by);

CREATE INDEX job_run_of_name ON public.job_run USING btree (name, started_at DESC);

CREATE INDEX membership_of_user ON public.membership USING btree (user_id);

CREATE INDEX notice_of_member ON public.notice USING btree (household_id, user_id, made_at DESC, notice_id);

CREATE INDEX notice_of_watch ON public.notice USING btree (household_id, watch_id) WHERE (watch_id IS NOT NULL);

CREATE INDEX notice_to_send ON public.notice USING btree (household_id, user_id) WHERE (to_mail OR to_push);

CREATE INDEX notice_unread ON public.notice USING btree (household_id, user_id) WHERE (read_at IS NULL);

CREATE INDEX oidc_visit_of_user ON public.oidc_visit USING btree (user_id) WHERE (user_id IS NOT NULL);

CREATE INDEX password_reset_of_maker ON public.password_reset USING btree (made_by) WHERE (made_by IS NOT NULL);

CREATE INDEX password_reset_of_user ON public.password_reset USING btree (user_id, created_at DESC);

CREATE INDEX photo_by_hash ON public.photo USING btree (household_id, content_hash);

CREATE INDEX photo_in_bin ON public.photo USING btree (household_id, deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE UNIQUE INDEX photo_once ON public.photo USING btree (household_id, watch_id, content_hash) WHERE (deleted_at IS NULL);

COMMENT ON INDEX public.photo_once IS 'This photo is already here.';

CREATE INDEX rate_limit_hit_by_time ON public.rate_limit_hit USING btree (hit_at);

CREATE INDEX rate_limit_hit_of_subject ON public.rate_limit_hit USING btree (subject, hit_at);

CREATE UNIQUE INDEX saved_search_name_taken ON public.saved_search USING btree (household_id, user_id, lower(name));

COMMENT ON INDEX public.saved_search_name_taken IS 'You have a search of this name already.';

CREATE INDEX security_event_by_address ON public.security_event USING btree (address, happened_at DESC, event_id DESC);

CREATE INDEX security_event_by_kind ON public.security_event USING btree (kind, happened_at DESC, event_id DESC);

CREATE INDEX security_event_by_time ON public.security_event USING btree (happened_at DESC, event_id DESC);

CREATE INDEX security_event_of_email ON public.security_event USING btree (email, happened_at DESC, event_id DESC);

CREATE INDEX security_event_of_user ON public.security_event USING btree (user_id, happened_at DESC, event_id DESC);

CREATE INDEX service_by_day ON public.service USING btree (household_id, serviced_on, service_id) WHERE (deleted_at IS NULL);

CREATE INDEX service_in_bin ON public.service USING btree (household_id, deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX service_of_watch ON public.service USING btree (household_id, watch_id, serviced_on) WHERE (deleted_at IS NULL);

CREATE INDEX session_by_household ON public.session USING btree (chosen_household_id, user_id) WHERE (chosen_household_id IS NOT NULL);

CREATE INDEX session_of_user ON public.session USING btree (user_id);

CREATE INDEX share_link_newest ON public.share_link USING btree (household_id, created_at DESC, link_id);

CREATE UNIQUE INDEX share_link_token_taken ON public.share_link USING btree (token_hash);

COMMENT ON INDEX public.share_link_token_taken IS 'This link could not be made.';

CREATE INDEX share_view_of_link ON public.share_view USING btree (household_id, link_id, seen_at DESC);

CREATE INDEX sign_in_failure_of_subject ON public.sign_in_failure USING btree (subject, failed_at);

CREATE INDEX valuation_in_bin ON public.valuation USING btree (household_id, deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX valuation_of_watch ON public.valuation USING btree (household_id, watch_id, valued_on);

CREATE INDEX value_step_private ON public.value_step USING btree (household_id, day) WHERE is_private;

CREATE INDEX watch_by_added ON public.watch USING btree (household_id, added_at, watch_id) WHERE (deleted_at IS NULL);

CREATE INDEX watch_by_brand ON public.watch USING btree (household_id, brand_id) WHERE (deleted_at IS NULL);

CREATE INDEX watch_by_collection ON public.watch USING btree (household_id, collection_id) WHERE (deleted_at IS NULL);

CREATE INDEX watch_by_document ON public.watch USING gin (document) WITH (fastupdate=off);

CREATE INDEX watch_by_name ON public.watch USING btree (household_id, sort_name, watch_id) WHERE (deleted_at IS NULL);

CREATE INDEX watch_by_owner ON public.watch USING btree (household_id, owner_id) WHERE (owner_id IS NOT NULL);

CREATE INDEX watch_by_purchase ON public.watch USING btree (household_id, purchased_on, watch_id) WHERE (deleted_at IS NULL);

CREATE INDEX watch_by_status ON public.watch USING btree (household_id, status) WHERE (deleted_at IS NULL);

CREATE INDEX watch_by_valued ON public.watch USING btree (household_id, valued_on) WHERE ((valued_on IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX watch_by_warranty ON public.watch USING btree (household_id, warranty_until) WHERE ((warranty_until IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX watch_complication_by_name ON public.watch_complication USING btree (household_id, complication, watch_id);

CREATE INDEX watch_in_bin ON public.watch USING btree (household_id, deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX watch_private ON public.watch USING btree (household_id, owner_id) WHERE is_private;

CREATE UNIQUE INDEX watch_serial_taken ON public.watch USING btree (household_id, brand_id, upper(serial_number)) WHERE (deleted_at IS NULL);

COMMENT ON INDEX public.watch_serial_taken IS 'A watch of this brand with this serial number is already here.';

CREATE INDEX watch_tag_by_name ON public.watch_tag USING btree (household_id, tag, watch_id);

CREATE TRIGGER a_version_after_delete AFTER DELETE ON public.benchmark REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_delete AFTER DELETE ON public.benchmark_point REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_delete AFTER DELETE ON public.brand REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_delete AFTER DELETE ON public.care_plan REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_delete AFTER DELETE ON public.collection REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_delete AFTER DELETE ON public.default_search REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_delete AFTER DELETE ON public.document REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_delete AFTER DELETE ON public.expense REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_delete AFTER DELETE ON public.photo REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_delete AFTER DELETE ON public.saved_search REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_delete AFTER DELETE ON public.service REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_delete AFTER DELETE ON public.valuation REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_delete AFTER DELETE ON public.watch REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_delete AFTER DELETE ON public.watch_complication REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_delete AFTER DELETE ON public.watch_tag REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_insert AFTER INSERT ON public.benchmark REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_insert AFTER INSERT ON public.benchmark_point REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_insert AFTER INSERT ON public.brand REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_insert AFTER INSERT ON public.care_plan REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_insert AFTER INSERT ON public.collection REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_insert AFTER INSERT ON public.default_search REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_insert AFTER INSERT ON public.document REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_insert AFTER INSERT ON public.expense REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_insert AFTER INSERT ON public.photo REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_insert AFTER INSERT ON public.saved_search REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_insert AFTER INSERT ON public.service REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_insert AFTER INSERT ON public.valuation REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_insert AFTER INSERT ON public.watch REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_insert AFTER INSERT ON public.watch_complication REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_insert AFTER INSERT ON public.watch_tag REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_update AFTER UPDATE ON public.benchmark REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_update AFTER UPDATE ON public.benchmark_point REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_update AFTER UPDATE ON public.brand REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_update AFTER UPDATE ON public.care_plan REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_update AFTER UPDATE ON public.collection REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_update AFTER UPDATE ON public.default_search REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_update AFTER UPDATE ON public.document REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_update AFTER UPDATE ON public.expense REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_update AFTER UPDATE ON public.photo REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_update AFTER UPDATE ON public.saved_search REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_update AFTER UPDATE ON public.service REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_update AFTER UPDATE ON public.valuation REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_update AFTER UPDATE ON public.watch REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_update AFTER UPDATE ON public.watch_complication REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER a_version_after_update AFTER UPDATE ON public.watch_tag REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.bump_data_version();

CREATE TRIGGER audit_delete AFTER DELETE ON public.benchmark REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('benchmark_id', '');

CREATE TRIGGER audit_delete AFTER DELETE ON public.brand REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('brand_id', '');

CREATE TRIGGER audit_delete AFTER DELETE ON public.care_plan REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('plan_id', 'watch_id');

CREATE TRIGGER audit_delete AFTER DELETE ON public.collection REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('collection_id', '');

CREATE TRIGGER audit_delete AFTER DELETE ON public.document REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('document_id', 'watch_id');

CREATE TRIGGER audit_delete AFTER DELETE ON public.expense REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('expense_id', 'watch_id');

CREATE TRIGGER audit_delete AFTER DELETE ON public.photo REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('photo_id', 'watch_id');

CREATE TRIGGER audit_delete AFTER DELETE ON public.service REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('service_id', 'watch_id');

CREATE TRIGGER audit_delete AFTER DELETE ON public.valuation REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('valuation_id', 'watch_id');

CREATE TRIGGER audit_delete AFTER DELETE ON public.watch REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('watch_id', 'watch_id');

CREATE TRIGGER audit_delete AFTER DELETE ON public.watch_complication REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('watch_id', 'watch_id');

CREATE TRIGGER audit_delete AFTER DELETE ON public.watch_tag REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('watch_id', 'watch_id');

CREATE TRIGGER audit_insert AFTER INSERT ON public.benchmark REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('benchmark_id', '');

CREATE TRIGGER audit_insert AFTER INSERT ON public.brand REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('brand_id', '');

CREATE TRIGGER audit_insert AFTER INSERT ON public.care_plan REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('plan_id', 'watch_id');

CREATE TRIGGER audit_insert AFTER INSERT ON public.collection REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('collection_id', '');

CREATE TRIGGER audit_insert AFTER INSERT ON public.document REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('document_id', 'watch_id');

CREATE TRIGGER audit_insert AFTER INSERT ON public.expense REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('expense_id', 'watch_id');

CREATE TRIGGER audit_insert AFTER INSERT ON public.photo REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('photo_id', 'watch_id');

CREATE TRIGGER audit_insert AFTER INSERT ON public.service REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('service_id', 'watch_id');

CREATE TRIGGER audit_insert AFTER INSERT ON public.valuation REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('valuation_id', 'watch_id');

CREATE TRIGGER audit_insert AFTER INSERT ON public.watch REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('watch_id', 'watch_id');

CREATE TRIGGER audit_insert AFTER INSERT ON public.watch_complication REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('watch_id', 'watch_id');

CREATE TRIGGER audit_insert AFTER INSERT ON public.watch_tag REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('watch_id', 'watch_id');

CREATE TRIGGER audit_update AFTER UPDATE ON public.benchmark REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('benchmark_id', '');

CREATE TRIGGER audit_update AFTER UPDATE ON public.brand REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('brand_id', '');

CREATE TRIGGER audit_update AFTER UPDATE ON public.care_plan REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('plan_id', 'watch_id');

CREATE TRIGGER audit_update AFTER UPDATE ON public.collection REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('collection_id', '');

CREATE TRIGGER audit_update AFTER UPDATE ON public.document REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('document_id', 'watch_id');

CREATE TRIGGER audit_update AFTER UPDATE ON public.expense REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('expense_id', 'watch_id');

CREATE TRIGGER audit_update AFTER UPDATE ON public.photo REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('photo_id', 'watch_id');

CREATE TRIGGER audit_update AFTER UPDATE ON public.service REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('service_id', 'watch_id');

CREATE TRIGGER audit_update AFTER UPDATE ON public.valuation REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('valuation_id', 'watch_id');

CREATE TRIGGER audit_update AFTER UPDATE ON public.watch REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.write_audit('watch_id', 'watch_id');

CREATE TRIGGER derive_delete AFTER DELETE ON public.document REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.derive_after_delete();

CREATE TRIGGER derive_delete AFTER DELETE ON public.fx_day REFERENCING OLD TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION public.derive_rate_series();

CREATE TRIGGER derive_delete AFTER DELETE ON public.valuation REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.derive_after_delete();

CREATE TRIGGER derive_delete AFTER DELETE ON public.watch_tag REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.derive_after_delete();

CREATE TRIGGER derive_insert AFTER INSERT ON public.document REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.derive_after_insert();

CREATE TRIGGER derive_insert AFTER INSERT ON public.fx_day REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION public.derive_rate_series();

CREATE TRIGGER derive_insert AFTER INSERT ON public.valuation REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.derive_after_insert();

CREATE TRIGGER derive_insert AFTER INSERT ON public.watch REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.derive_after_insert();

CREATE TRIGGER derive_insert AFTER INSERT ON public.watch_tag REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.derive_after_insert();

CREATE TRIGGER derive_update AFTER UPDATE ON public.brand REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.derive_after_rename('brand_id');

CREATE TRIGGER derive_update AFTER UPDATE ON public.collection REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.derive_after_rename('collection_id');

CREATE TRIGGER derive_update AFTER UPDATE ON public.document REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.derive_after_insert();

CREATE TRIGGER derive_update AFTER UPDATE ON public.fx_day REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION public.derive_rate_series();

CREATE TRIGGER derive_update AFTER UPDATE ON public.valuation REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.derive_after_insert();

CREATE TRIGGER derive_update AFTER UPDATE ON public.watch REFERENCING OLD TABLE AS gone NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.derive_after_watch_update();

CREATE TRIGGER end_resets AFTER UPDATE OF password_hash ON public.app_user FOR EACH ROW WHEN ((new.password_hash IS DISTINCT FROM old.password_hash)) EXECUTE FUNCTION public.end_resets();

CREATE CONSTRAINT TRIGGER forget_private_past AFTER DELETE ON public.watch DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (old.is_private) EXECUTE FUNCTION public.forget_private_past();

CREATE TRIGGER half_sign_ins_end AFTER UPDATE OF password_hash ON public.app_user FOR EACH ROW EXECUTE FUNCTION public.end_half_sign_ins();

CREATE TRIGGER keep_privacy BEFORE INSERT OR UPDATE OF owner_id, is_private ON public.watch FOR EACH ROW WHEN (new.is_private) EXECUTE FUNCTION public.keep_privacy();

CREATE TRIGGER set_up_notices AFTER INSERT ON public.membership FOR EACH ROW EXECUTE FUNCTION public.set_up_notices();

CREATE TRIGGER sum_delete AFTER DELETE ON public.value_step REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.sum_gone_steps();

CREATE TRIGGER sum_insert AFTER INSERT ON public.value_step REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.sum_fresh_steps();

ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_household_known FOREIGN KEY (household_id) REFERENCES public.household(household_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT audit_household_known ON public.audit_event IS 'This household is not here any more.';

ALTER TABLE ONLY public.benchmark
    ADD CONSTRAINT benchmark_household_known FOREIGN KEY (household_id) REFERENCES public.household(household_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT benchmark_household_known ON public.benchmark IS 'This household is not here any more.';

ALTER TABLE ONLY public.benchmark_point
    ADD CONSTRAINT benchmark_point_of_one FOREIGN KEY (household_id, benchmark_id) REFERENCES public.benchmark(household_id, benchmark_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT benchmark_point_of_one ON public.benchmark_point IS 'This series is not here any more.';

ALTER TABLE ONLY public.brand
    ADD CONSTRAINT brand_household_known FOREIGN KEY (household_id) REFERENCES public.household(household_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT brand_household_known ON public.brand IS 'This household is not here any more.';

ALTER TABLE ONLY public.brand
    ADD CONSTRAINT brand_reference_known FOREIGN KEY (brand_slug) REFERENCES public.brand_reference(brand_slug);

COMMENT ON CONSTRAINT brand_reference_known ON public.brand IS 'This brand is not in the reference data.';

ALTER TABLE ONLY public.calendar_feed
    ADD CONSTRAINT calendar_feed_of_a_member FOREIGN KEY (household_id, user_id) REFERENCES public.membership(household_id, user_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT calendar_feed_of_a_member ON public.calendar_feed IS 'You are not a member of this household any more.';

ALTER TABLE ONLY public.calibre
    ADD CONSTRAINT calibre_movement_known FOREIGN KEY (movement_type) REFERENCES public.movement_type(movement_type);

COMMENT ON CONSTRAINT calibre_movement_known ON public.calibre IS 'A calibre names a movement type that is not in the reference data.';

ALTER TABLE ONLY public.care_plan
    ADD CONSTRAINT care_plan_household_known FOREIGN KEY (household_id) REFERENCES public.household(household_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT care_plan_household_known ON public.care_plan IS 'This household is not here any more.';

ALTER TABLE ONLY public.care_plan
    ADD CONSTRAINT care_plan_movement_known FOREIGN KEY (movement_type) REFERENCES public.movement_type(movement_type);

COMMENT ON CONSTRAINT care_plan_movement_known ON public.care_plan IS 'Choose a movement type from the list.';

ALTER TABLE ONLY public.care_plan
    ADD CONSTRAINT care_plan_watch_known FOREIGN KEY (household_id, watch_id) REFERENCES public.watch(household_id, watch_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT care_plan_watch_known ON public.care_plan IS 'This watch is not in your collection.';

ALTER TABLE ONLY public.collection
    ADD CONSTRAINT collection_household_known FOREIGN KEY (household_id) REFERENCES public.household(household_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT collection_household_known ON public.collection IS 'This household is not here any more.';

ALTER TABLE ONLY public.data_version
    ADD CONSTRAINT data_version_household_known FOREIGN KEY (household_id) REFERENCES public.household(household_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT data_version_household_known ON public.data_version IS 'This household is not here any more.';

ALTER TABLE ONLY public.default_search
    ADD CONSTRAINT default_search_known FOREIGN KEY (household_id, saved_search_id) REFERENCES public.saved_search(household_id, saved_search_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT default_search_known ON public.default_search IS 'This search is not here any more.';

ALTER TABLE ONLY public.default_search
    ADD CONSTRAINT default_search_member_known FOREIGN KEY (household_id, user_id) REFERENCES public.membership(household_id, user_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT default_search_member_known ON public.default_search IS 'You are not a member of this household any more.';

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_service_known FOREIGN KEY (household_id, watch_id, service_id) REFERENCES public.service(household_id, watch_id, service_id) ON DELETE SET NULL (service_id);

COMMENT ON CONSTRAINT document_service_known ON public.document IS 'This service is not here any more.';

ALTER TABLE ONLY public.document
    ADD CONSTRAINT document_watch_known FOREIGN KEY (household_id, watch_id) REFERENCES public.watch(household_id, watch_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT document_watch_known ON public.document IS 'This watch is not in your collection.';

ALTER TABLE ONLY public.expense
    ADD CONSTRAINT expense_household_known FOREIGN KEY (household_id) REFERENCES public.household(household_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT expense_household_known ON public.expense IS 'This household is not here any more.';

ALTER TABLE ONLY public.expense
    ADD CONSTRAINT expense_watch_known FOREIGN KEY (household_id, watch_id) REFERENCES public.watch(household_id, watch_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT expense_watch_known ON public.expense IS 'This watch is not in your collection.';

ALTER TABLE ONLY public.half_sign_in
    ADD CONSTRAINT half_sign_in_user_known FOREIGN KEY (user_id) REFERENCES public.app_user(user_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT half_sign_in_user_known ON public.half_sign_in IS 'This person has no account any more.';

ALTER TABLE ONLY public.handoff
    ADD CONSTRAINT handoff_of_a_member FOREIGN KEY (chosen_household_id, user_id) REFERENCES public.membership(household_id, user_id) ON DELETE SET NULL (chosen_household_id);

COMMENT ON CONSTRAINT handoff_of_a_member ON public.handoff IS 'You are not a member of this household any more.';

ALTER TABLE ONLY public.handoff
    ADD CONSTRAINT handoff_user_known FOREIGN KEY (user_id) REFERENCES public.app_user(user_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT handoff_user_known ON public.handoff IS 'This person has no account any more.';

ALTER TABLE ONLY public.identity
    ADD CONSTRAINT identity_user_known FOREIGN KEY (user_id) REFERENCES public.app_user(user_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT identity_user_known ON public.identity IS 'This person has no account any more.';

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_by_a_member FOREIGN KEY (household_id, created_by) REFERENCES public.membership(household_id, user_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT invitation_by_a_member ON public.invitation IS 'You are not a member of this household any more.';

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_household_known FOREIGN KEY (household_id) REFERENCES public.household(household_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT invitation_household_known ON public.invitation IS 'This household is not here any more.';

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_household_known FOREIGN KEY (household_id) REFERENCES public.household(household_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT membership_household_known ON public.membership IS 'This household is not here any more.';

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_user_known FOREIGN KEY (user_id) REFERENCES public.app_user(user_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT membership_user_known ON public.membership IS 'This person has no account any more.';

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_for_a_member FOREIGN KEY (household_id, user_id) REFERENCES public.membership(household_id, user_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT notice_for_a_member ON public.notice IS 'You are not a member of this household any more.';

ALTER TABLE ONLY public.notice_setting
    ADD CONSTRAINT notice_setting_of_a_member FOREIGN KEY (household_id, user_id) REFERENCES public.membership(household_id, user_id) ON UPDATE CASCADE ON DELETE CASCADE;

COMMENT ON CONSTRAINT notice_setting_of_a_member ON public.notice_setting IS 'You are not a member of this household any more.';

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_watch_known FOREIGN KEY (household_id, watch_id) REFERENCES public.watch(household_id, watch_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT notice_watch_known ON public.notice IS 'This watch is not here any more.';

ALTER TABLE ONLY public.oidc_visit
    ADD CONSTRAINT oidc_visit_user_known FOREIGN KEY (user_id) REFERENCES public.app_user(user_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT oidc_visit_user_known ON public.oidc_visit IS 'This person has no account any more.';

ALTER TABLE ONLY public.password_reset
    ADD CONSTRAINT password_reset_maker_known FOREIGN KEY (made_by) REFERENCES public.app_user(user_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT password_reset_maker_known ON public.password_reset IS 'This admin has no account any more.';

ALTER TABLE ONLY public.password_reset
    ADD CONSTRAINT password_reset_user_known FOREIGN KEY (user_id) REFERENCES public.app_user(user_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT password_reset_user_known ON public.password_reset IS 'This person has no account any more.';

ALTER TABLE ONLY public.photo
    ADD CONSTRAINT photo_watch_known FOREIGN KEY (household_id, watch_id) REFERENCES public.watch(household_id, watch_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT photo_watch_known ON public.photo IS 'This watch is not in your collection.';

ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT recovery_code_of_second_step FOREIGN KEY (user_id) REFERENCES public.second_step(user_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT recovery_code_of_second_step ON public.recovery_code IS 'Two-step sign-in is off for this account.';

ALTER TABLE ONLY public.saved_search
    ADD CONSTRAINT saved_search_member_known FOREIGN KEY (household_id, user_id) REFERENCES public.membership(household_id, user_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT saved_search_member_known ON public.saved_search IS 'You are not a member of this household any more.';

ALTER TABLE ONLY public.search_word
    ADD CONSTRAINT search_word_household_known FOREIGN KEY (household_id) REFERENCES public.household(household_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT search_word_household_known ON public.search_word IS 'This household is not here any more.';

ALTER TABLE ONLY public.second_step
    ADD CONSTRAINT second_step_user_known FOREIGN KEY (user_id) REFERENCES public.app_user(user_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT second_step_user_known ON public.second_step IS 'This person has no account any more.';

ALTER TABLE ONLY public.service
    ADD CONSTRAINT service_watch_known FOREIGN KEY (household_id, watch_id) REFERENCES public.watch(household_id, watch_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT service_watch_known ON public.service IS 'This watch is not in your collection.';

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_of_a_member FOREIGN KEY (chosen_household_id, user_id) REFERENCES public.membership(household_id, user_id) ON DELETE SET NULL (chosen_household_id);

COMMENT ON CONSTRAINT session_of_a_member ON public.session IS 'You are not a member of this household any more.';

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_user_known FOREIGN KEY (user_id) REFERENCES public.app_user(user_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT session_user_known ON public.session IS 'This person has no account any more.';

ALTER TABLE ONLY public.share_link
    ADD CONSTRAINT share_link_collection_known FOREIGN KEY (household_id, collection_id) REFERENCES public.collection(household_id, collection_id) ON DELETE SET NULL (collection_id);

COMMENT ON CONSTRAINT share_link_collection_known ON public.share_link IS 'This collection is not here any more.';

ALTER TABLE ONLY public.share_link
    ADD CONSTRAINT share_link_household_known FOREIGN KEY (household_id) REFERENCES public.household(household_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT share_link_household_known ON public.share_link IS 'This household is not here any more.';

ALTER TABLE ONLY public.share_link
    ADD CONSTRAINT share_link_maker_known FOREIGN KEY (household_id, created_by) REFERENCES public.membership(household_id, user_id) ON DELETE SET NULL (created_by);

COMMENT ON CONSTRAINT share_link_maker_known ON public.share_link IS 'This person is not a member of your household.';

ALTER TABLE ONLY public.share_view
    ADD CONSTRAINT share_view_link_known FOREIGN KEY (household_id, link_id) REFERENCES public.share_link(household_id, link_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT share_view_link_known ON public.share_view IS 'This link is not here any more.';

ALTER TABLE ONLY public.valuation
    ADD CONSTRAINT valuation_watch_known FOREIGN KEY (household_id, watch_id) REFERENCES public.watch(household_id, watch_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT valuation_watch_known ON public.valuation IS 'This watch is not in your collection.';

ALTER TABLE ONLY public.value_day
    ADD CONSTRAINT value_day_household_known FOREIGN KEY (household_id) REFERENCES public.household(household_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT value_day_household_known ON public.value_day IS 'This household is not here any more.';

ALTER TABLE ONLY public.value_step
    ADD CONSTRAINT value_step_watch_known FOREIGN KEY (household_id, watch_id) REFERENCES public.watch(household_id, watch_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT value_step_watch_known ON public.value_step IS 'This watch is not in your collection.';

ALTER TABLE ONLY public.watch
    ADD CONSTRAINT watch_brand_known FOREIGN KEY (household_id, brand_id) REFERENCES public.brand(household_id, brand_id);

COMMENT ON CONSTRAINT watch_brand_known ON public.watch IS 'Choose a brand, or add a new one.';

ALTER TABLE ONLY public.watch
    ADD CONSTRAINT watch_collection_known FOREIGN KEY (household_id, collection_id) REFERENCES public.collection(household_id, collection_id) ON DELETE SET NULL (collection_id);

COMMENT ON CONSTRAINT watch_collection_known ON public.watch IS 'This collection is not here any more.';

ALTER TABLE ONLY public.watch_complication
    ADD CONSTRAINT watch_complication_known FOREIGN KEY (complication) REFERENCES public.complication(complication);

COMMENT ON CONSTRAINT watch_complication_known ON public.watch_complication IS 'Choose complications from the list.';

ALTER TABLE ONLY public.watch_complication
    ADD CONSTRAINT watch_complication_watch_known FOREIGN KEY (household_id, watch_id) REFERENCES public.watch(household_id, watch_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT watch_complication_watch_known ON public.watch_complication IS 'This watch is not in your collection.';

ALTER TABLE ONLY public.watch
    ADD CONSTRAINT watch_household_known FOREIGN KEY (household_id) REFERENCES public.household(household_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT watch_household_known ON public.watch IS 'This household is not here any more.';

ALTER TABLE ONLY public.watch
    ADD CONSTRAINT watch_movement_known FOREIGN KEY (movement_type) REFERENCES public.movement_type(movement_type);

COMMENT ON CONSTRAINT watch_movement_known ON public.watch IS 'Choose a movement type from the list.';

ALTER TABLE ONLY public.watch
    ADD CONSTRAINT watch_owner_known FOREIGN KEY (household_id, owner_id) REFERENCES public.membership(household_id, user_id) ON DELETE SET NULL (owner_id);

COMMENT ON CONSTRAINT watch_owner_known ON public.watch IS 'This person is not a member of your household.';

ALTER TABLE ONLY public.watch_tag
    ADD CONSTRAINT watch_tag_watch_known FOREIGN KEY (household_id, watch_id) REFERENCES public.watch(household_id, watch_id) ON DELETE CASCADE;

COMMENT ON CONSTRAINT watch_tag_watch_known ON public.watch_tag IS 'This watch is not in your collection.';

ALTER TABLE public.audit_event ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.benchmark ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.benchmark_point ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.brand ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.calendar_feed ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.care_plan ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.collection ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.data_version ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.default_search ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.document ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.expense ENABLE ROW LEVEL SECURITY;

CREATE POLICY household ON public.audit_event TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.benchmark TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.benchmark_point TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.brand TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.calendar_feed TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.care_plan TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.collection TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.data_version TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.default_search TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.document TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.expense TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

ALTER TABLE public.household ENABLE ROW LEVEL SECURITY;

CREATE POLICY household ON public.household TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.invitation TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.membership TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.notice TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.notice_setting TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.photo TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.saved_search TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.search_word TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.service TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.share_link TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.share_view TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.valuation TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.value_day TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.value_step TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.watch TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.watch_complication TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

CREATE POLICY household ON public.watch_tag TO watch_app USING ((household_id = ( SELECT public.current_household() AS current_household))) WITH CHECK ((household_id = ( SELECT public.current_household() AS current_household)));

ALTER TABLE public.invitation ENABLE ROW LEVEL SECURITY;

CREATE POLICY maintenance ON public.audit_event TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.benchmark TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.benchmark_point TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.brand TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.calendar_feed TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.care_plan TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.collection TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.data_version TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.default_search TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.document TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.expense TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.household TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.invitation TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.membership TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.notice TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.notice_setting TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.photo TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.saved_search TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.search_word TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.service TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.share_link TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.share_view TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.valuation TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.value_day TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.value_step TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.watch TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.watch_complication TO postgres USING (true) WITH CHECK (true);

CREATE POLICY maintenance ON public.watch_tag TO postgres USING (true) WITH CHECK (true);

CREATE POLICY may_delete ON public.audit_event AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.benchmark AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.benchmark_point AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.brand AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.calendar_feed AS RESTRICTIVE FOR DELETE TO watch_app USING (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY may_delete ON public.care_plan AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.collection AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.default_search AS RESTRICTIVE FOR DELETE TO watch_app USING (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY may_delete ON public.document AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.expense AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.household AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.owns_or_refuse() AS owns_or_refuse));

CREATE POLICY may_delete ON public.invitation AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.owns_or_refuse() AS owns_or_refuse));

CREATE POLICY may_delete ON public.membership AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.notice AS RESTRICTIVE FOR DELETE TO watch_app USING (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY may_delete ON public.notice_setting AS RESTRICTIVE FOR DELETE TO watch_app USING (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY may_delete ON public.photo AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.saved_search AS RESTRICTIVE FOR DELETE TO watch_app USING (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY may_delete ON public.search_word AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.service AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.share_link AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.share_view AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.valuation AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.value_day AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.value_step AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.watch AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.watch_complication AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_delete ON public.watch_tag AS RESTRICTIVE FOR DELETE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.audit_event AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.benchmark AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.benchmark_point AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.brand AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.calendar_feed AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY may_insert ON public.care_plan AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.collection AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.default_search AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY may_insert ON public.document AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.expense AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.household AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.owns_or_refuse() AS owns_or_refuse));

CREATE POLICY may_insert ON public.invitation AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.owns_or_refuse() AS owns_or_refuse));

CREATE POLICY may_insert ON public.membership AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.notice AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY may_insert ON public.notice_setting AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY may_insert ON public.photo AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.saved_search AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY may_insert ON public.search_word AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.service AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.share_link AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.share_view AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.valuation AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.value_day AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.value_step AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.watch AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.watch_complication AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_insert ON public.watch_tag AS RESTRICTIVE FOR INSERT TO watch_app WITH CHECK (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.audit_event AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.benchmark AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.benchmark_point AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.brand AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.calendar_feed AS RESTRICTIVE FOR UPDATE TO watch_app USING (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY may_update ON public.care_plan AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.collection AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.default_search AS RESTRICTIVE FOR UPDATE TO watch_app USING (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY may_update ON public.document AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.expense AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.household AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.owns_or_refuse() AS owns_or_refuse));

CREATE POLICY may_update ON public.invitation AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.owns_or_refuse() AS owns_or_refuse));

CREATE POLICY may_update ON public.membership AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.notice AS RESTRICTIVE FOR UPDATE TO watch_app USING (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY may_update ON public.notice_setting AS RESTRICTIVE FOR UPDATE TO watch_app USING (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY may_update ON public.photo AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.saved_search AS RESTRICTIVE FOR UPDATE TO watch_app USING (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY may_update ON public.search_word AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.service AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.share_link AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.share_view AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.valuation AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.value_day AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.value_step AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.watch AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.watch_complication AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

CREATE POLICY may_update ON public.watch_tag AS RESTRICTIVE FOR UPDATE TO watch_app USING (( SELECT public.writes_or_refuse() AS writes_or_refuse));

ALTER TABLE public.membership ENABLE ROW LEVEL SECURITY;

CREATE POLICY not_private ON public.audit_event AS RESTRICTIVE TO watch_app USING ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name))) WITH CHECK ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name) OR public.hidden_or_refuse()));

CREATE POLICY not_private ON public.care_plan AS RESTRICTIVE TO watch_app USING ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name))) WITH CHECK ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name) OR public.hidden_or_refuse()));

CREATE POLICY not_private ON public.document AS RESTRICTIVE TO watch_app USING ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name))) WITH CHECK ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name) OR public.hidden_or_refuse()));

CREATE POLICY not_private ON public.expense AS RESTRICTIVE TO watch_app USING ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name))) WITH CHECK ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name) OR public.hidden_or_refuse()));

CREATE POLICY not_private ON public.notice AS RESTRICTIVE TO watch_app USING ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name))) WITH CHECK ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name) OR public.hidden_or_refuse()));

CREATE POLICY not_private ON public.photo AS RESTRICTIVE TO watch_app USING ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name))) WITH CHECK ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name) OR public.hidden_or_refuse()));

CREATE POLICY not_private ON public.service AS RESTRICTIVE TO watch_app USING ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name))) WITH CHECK ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name) OR public.hidden_or_refuse()));

CREATE POLICY not_private ON public.valuation AS RESTRICTIVE TO watch_app USING ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name))) WITH CHECK ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name) OR public.hidden_or_refuse()));

CREATE POLICY not_private ON public.value_step AS RESTRICTIVE TO watch_app USING (((NOT is_private) OR (watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY not_private ON public.watch AS RESTRICTIVE TO watch_app USING (((NOT is_private) OR (owner_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY not_private ON public.watch_complication AS RESTRICTIVE TO watch_app USING ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name))) WITH CHECK ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name) OR public.hidden_or_refuse()));

CREATE POLICY not_private ON public.watch_tag AS RESTRICTIVE TO watch_app USING ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name))) WITH CHECK ((((watch_id <> ALL (( SELECT public.hidden_watches() AS hidden_watches)::uuid[])) IS NOT FALSE) OR (CURRENT_USER <> 'watch_app'::name) OR public.hidden_or_refuse()));

ALTER TABLE public.notice ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.notice_setting ENABLE ROW LEVEL SECURITY;

CREATE POLICY of_whom ON public.share_link AS RESTRICTIVE TO watch_app USING ((( SELECT public.owns_household() AS owns_household) OR (( SELECT public.may_write() AS may_write) AND (created_by = ( SELECT public.current_app_user() AS current_app_user)))));

CREATE POLICY of_whom ON public.share_view AS RESTRICTIVE TO watch_app USING ((EXISTS ( SELECT
   FROM public.share_link l
  WHERE ((l.household_id = share_view.household_id) AND (l.link_id = share_view.link_id)))));

CREATE POLICY own_read ON public.calendar_feed AS RESTRICTIVE FOR SELECT TO watch_app USING (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY own_read ON public.notice AS RESTRICTIVE FOR SELECT TO watch_app USING (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY own_read ON public.notice_setting AS RESTRICTIVE FOR SELECT TO watch_app USING (((user_id = ( SELECT public.current_app_user() AS current_app_user)) OR (CURRENT_USER <> 'watch_app'::name)));

CREATE POLICY owners_read ON public.invitation AS RESTRICTIVE FOR SELECT TO watch_app USING ((( SELECT public.owns_household() AS owns_household) OR (CURRENT_USER <> 'watch_app'::name)));

ALTER TABLE public.photo ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.saved_search ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.search_word ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.service ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.share_link ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.share_view ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.valuation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.value_day ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.value_step ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.watch ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.watch_complication ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.watch_tag ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA public TO watch_app;

GRANT SELECT ON TABLE public.app_user TO watch_app;

GRANT UPDATE(name) ON TABLE public.app_user TO watch_app;

GRANT UPDATE(password_hash) ON TABLE public.app_user TO watch_app;

GRANT UPDATE(currency) ON TABLE public.app_user TO watch_app;

GRANT UPDATE(time_zone) ON TABLE public.app_user TO watch_app;

GRANT UPDATE(language) ON TABLE public.app_user TO watch_app;

GRANT UPDATE(number_format) ON TABLE public.app_user TO watch_app;

GRANT UPDATE(theme) ON TABLE public.app_user TO watch_app;

GRANT SELECT ON TABLE public.instance_setting TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.second_step TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.household TO watch_app;

GRANT SELECT ON TABLE public.membership TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.session TO watch_app;

GRANT SELECT ON TABLE public.account_line TO watch_app;

GRANT SELECT,INSERT ON TABLE public.audit_event TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.benchmark TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.benchmark_point TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.brand TO watch_app;

GRANT SELECT ON TABLE public.brand_reference TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.calendar_feed TO watch_app;

GRANT SELECT ON TABLE public.calibre TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.care_plan TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.service TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.watch TO watch_app;

GRANT SELECT ON TABLE public.care_due TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.collection TO watch_app;

GRANT SELECT ON TABLE public.complication TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.valuation TO watch_app;

GRANT SELECT ON TABLE public.counted_valuation TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.data_version TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.default_search TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.document TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.expense TO watch_app;

GRANT SELECT ON TABLE public.expense_payment TO watch_app;

GRANT SELECT ON TABLE public.fx_day TO watch_app;

GRANT SELECT ON TABLE public.fx_rate TO watch_app;

GRANT SELECT ON TABLE public.gold_price TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.half_sign_in TO watch_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.handoff TO watch_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.identity TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invitation TO watch_app;

GRANT SELECT ON TABLE public.movement_type TO watch_app;

GRANT INSERT ON TABLE public.security_event TO watch_app;

GRANT SELECT ON TABLE public.my_security_line TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notice TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notice_setting TO watch_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.oidc_visit TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.photo TO watch_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.rate_limit_hit TO watch_app;

GRANT SELECT ON TABLE public.rate_series TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recovery_code TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.saved_search TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.search_word TO watch_app;

GRANT SELECT ON TABLE public.security_line TO watch_app;

GRANT SELECT,INSERT ON TABLE public.share_link TO watch_app;

GRANT UPDATE(revoked_at) ON TABLE public.share_link TO watch_app;

GRANT SELECT ON TABLE public.share_view TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_failure TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_lock TO watch_app;

GRANT SELECT ON TABLE public.table_line TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.value_day TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.value_step TO watch_app;

GRANT SELECT ON TABLE public.watch_acquired TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.watch_complication TO watch_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.watch_tag TO watch_app;

GRANT SELECT ON TABLE public.watch_derived TO watch_app;

GRANT SELECT ON TABLE public.watch_point TO watch_app;

GRANT SELECT ON TABLE public.watch_step TO watch_app;
