-- depends: 0010.share_links 0011.people 0012.private_watches 0014.second_step
-- Deleting accounts and households whole; what the admin of the box does and sees.

-- ── a household may go, and everything in it with it ───────────────────────────────────────
-- Triggers of the tables that go note what is gone: in a household that goes itself there is nothing to note.
create or replace function bump_data_version() returns trigger language plpgsql as $$
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

create or replace function write_audit() returns trigger language plpgsql as $$
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

create or replace function derive_after_insert() returns trigger language plpgsql as $$
declare h record;
begin
    for h in select household_id, array_agg(distinct watch_id) as watches from fresh group by household_id
             having exists (select from household here where here.household_id = fresh.household_id) loop
        call derive_watches(h.household_id, h.watches);
    end loop;
    return null;
end $$;

create or replace function derive_after_delete() returns trigger language plpgsql as $$
declare h record;
begin
    for h in select household_id, array_agg(distinct watch_id) as watches from gone group by household_id
             having exists (select from household here where here.household_id = gone.household_id) loop
        call derive_watches(h.household_id, h.watches);
    end loop;
    return null;
end $$;

-- A key that cascades asks for the rows of each watch, also those in the bin: of 10,000 watches that took a minute and a half.
drop index valuation_of_watch, document_of_watch, expense_of_watch;
create index valuation_of_watch on valuation (household_id, watch_id, valued_on);
create index document_of_watch on document (household_id, watch_id);
create index expense_of_watch on expense (household_id, watch_id, paid_on);

-- ── who may ────────────────────────────────────────────────────────────────────────────────
create procedure lock_accounts() language sql as $$
    select pg_advisory_xact_lock(7467328)  -- sign_up takes it, too: the first account of an empty box becomes admin
$$;
comment on procedure lock_accounts is 'What decides who is an admin happens one after another.';

create function asks_as_admin() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from app_user where user_id = current_app_user() and is_admin and disabled_at is null)
$$;
comment on function asks_as_admin is 'Whether who asks is an admin of the box.';

create function admin_or_refuse() returns boolean language plpgsql stable as $$
begin
    if not asks_as_admin() then
        raise exception using errcode = 'WT001', message = 'Only an admin of this box can do this.';
    end if;
    return true;
end $$;
comment on function admin_or_refuse is 'True for an admin of the box; for others a refusal with its sentence.';

create function admin_over(p_user uuid) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
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
comment on function admin_over is
    'The e-mail address of a person whom an admin is about to act on; null: there is none. Refuses others, and oneself.';

