-- depends: 0011.people 0012.private_watches 0013.sign_in
-- Notices, how each member wants them, the calendar of due dates, and what the scheduler ran.

alter table watch add column warranty_until date
    constraint watch_warranty_plausible check (warranty_until between '1900-01-01' and '2200-12-31');
create index watch_by_warranty on watch (household_id, warranty_until) where warranty_until is not null and deleted_at is null;
create index watch_by_valued on watch (household_id, valued_on) where valued_on is not null and deleted_at is null;
comment on column watch.warranty_until is 'The last day of its warranty.';
comment on constraint watch_warranty_plausible on watch is 'Check the year of the end of the warranty.';

-- ── how a member wants them ────────────────────────────────────────────────────────────────
create table notice_setting (
    household_id  uuid not null,
    user_id       uuid not null,
    kinds         text[] not null default '{service_due,value_stale,target_reached,price_change,warranty_ending,invitation,new_sign_in}'
                  constraint notice_setting_kinds_known check (kinds <@ array['service_due', 'value_stale', 'target_reached',
                      'price_change', 'warranty_ending', 'invitation', 'new_sign_in']),
    lead_days     integer not null default 14 constraint notice_setting_lead_plausible check (lead_days between 0 and 365),
    price_percent integer not null default 10 constraint notice_setting_percent_plausible check (price_percent between 1 and 500),
    by_mail       boolean not null default false,
    push_url      bytea,
    push_service  text constraint notice_setting_service_length check (length(push_service) <= 20),
    rhythm        text not null default 'at_once' constraint notice_setting_rhythm_known
                  check (rhythm in ('at_once', 'daily', 'weekly')),
    quiet_from    time,
    quiet_until   time,
    version       integer not null default 1,
    primary key (household_id, user_id),
    constraint notice_setting_of_a_member foreign key (household_id, user_id)
        references membership on delete cascade on update cascade,
    constraint notice_setting_quiet_whole check ((quiet_from is null) = (quiet_until is null) and quiet_from <> quiet_until),
    constraint notice_setting_push_named check ((push_url is null) = (push_service is null))
);
comment on table notice_setting is
    'Which notices a member wants, and by what ways beside the app. Every member has a row. Quiet hours are in their time zone.';
comment on column notice_setting.price_percent is 'By how much a price must change to be told, in percent.';
comment on column notice_setting.push_url is 'Where Apprise sends to: a secret, encrypted (data/vault.py). push_service is what may be shown of it.';
comment on constraint notice_setting_kinds_known on notice_setting is 'Choose kinds of notices from the list.';
comment on constraint notice_setting_lead_plausible on notice_setting is 'Notices come up to 365 days before.';
comment on constraint notice_setting_percent_plausible on notice_setting is 'A price change is told from 1% to 500%.';
comment on constraint notice_setting_service_length on notice_setting is 'This address can''t be used.';
comment on constraint notice_setting_rhythm_known on notice_setting is 'Choose at once, daily or weekly.';
comment on constraint notice_setting_of_a_member on notice_setting is 'You are not a member of this household any more.';
comment on constraint notice_setting_quiet_whole on notice_setting is 'Quiet hours need a beginning and another end.';
comment on constraint notice_setting_push_named on notice_setting is 'This address can''t be used.';
call wall_in('notice_setting');
call only_own_rows('notice_setting');
create policy own_read on notice_setting as restrictive for select to watch_app
    using (user_id = (select current_app_user()) or current_user <> 'watch_app');

create function set_up_notices() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into notice_setting (household_id, user_id) values (new.household_id, new.user_id) on conflict do nothing;
    return null;
end $$;
comment on function set_up_notices is 'Whoever joins a household gets notices as they are set at first.';
create trigger set_up_notices after insert on membership
    for each row execute function set_up_notices();
insert into notice_setting (household_id, user_id) select household_id, user_id from membership;

-- ── notices ────────────────────────────────────────────────────────────────────────────────
create table notice (
    household_id uuid not null,
    notice_id    uuid not null default gen_random_uuid(),
    user_id      uuid not null,
    kind         text not null constraint notice_kind_known check (kind in ('service_due', 'value_stale', 'target_reached',
                     'price_change', 'warranty_ending', 'invitation', 'new_sign_in')),
    watch_id     uuid,
    dedupe_key   text not null,
    due_on       date,
    facts        jsonb not null default '{}',
    made_at      timestamptz not null default clock_timestamp(),
    read_at      timestamptz,
    to_mail      boolean not null default false,
    to_push      boolean not null default false,
    mailed_at    timestamptz,
    pushed_at    timestamptz,
    primary key (household_id, notice_id),
    constraint notice_once unique (user_id, dedupe_key),
    constraint notice_for_a_member foreign key (household_id, user_id) references membership on delete cascade,
    constraint notice_watch_known foreign key (household_id, watch_id) references watch on delete cascade
);
create index notice_of_member on notice (household_id, user_id, made_at desc, notice_id);
create index notice_unread on notice (household_id, user_id) where read_at is null;
create index notice_to_send on notice (household_id, user_id) where to_mail or to_push;
create index notice_of_watch on notice (household_id, watch_id) where watch_id is not null;
comment on table notice is
    'What a member was told. dedupe_key: what it is about; a person is told each once. facts: what its words need, never an amount.';
