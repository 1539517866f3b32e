-- name: session_member
-- Who is behind a live session. Reads across the wall, since nobody is known yet.
select user_id, household_id, role, name, email, is_admin, currency, time_zone, household, data_version, households,
       language, number_format, theme
from session_member(:token_hash);

-- name: session_seen
-- Notes that a session is in use; at most once in five minutes.
update session set seen_at = now()
where token_hash = :token_hash and revoked_at is null and seen_at < now() - interval '5 minutes';

-- name: account_exists
-- Whether anybody has an account on this box.
select exists (select from app_user);

-- name: registration_open
select registration_open();

-- name: registration_set
select set_registration(cast(:is_open as boolean));

-- name: sign_up
-- A person, a household and the membership; the first person ever becomes admin.
select sign_up(cast(cast(:email as text) as citext), cast(:full_name as text), cast(:password_hash as text),
               cast(:household as text), cast(:currency as text));

-- name: credentials_by_email
select user_id, password_hash, disabled_at is not null as is_disabled from app_user where email = cast(cast(:email as text) as citext);

-- name: credentials_by_user
select user_id, password_hash, disabled_at is not null as is_disabled from app_user where user_id = :user_id;

-- name: email_of_user
select email::text from app_user where user_id = :user_id;

-- name: begin_sign_in
-- Until when no attempt is allowed; null: the attempt is noted, go on.
select begin_sign_in(cast(:attempt_id as uuid), cast(cast(:email as text) as citext), cast(cast(:address as text) as citext));

-- name: lock_when_full
-- Until when the door is now closed; null: there are attempts left.
select lock_when_full(array[cast(cast(:email as text) as citext), cast(cast(:address as text) as citext)]);

-- name: forgive_sign_in
-- A right password takes back this attempt, and what failed before for the same account.
delete from sign_in_failure
where attempt_id = cast(:attempt_id as uuid) or subject = cast(cast(:email as text) as citext);

-- name: forget_lock
delete from sign_in_lock where subject = cast(cast(:email as text) as citext);

-- name: security_event_add
insert into security_event (kind, user_id, email, address, client, detail)
values (:kind, :user_id, cast(cast(:email as text) as citext), :address, :client, :detail);

-- name: handoff_add
-- No row for an account whose second step was not taken: nobody can be signed in without it.
insert into handoff (code_hash, user_id, next_path, chosen_household_id, expires_at)
select :code_hash, :user_id, :next_path, cast(:household_id as uuid), now() + interval '30 seconds'
where cast(:passed as boolean) or not second_step_on(cast(:user_id as uuid));

-- name: handoff_redeem
-- Takes the code out: it works once. An expired one goes too, but gives nothing.
with taken as (
    delete from handoff where code_hash = :code_hash returning user_id, next_path, chosen_household_id, expires_at
)
select user_id, next_path, chosen_household_id as household_id from taken where expires_at > now();

-- name: session_add
-- Without a household named, the browser looks at the one its person looked at last.
insert into session (token_hash, user_id, expires_at, client, address, chosen_household_id)
values (:token_hash, :user_id, now() + interval '30 days', :client, :address,
        coalesce(cast(:household_id as uuid),
                 (select chosen_household_id from session where user_id = :user_id order by seen_at desc limit 1)));

-- name: session_revoke
-- Ends one session; returns whose it was, or no row if it had ended before.
update session set revoked_at = now()
where token_hash = :token_hash and revoked_at is null and expires_at > now()
returning user_id;

-- name: session_end_one
-- Ends a session of this person, and of nobody else.
update session set revoked_at = now()
where token_hash = :token_hash and user_id = :user_id and revoked_at is null and expires_at > now();

-- name: session_revoke_others
-- Ends every session of a person but the one at hand.
update session set revoked_at = now()
where user_id = :user_id and token_hash <> :token_hash and revoked_at is null;

-- name: handoff_revoke
-- Codes that are under way go with the sessions.
delete from handoff where user_id = :user_id;

-- name: session_list
-- The live sessions of a person, the latest used first.
select token_hash, client, address, created_at, seen_at
from session
where user_id = :user_id and revoked_at is null and expires_at > now()
order by seen_at desc, created_at desc, token_hash;

-- name: password_set
update app_user set password_hash = :password_hash where user_id = :user_id;

-- name: profile_set
update app_user
set name = :name, currency = :currency, time_zone = :time_zone,
    language = :language, number_format = :number_format, theme = :theme
where user_id = :user_id;

-- name: household_rename
update household set name = :household_name where household_id = :household_id;

-- name: purge_sessions
delete from session where expires_at < now() or revoked_at < now() - interval '30 days';

-- name: purge_handoffs
delete from handoff where expires_at < now();

-- name: purge_failures
delete from sign_in_failure where failed_at < now() - interval '1 day';

-- name: purge_locks
delete from sign_in_lock where locked_until < now() - interval '1 day';
