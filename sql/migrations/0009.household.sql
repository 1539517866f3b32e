-- depends: 0008.rate_series
-- The people of a household: what each role may do, invitations, several households a person.

-- ── roles ──────────────────────────────────────────────────────────────────────────────────
create function may_write() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from membership
                   where household_id = current_household() and user_id = current_app_user()
                     and role in ('owner', 'editor'))
$$;
comment on function may_write is 'Whether who asks is an owner or an editor of the household they look at.';

create function owns_household() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from membership
                   where household_id = current_household() and user_id = current_app_user() and role = 'owner')
$$;
comment on function owns_household is 'Whether who asks is an owner of the household they look at.';

-- A policy that is merely false hides a row from update and delete: nothing would happen, and nobody be told.
create function writes_or_refuse() returns boolean language plpgsql stable as $$
begin
    if current_user = 'watch_app' and not may_write() then
        raise exception using errcode = 'WT001',
            message = 'You can look at this collection. Owners and editors can change it.';
    end if;
    return true;
end $$;
comment on function writes_or_refuse is 'True for owners and editors, and for maintenance; for a viewer a refusal with its sentence.';

create function owns_or_refuse() returns boolean language plpgsql stable as $$
begin
    if current_user = 'watch_app' and not owns_household() then
        raise exception using errcode = 'WT001', message = 'Only an owner of the household can do this.';
    end if;
    return true;
end $$;
comment on function owns_or_refuse is 'True for owners, and for maintenance; for others a refusal with its sentence.';

-- One policy a command, since one for all would hide rows from readers. (select …) is asked once a statement.
create procedure restrict_writes(tenant_table regclass, condition text) language plpgsql as $$
begin
    execute format('drop policy if exists may_insert on %s', tenant_table);
    execute format('drop policy if exists may_update on %s', tenant_table);
    execute format('drop policy if exists may_delete on %s', tenant_table);
    execute format('create policy may_insert on %s as restrictive for insert to watch_app with check (%s)', tenant_table, condition);
    execute format('create policy may_update on %s as restrictive for update to watch_app using (%s)', tenant_table, condition);
    execute format('create policy may_delete on %s as restrictive for delete to watch_app using (%s)', tenant_table, condition);
end $$;
comment on procedure restrict_writes is 'Rows of the table are written only where the condition holds; everybody in the household reads them.';

create procedure only_writers(tenant_table regclass) language plpgsql as $$
begin
    call restrict_writes(tenant_table, '(select writes_or_refuse())');
end $$;
comment on procedure only_writers is 'Viewers read the table and cannot change it. wall_in does this for every new table.';

create procedure only_owners(tenant_table regclass) language plpgsql as $$
begin
    call restrict_writes(tenant_table, '(select owns_or_refuse())');
end $$;
comment on procedure only_owners is 'Only owners change the table.';

create procedure only_own_rows(tenant_table regclass) language plpgsql as $$
begin
    call restrict_writes(tenant_table, 'user_id = (select current_app_user()) or current_user <> ''watch_app''');
end $$;
comment on procedure only_own_rows is 'Every member, a viewer too, changes the rows with their own user_id and no others.';

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
end $$;

do $$
declare walled regclass;
begin
    for walled in select c.oid from pg_class c join pg_policy p on p.polrelid = c.oid
                  where p.polname = 'household' and c.relnamespace = 'public'::regnamespace
                    and c.relname <> 'data_version' loop  -- that grows with a viewer's own searches too
        call only_writers(walled);
    end loop;
end $$;
call only_own_rows('saved_search');
call only_own_rows('default_search');
call only_owners('household');
revoke insert, update, delete on membership from watch_app;  -- only the functions under "members" write it


-- ── members ────────────────────────────────────────────────────────────────────────────────
alter table session
    add column chosen_household_id uuid,
    add constraint session_of_a_member foreign key (chosen_household_id, user_id)
        references membership on delete set null (chosen_household_id);
create index session_by_household on session (chosen_household_id, user_id) where chosen_household_id is not null;
comment on column session.chosen_household_id is 'The household this browser looks at; null: the first one its person joined.';
comment on constraint session_of_a_member on session is 'You are not a member of this household any more.';

alter table handoff
    add column chosen_household_id uuid,
    add constraint handoff_of_a_member foreign key (chosen_household_id, user_id)
        references membership on delete set null (chosen_household_id);
comment on column handoff.chosen_household_id is 'Where an invitation led; null: where the person was last.';
comment on constraint handoff_of_a_member on handoff is 'You are not a member of this household any more.';

