-- depends: 0011.people 0012.private_watches
-- A new password for who forgot theirs, where a browser signed in, limits that several processes share.

-- ── where a browser signed in ──────────────────────────────────────────────────────────────
alter table session add column address text not null default '';
comment on column session.address is 'From which network address it signed in; empty for sessions older than this column.';

-- ── a new password by a link ───────────────────────────────────────────────────────────────
create table password_reset (
    token_hash bytea primary key constraint password_reset_token_plausible check (length(token_hash) = 32),
    user_id    uuid not null constraint password_reset_user_known references app_user on delete cascade,
    made_by    uuid constraint password_reset_maker_known references app_user on delete cascade,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    constraint password_reset_expires_soon check (expires_at <= created_at + interval '24 hours')
);
create index password_reset_of_user on password_reset (user_id, created_at desc);
create index password_reset_of_maker on password_reset (made_by) where made_by is not null;
comment on table password_reset is
    'Links that let one person choose a new password, once. token_hash: SHA-256 of the 256-bit code in the link. Any new password ends them.';
comment on column password_reset.made_by is 'The admin who made the link; null: it was asked for by mail.';
comment on constraint password_reset_token_plausible on password_reset is 'This link could not be made.';
comment on constraint password_reset_user_known on password_reset is 'This person has no account any more.';
comment on constraint password_reset_maker_known on password_reset is 'This admin has no account any more.';
comment on constraint password_reset_expires_soon on password_reset is 'A link for a new password is good for 24 hours at most.';

create function end_resets() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from password_reset where user_id = new.user_id;
    return null;
end $$;
comment on function end_resets is 'A new password ends every link for another one.';
create trigger end_resets after update of password_hash on app_user
    for each row when (new.password_hash is distinct from old.password_hash) execute function end_resets();

-- Of links that were asked for, the newest three stay good: a mail may be late, and be asked for again.
create function ask_for_reset(p_email citext, p_token_hash bytea)
returns table (user_id uuid, name text, email text, language text, number_format text)
language plpgsql security definer set search_path = public, pg_temp as $$
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
comment on function ask_for_reset is 'Stores a link for whose account this is, good for an hour; no row: nobody''s, or a disabled one.';

create function make_reset(p_user uuid, p_token_hash bytea) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
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
comment on function make_reset is
    'Stores a link that an admin hands on, good for 24 hours; the one before it ends. Returns the e-mail address; null: there is no such person.';

create function reset_offer(p_token_hash bytea) returns table (user_id uuid, email text)
language sql stable security definer set search_path = public, pg_temp as $$
    select u.user_id, u.email::text from password_reset r join app_user u using (user_id)
    where r.token_hash = p_token_hash and r.expires_at > now() and u.disabled_at is null
      and (r.made_by is null
           or exists (select from app_user maker where maker.user_id = r.made_by and maker.is_admin and maker.disabled_at is null))
$$;
comment on function reset_offer is 'Whose password a link changes; no row for one that is unknown, used or late, of a disabled account, or made by who is no admin any more.';

create function use_reset(p_token_hash bytea, p_password_hash text)
returns table (user_id uuid, name text, email text, language text, number_format text)
language plpgsql security definer set search_path = public, pg_temp as $$
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
comment on function use_reset is
    'Sets the password, ends every session, connected identity and calendar link of the person and forgives their locks; the link is used up. No row: it is not good.';

-- ── a watch of another household ───────────────────────────────────────────────────────────
create function my_household_of_watch(p_watch uuid) returns table (household_id uuid, name text, role text)
language sql stable security definer set search_path = public, pg_temp as $$
    select w.household_id, h.name, m.role
    from watch w
    join membership m on m.household_id = w.household_id and m.user_id = current_app_user()
    join household h on h.household_id = w.household_id
    where w.watch_id = p_watch and (not w.is_private or w.owner_id = current_app_user())
    order by m.joined_at, w.household_id
    limit 1
$$;
comment on function my_household_of_watch is
    'In which household of who asks a watch is that they may see there; no row for any other watch. Reads across the wall.';

-- ── how often something was tried ──────────────────────────────────────────────────────────
create unlogged table rate_limit_hit (
    hit_id  bigint generated always as identity primary key,
    subject bytea not null,
    hit_at  timestamptz not null default clock_timestamp()
);
create index rate_limit_hit_of_subject on rate_limit_hit (subject, hit_at);
create index rate_limit_hit_by_time on rate_limit_hit (hit_at);
comment on table rate_limit_hit is
    'Attempts, where RATE_LIMIT_STORAGE says that they are counted here and not in memory. subject: SHA-256 of what was tried by whom.';
grant select, insert, delete on rate_limit_hit to watch_app;

create function rate_limit_take(p_subject bytea, p_most integer, p_seconds integer) returns boolean
language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('rate limit ' || encode(p_subject, 'hex'), 0));
    if (select count(*) from rate_limit_hit
        where subject = p_subject and hit_at > clock_timestamp() - make_interval(secs => p_seconds)) >= p_most then
        return false;
    end if;
    insert into rate_limit_hit (subject) values (p_subject);
    return true;
end $$;
comment on function rate_limit_take is 'Counts an attempt of a subject; false: there were too many in that time, and it is not counted.';