-- ── deleting ───────────────────────────────────────────────────────────────────────────────
create procedure give_household(p_user uuid) language plpgsql as $$
declare new_home uuid;
begin
    insert into household (name)
    select left(name, 90) || '''s watches' from app_user where user_id = p_user returning household_id into new_home;
    insert into membership (household_id, user_id, role) values (new_home, p_user, 'owner');
    call count_members_version(new_home);
end $$;
comment on procedure give_household is 'An empty household for who belongs to none any more.';

create procedure drop_household(p_household uuid, p_leaver uuid) language plpgsql as $$
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
comment on procedure drop_household is
    'A household goes with everything in it; who belongs nowhere else gets an empty one, but not who leaves the box. After lock_members.';

create function delete_household(p_household uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    call lock_members(p_household);
    if not exists (select from membership
                   where household_id = p_household and user_id = current_app_user() and role = 'owner') then
        raise exception using errcode = 'WT001', message = 'Only an owner of the household can do this.';
    end if;
    call drop_household(p_household, null);
    return true;
end $$;
comment on function delete_household is 'An owner deletes a household with everything in it; its members keep their accounts.';

create procedure forget_private_watches(p_household uuid, p_user uuid) language plpgsql as $$
declare theirs uuid[];
begin
    select array_agg(watch_id) into theirs from watch
    where household_id = p_household and owner_id = p_user and is_private;
    delete from watch where household_id = p_household and watch_id = any (theirs);
    delete from audit_event where household_id = p_household and watch_id = any (theirs);
end $$;
comment on procedure forget_private_watches is 'What nobody else has seen is not left to the others, nor is what is noted of it.';

create procedure leave_for_good(p_household uuid, p_user uuid, p_choice text) language plpgsql as $$
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
comment on procedure leave_for_good is
    'Somebody who leaves the box leaves a household. p_choice, for its last owner: delete, or the new owner''s id. After lock_members.';

create function delete_account(p_user uuid, p_choices jsonb) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
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
comment on function delete_account is
    'Deletes an account: one''s own, or as an admin. p_choices: household → delete, or the id of its new owner. Returns the e-mail address; null: it was gone.';

create function leaving(p_user uuid)
returns table (household_id uuid, name text, others bigint, must_choose boolean, heir_ids uuid[], heirs text[],
               watches bigint, photos bigint, documents bigint, private_watches bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $$
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
comment on function leaving is
    'What becomes of the households of somebody whose account is deleted; for themselves and for an admin, who is told no numbers.';

-- ── the admin ──────────────────────────────────────────────────────────────────────────────
-- What makes an admin, and what keeps somebody out, only these functions write.
do $$
begin
    revoke insert, update on app_user from watch_app;
    execute (select format('grant update (%s) on app_user to watch_app', string_agg(quote_ident(attname), ', '))
             from pg_attribute
             where attrelid = 'app_user'::regclass and attnum > 0 and not attisdropped
               and attname not in ('user_id', 'email', 'is_admin', 'disabled_at', 'created_at'));
end $$;
revoke insert, update on instance_setting from watch_app;

create function set_registration(p_open boolean) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform admin_or_refuse();
    insert into instance_setting (name, value) values ('registration', case when p_open then 'open' else 'closed' end)
    on conflict (name) do update set value = excluded.value;
end $$;
comment on function set_registration is 'An admin opens or closes the box for new accounts.';

create function set_admin(p_user uuid, p_admin boolean) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare whose constant text := admin_over(p_user);
begin
    if p_admin and exists (select from app_user where user_id = p_user and disabled_at is not null) then
        raise exception using errcode = 'WT001', message = 'This account is disabled. Enable it first.';
    end if;
    update app_user set is_admin = p_admin where user_id = p_user;
    return whose;
end $$;
comment on function set_admin is 'Makes somebody an admin of the box, or not any more. Returns the e-mail address; null: there is no such person.';

create function set_disabled(p_user uuid, p_disabled boolean) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
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
comment on function set_disabled is
    'Keeps somebody out, which ends their sessions, or lets them in again. Returns the e-mail address; null: there is no such person.';

create view account_line as
select u.user_id, u.name, u.email::text as email, u.is_admin, u.disabled_at, u.created_at,
       second_step_on(u.user_id) as has_second_step,
       (select max(s.seen_at) from session s where s.user_id = u.user_id) as seen_at,
       array (select h.name from membership m join household h using (household_id)
              where m.user_id = u.user_id order by search_fold(h.name), h.household_id) as households,
       search_fold(u.name || ' ' || u.email::text) as folded
from app_user u
where admin_or_refuse();
comment on view account_line is 'The accounts of the box, for an admin; others are refused.';

-- ── the security log ───────────────────────────────────────────────────────────────────────
drop index security_event_by_time;
create index security_event_by_time on security_event (happened_at desc, event_id desc);
create index security_event_by_kind on security_event (kind, happened_at desc, event_id desc);
create index security_event_of_user on security_event (user_id, happened_at desc, event_id desc);
create index security_event_of_email on security_event (email, happened_at desc, event_id desc);
create index security_event_by_address on security_event (address, happened_at desc, event_id desc);
revoke select on security_event from watch_app;
comment on table security_event is
    'The security log: sign-ins, failures, locks, password changes, acts of admins. Only ever added to; lines go after 400 days.';

create view security_line as
select e.event_id, e.happened_at, e.kind, e.user_id, e.email, e.address, e.client, e.detail
from security_event e
where admin_or_refuse();
comment on view security_line is 'The security log, for an admin; others are refused.';

create view my_security_line as
select e.event_id, e.happened_at, e.kind, e.address, e.client, e.detail
from security_event e
where e.user_id = current_app_user();
comment on view my_security_line is 'What the security log says about who asks.';

-- ── the box ────────────────────────────────────────────────────────────────────────────────
create view table_line as
select c.relname::text as name, pg_total_relation_size(c.oid) as bytes,
       greatest(pg_stat_get_live_tuples(c.oid), c.reltuples::bigint, 0) as about_rows
from pg_class c
where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and admin_or_refuse();
comment on view table_line is 'How large the tables are, for an admin; rows as PostgreSQL estimates them.';

create function box_facts() returns table (database_bytes bigint, server_version text, server_since timestamptz, migrations bigint, rates_on date)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform admin_or_refuse();
    return query
    select pg_database_size(current_database()), split_part(current_setting('server_version'), ' ', 1), pg_postmaster_start_time(),
           (select count(*) from _yoyo_migration), (select max(rate_date) from fx_rate);
end $$;
comment on function box_facts is 'How the database is, for an admin.';

create function job_lines() returns table (name text, started_at timestamptz, ended_at timestamptz, outcome text, detail text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    perform admin_or_refuse();
    return query
    select distinct on (j.name) j.name, j.started_at, j.ended_at, j.outcome, j.detail
    from job_run j order by j.name, j.started_at desc;
end $$;
comment on function job_lines is 'The last run of each job of the scheduler, for an admin.';

grant select on account_line, security_line, my_security_line, table_line to watch_app;

-- ── who is disabled shares and invites no more ─────────────────────────────────────────────
create or replace function share_link_open(p_token_hash bytea)
returns table (household_id uuid, kind text, watch_ids uuid[], collection_id uuid, show_values boolean, show_prices boolean,
               show_serials boolean, show_documents boolean, photos_only boolean, currency text, expires_at timestamptz,
               password_hash text)
language sql stable security definer set search_path = public, pg_temp as $$
    select l.household_id, l.kind, l.watch_ids, l.collection_id, l.show_values, l.show_prices,
           l.show_serials, l.show_documents, l.photos_only, l.currency, l.expires_at, l.password_hash
    from share_link l
    join membership m on m.household_id = l.household_id and m.user_id = l.created_by and m.role in ('owner', 'editor')
    join app_user u on u.user_id = m.user_id and u.disabled_at is null
    where l.token_hash = p_token_hash and l.revoked_at is null and (l.expires_at is null or l.expires_at > now())
$$;

create or replace function invitation_offer(p_token_hash bytea)
returns table (household_id uuid, household text, role text, inviter text, email text)
language sql stable security definer set search_path = public, pg_temp as $$
    select i.household_id, h.name, i.role, u.name, i.email::text
    from invitation i
    join household h using (household_id)
    join membership m on m.household_id = i.household_id and m.user_id = i.created_by and m.role = 'owner'
    join app_user u on u.user_id = i.created_by and u.disabled_at is null
    where i.token_hash = p_token_hash and i.used_at is null and i.revoked_at is null and i.expires_at > now()
$$;