drop function session_member(bytea);
create function session_member(p_token_hash bytea)
returns table (user_id uuid, household_id uuid, role text, name text, email text, is_admin boolean,
               currency text, time_zone text, household text, data_version bigint, households bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select u.user_id, m.household_id, m.role, u.name, u.email::text, u.is_admin,
           u.currency, u.time_zone, h.name, coalesce(v.version, 0), count(*) over ()
    from session s
    join app_user u using (user_id)
    join membership m using (user_id)
    join household h using (household_id)
    left join data_version v using (household_id)
    where s.token_hash = p_token_hash and s.revoked_at is null and s.expires_at > now()
    order by m.household_id is distinct from s.chosen_household_id, m.joined_at, m.household_id
    limit 1
$$;
comment on function session_member is
    'Who is behind a live session, in which household, the version of its data, and how many households they belong to.';

create function my_households() returns table (household_id uuid, name text, role text)
language sql stable security definer set search_path = public, pg_temp as $$
    select m.household_id, h.name, m.role
    from membership m
    join household h using (household_id)
    where m.user_id = current_app_user()
    order by search_fold(h.name), m.household_id
$$;
comment on function my_households is 'The households of who asks, across the wall.';

create table invitation (
    household_id  uuid not null constraint invitation_household_known references household on delete cascade,
    invitation_id uuid not null default gen_random_uuid(),
    token_hash    bytea not null constraint invitation_token_taken unique,
    role          text not null constraint invitation_role_known check (role in ('owner', 'editor', 'viewer')),
    email         citext constraint invitation_email_plausible
                  check (email ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' and length(email) <= 254),
    note          text constraint invitation_note_length check (length(note) <= 200),
    created_by    uuid not null,
    created_at    timestamptz not null default now(),
    expires_at    timestamptz not null default now() + interval '7 days',
    used_at       timestamptz,
    revoked_at    timestamptz,
    primary key (household_id, invitation_id),
    constraint invitation_by_a_member foreign key (household_id, created_by) references membership on delete cascade,
    constraint invitation_expires_soon check (expires_at <= created_at + interval '90 days')
);
create index invitation_of_inviter on invitation (household_id, created_by);
comment on table invitation is
    'Links that let one person join. token_hash: SHA-256 of the 256-bit code in the link. Void once its inviter is no owner any more.';
comment on column invitation.email is 'Whom it is for, to tell invitations apart and to fill in the form; whoever has the link may use it.';
comment on constraint invitation_household_known on invitation is 'This household is not here any more.';
comment on constraint invitation_token_taken on invitation is 'This link is already used for another invitation.';
comment on constraint invitation_role_known on invitation is 'A member is an owner, an editor or a viewer.';
comment on constraint invitation_email_plausible on invitation is 'Write an e-mail address like ana@example.com.';
comment on constraint invitation_note_length on invitation is 'A note has up to 200 characters.';
comment on constraint invitation_by_a_member on invitation is 'You are not a member of this household any more.';
comment on constraint invitation_expires_soon on invitation is 'An invitation is good for 90 days at most.';
call wall_in('invitation');
call only_owners('invitation');
create policy owners_read on invitation as restrictive for select to watch_app
    using ((select owns_household()) or current_user <> 'watch_app');

create function invitation_offer(p_token_hash bytea)
returns table (household_id uuid, household text, role text, inviter text, email text)
language sql stable security definer set search_path = public, pg_temp as $$
    select i.household_id, h.name, i.role, u.name, i.email::text
    from invitation i
    join household h using (household_id)
    join membership m on m.household_id = i.household_id and m.user_id = i.created_by and m.role = 'owner'
    join app_user u on u.user_id = i.created_by
    where i.token_hash = p_token_hash and i.used_at is null and i.revoked_at is null and i.expires_at > now()
$$;
comment on function invitation_offer is 'Who invites whom to what, for who has the link; no row for one that is unknown, used, expired or revoked.';

-- All that changes who belongs to a household waits here in turn, so that two owners cannot both go at once.
create procedure lock_members(p_household uuid) language plpgsql as $$
begin
    perform from household where household_id = p_household for no key update;
end $$;
comment on procedure lock_members is 'Membership of one household changes one after another.';

create procedure count_members_version(p_household uuid) language sql as $$
    insert into data_version (household_id) values (p_household)
    on conflict (household_id) do update set version = data_version.version + 1
$$;
comment on procedure count_members_version is 'What is cached about the members of the household is old from here on.';

create procedure keep_an_owner(p_household uuid, p_user uuid) language plpgsql as $$
begin
    if not exists (select from membership where household_id = p_household and role = 'owner' and user_id <> p_user) then
        raise exception using errcode = 'WT001',
            message = 'A household needs an owner. Make somebody else an owner first.';
    end if;
end $$;
comment on procedure keep_an_owner is 'Refuses when no owner but this one is left; after lock_members.';

create function accept_invitation(p_token_hash bytea, p_user uuid) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
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
comment on function accept_invitation is 'Makes a person a member by a link, which is used up. Returns the household; null: the link is not good.';

create function sign_up_invited(p_email citext, p_name text, p_password_hash text, p_currency text, p_token_hash bytea)
returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
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
comment on function sign_up_invited is
    'An account for who was invited, also while registration is closed; null: the link is not good.';

create function set_member_role(p_user uuid, p_role text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
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
comment on function set_member_role is 'Gives a member another role; false: there is no such member.';

create function hand_over_household(p_user uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if not set_member_role(p_user, 'owner') then
        return false;
    end if;
    return set_member_role(current_app_user(), 'editor');
end $$;
comment on function hand_over_household is 'Another member becomes owner, and who asks an editor; false: there is no such member.';

create function end_membership(p_user uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
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
comment on function end_membership is
    'A member leaves or is removed. Their watches stay, as the household''s; who belongs nowhere else gets an empty household.';

create function create_household(p_name text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
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
comment on function create_household is 'One more household, owned by who asks.';