comment on column notice.to_mail is 'It waits to be sent. Taken back before it is sent, so that after a crash it is not sent twice.';
comment on constraint notice_kind_known on notice is 'Choose kinds of notices from the list.';
comment on constraint notice_once on notice is 'This was told already.';
comment on constraint notice_for_a_member on notice is 'You are not a member of this household any more.';
comment on constraint notice_watch_known on notice is 'This watch is not here any more.';
call wall_in('notice');
call only_own_rows('notice');
create policy own_read on notice as restrictive for select to watch_app
    using (user_id = (select current_app_user()) or current_user <> 'watch_app');

create function seen_network(p_address text) returns text language plpgsql immutable as $$
begin
    return network(set_masklen(p_address::inet, case family(p_address::inet) when 4 then 24 else 64 end));
exception when others then
    return p_address;
end $$;
comment on function seen_network is 'The network of an address, as far as a new sign-in goes: /24 of IPv4, /64 of IPv6.';

create index invitation_by_email on invitation (email) where used_at is null and revoked_at is null;

create function my_invitations()
returns table (invitation_id uuid, household text, inviter text, role text, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select i.invitation_id, h.name, u.name, i.role, i.expires_at
    from app_user me
    join invitation i on i.email = me.email
    join household h using (household_id)
    join membership m on m.household_id = i.household_id and m.user_id = i.created_by and m.role = 'owner'
    join app_user u on u.user_id = i.created_by and u.disabled_at is null
    where me.user_id = current_app_user() and i.used_at is null and i.revoked_at is null and i.expires_at > now()
      and not exists (select from membership mine where mine.household_id = i.household_id and mine.user_id = me.user_id)
$$;
comment on function my_invitations is 'Open invitations to the e-mail address of who asks, across the wall; their links are known to nobody here.';

-- ── the calendar ───────────────────────────────────────────────────────────────────────────
create table calendar_feed (
    household_id uuid not null,
    user_id      uuid not null,
    token_hash   bytea not null constraint calendar_feed_token_plausible check (length(token_hash) = 32)
                 constraint calendar_feed_token_taken unique,
    made_at      timestamptz not null default now(),
    primary key (household_id, user_id),
    constraint calendar_feed_of_a_member foreign key (household_id, user_id) references membership on delete cascade
);
comment on table calendar_feed is
    'The address of a member''s calendar of due dates. token_hash: SHA-256 of the 256-bit code in it.';
comment on constraint calendar_feed_token_plausible on calendar_feed is 'This link could not be made.';
comment on constraint calendar_feed_token_taken on calendar_feed is 'This link could not be made. Try again.';
comment on constraint calendar_feed_of_a_member on calendar_feed is 'You are not a member of this household any more.';
call wall_in('calendar_feed');
call only_own_rows('calendar_feed');
create policy own_read on calendar_feed as restrictive for select to watch_app
    using (user_id = (select current_app_user()) or current_user <> 'watch_app');

create function calendar_open(p_token_hash bytea)
returns table (household_id uuid, user_id uuid, household text, language text, number_format text, time_zone text)
language sql stable security definer set search_path = public, pg_temp as $$
    select f.household_id, f.user_id, h.name, u.language, u.number_format, u.time_zone
    from calendar_feed f
    join app_user u using (user_id)
    join household h using (household_id)
    where f.token_hash = p_token_hash and u.disabled_at is null
$$;
comment on function calendar_open is 'Whose calendar an address leads to; no row for one that is unknown, switched off, or of a disabled account.';

-- ── what the scheduler ran ─────────────────────────────────────────────────────────────────
create table job_run (
    run_id     bigint generated always as identity primary key,
    name       text not null,
    started_at timestamptz not null,
    ended_at   timestamptz,
    outcome    text constraint job_run_outcome_known check (outcome in ('done', 'failed', 'interrupted')),
    detail     text not null default '',
    constraint job_run_ended check ((ended_at is null) = (outcome is null))
);
create index job_run_of_name on job_run (name, started_at desc);
comment on table job_run is
    'What runs beside the pages and how it went; kept for a week. Without an outcome: it runs now. interrupted: its process ended meanwhile.';
comment on constraint job_run_outcome_known on job_run is 'A job is done, failed or interrupted.';
comment on constraint job_run_ended on job_run is 'A job that has ended has an outcome.';
