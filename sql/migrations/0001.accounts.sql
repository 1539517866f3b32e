-- Who uses the box: households, people, their sessions; and the wall between households.

create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists citext;

-- The app works as watch_app, which owns nothing: it cannot alter a table or lift a policy.
do $$
begin
    if not exists (select from pg_roles where rolname = 'watch_app') then
        create role watch_app nologin;
    end if;
exception when duplicate_object or unique_violation then null;  -- another database of this cluster was faster
end $$;
do $$
begin
    execute format('grant watch_app to %I', current_user);
    execute format('grant usage on schema public to watch_app');
end $$;

create function current_household() returns uuid language sql stable parallel safe
return nullif(current_setting('app.household_id', true), '')::uuid;
comment on function current_household is 'The household on whose behalf this transaction runs; null for none.';

create function current_app_user() returns uuid language sql stable parallel safe
return nullif(current_setting('app.user_id', true), '')::uuid;
comment on function current_app_user is 'The person on whose behalf this transaction runs; null for none.';

create procedure wall_in(tenant_table regclass) language plpgsql as $$
begin
    execute format('alter table %s enable row level security', tenant_table);
    execute format('alter table %s force row level security', tenant_table);
    execute format('create policy household on %s to watch_app
                    using (household_id = (select current_household()))
                    with check (household_id = (select current_household()))', tenant_table);
    execute format('create policy maintenance on %s to %I using (true) with check (true)', tenant_table, current_user);
    execute format('grant select, insert, update, delete on %s to watch_app', tenant_table);
end $$;
comment on procedure wall_in is 'Rows of another household do not exist for watch_app; the owner (migrations, nightly work) sees all.';

create table household (
    household_id uuid primary key default gen_random_uuid(),
    name         text not null constraint household_name_given check (length(btrim(name)) between 1 and 100),
    created_at   timestamptz not null default now()
);
comment on table household is 'The tenant: people who share one collection.';
comment on constraint household_name_given on household is 'Give the household a name of up to 100 characters.';
call wall_in('household');

create table app_user (
    user_id         uuid primary key default gen_random_uuid(),
    email           citext not null constraint user_email_taken unique
                    constraint user_email_plausible check (email ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' and length(email) <= 254),
    name            text not null constraint user_name_given check (length(btrim(name)) between 1 and 100),
    password_hash   text not null,
    is_admin        boolean not null default false,
    currency        text not null default 'EUR' constraint user_currency_known check (currency ~ '^[A-Z]{3}$'),
    time_zone       text,
    created_at      timestamptz not null default now()
);
comment on table app_user is 'A person who can sign in. currency: the one they read amounts in (ISO 4217).';
comment on column app_user.time_zone is 'IANA name; null: as the browser says.';
comment on constraint user_email_taken on app_user is 'An account with this e-mail address is already here.';
comment on constraint user_email_plausible on app_user is 'Write an e-mail address like ana@example.com.';
comment on constraint user_name_given on app_user is 'Write a name of up to 100 characters.';
comment on constraint user_currency_known on app_user is 'Choose a currency from the list.';
grant select, insert, update on app_user to watch_app;

create table membership (
    household_id uuid not null constraint membership_household_known references household on delete cascade,
    user_id      uuid not null constraint membership_user_known references app_user on delete cascade,
    role         text not null constraint membership_role_known check (role in ('owner', 'editor', 'viewer')),
    joined_at    timestamptz not null default now(),
    primary key (household_id, user_id)
);
create index membership_of_user on membership (user_id);
comment on table membership is 'Who belongs to which household, and what they may do there.';
comment on constraint membership_household_known on membership is 'This household is not here any more.';
comment on constraint membership_user_known on membership is 'This person has no account any more.';
comment on constraint membership_role_known on membership is 'A member is an owner, an editor or a viewer.';
call wall_in('membership');

create table session (
    token_hash   bytea primary key,
    user_id      uuid not null constraint session_user_known references app_user on delete cascade,
    created_at   timestamptz not null default now(),
    seen_at      timestamptz not null default now(),
    expires_at   timestamptz not null,
    revoked_at   timestamptz,
    client       text not null default ''
);
create index session_of_user on session (user_id);
comment on table session is 'A signed-in browser. token_hash: SHA-256 of the 256-bit token in its cookie.';
comment on constraint session_user_known on session is 'This person has no account any more.';
grant select, insert, update, delete on session to watch_app;

create table handoff (
    code_hash  bytea primary key,
    user_id    uuid not null constraint handoff_user_known references app_user on delete cascade,
    next_path  text not null,
    expires_at timestamptz not null
);
comment on table handoff is 'One-time codes that turn a right password into a session cookie; each lives 30 seconds.';
comment on constraint handoff_user_known on handoff is 'This person has no account any more.';
grant select, insert, delete on handoff to watch_app;

create table sign_in_failure (
    attempt_id uuid not null,
    subject    citext not null,
    failed_at  timestamptz not null default clock_timestamp(),
    primary key (attempt_id, subject)
);
create index sign_in_failure_of_subject on sign_in_failure (subject, failed_at);
comment on table sign_in_failure is
    'Sign-ins that failed or are under way. subject: an e-mail address, or the network address it was tried from.';
grant select, insert, update, delete on sign_in_failure to watch_app;

create table sign_in_lock (
    subject      citext primary key,
    level        integer not null,
    locked_until timestamptz not null
);
comment on table sign_in_lock is
    'Doors closed after five wrong passwords, for 1, 5, 15, then 60 minutes; a quiet day after one, it starts at 1 again.';
grant select, insert, update, delete on sign_in_lock to watch_app;

-- Five failures within 15 minutes close the door for that subject. Returns until when, or null.
create function lock_when_full(p_subjects citext[]) returns timestamptz language plpgsql as $$
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
comment on function lock_when_full is 'Closes the door for those of the subjects that failed five times in 15 minutes.';

-- An attempt counts as failed from its start until it is forgiven, so that a hundred guesses at the
-- same moment are five guesses. Returns until when the door is closed; null: go on.
create function begin_sign_in(p_attempt_id uuid, p_email citext, p_address citext)
returns timestamptz language plpgsql as $$
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
comment on function begin_sign_in is 'Notes an attempt to sign in, or says until when none is allowed.';

create table security_event (
    event_id    bigint generated always as identity primary key,
    happened_at timestamptz not null default now(),
    kind        text not null,
    user_id     uuid,
    email       citext,
    address     text not null default '',
    client      text not null default '',
    detail      text not null default ''
);
create index security_event_by_time on security_event (happened_at desc);
comment on table security_event is 'The security log: sign-ins, failures, locks, password changes. Only ever added to.';
grant select, insert on security_event to watch_app;

create table instance_setting (
    name  text primary key,
    value text not null
);
comment on table instance_setting is 'Choices for the whole box, e.g. registration = open | closed.';
grant select, insert, update on instance_setting to watch_app;

create table data_version (
    household_id uuid primary key constraint data_version_household_known references household on delete cascade,
    version      bigint not null default 1
);
comment on table data_version is 'Grows with every write to a household''s data; cached reads are keyed by it.';
comment on constraint data_version_household_known on data_version is 'This household is not here any more.';
call wall_in('data_version');

create function bump_data_version() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        insert into data_version (household_id) select distinct household_id from gone order by 1
        on conflict (household_id) do update set version = data_version.version + 1;
    else
        insert into data_version (household_id) select distinct household_id from fresh order by 1
        on conflict (household_id) do update set version = data_version.version + 1;
    end if;
    return null;
end $$;

-- Triggers fire by name: the version row comes first, so that writers of one household queue there and cannot
-- block each other crosswise further on.
create procedure count_versions(tenant_table regclass) language plpgsql as $$
begin
    execute format('create trigger a_version_after_insert after insert on %s referencing new table as fresh
                    for each statement execute function bump_data_version()', tenant_table);
    execute format('create trigger a_version_after_update after update on %s referencing new table as fresh
                    for each statement execute function bump_data_version()', tenant_table);
    execute format('create trigger a_version_after_delete after delete on %s referencing old table as gone
                    for each statement execute function bump_data_version()', tenant_table);
end $$;
comment on procedure count_versions is 'Every statement that writes to the table moves data_version on, in the same transaction.';

-- Before anybody is known, a session is looked up by its token; this reads across the wall and
-- gives away nothing but the one row that the token's hash names.
create function session_member(p_token_hash bytea)
returns table (user_id uuid, household_id uuid, role text, name text, email text, is_admin boolean,
               currency text, time_zone text, household text, data_version bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select u.user_id, m.household_id, m.role, u.name, u.email::text, u.is_admin,
           u.currency, u.time_zone, h.name, coalesce(v.version, 0)
    from session s
    join app_user u using (user_id)
    join membership m using (user_id)
    join household h using (household_id)
    left join data_version v using (household_id)
    where s.token_hash = p_token_hash and s.revoked_at is null and s.expires_at > now()
    order by m.joined_at
    limit 1
$$;
comment on function session_member is 'Who is behind a live session, and the version of their household''s data.';

-- Sign-up makes a person, a household and the membership in one go. The first account ever becomes
-- admin; the lock makes sure that of several first ones only one does.
create function sign_up(p_email citext, p_name text, p_password_hash text, p_household text, p_currency text)
returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
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

create function registration_open() returns boolean language sql stable security definer set search_path = public, pg_temp
begin atomic
    select coalesce((select value = 'open' from instance_setting where name = 'registration'),
                    not exists (select from app_user));
end;
comment on function registration_open is 'Until set otherwise: open for the first account, closed after it.';
