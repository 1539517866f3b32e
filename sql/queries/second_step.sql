-- name: second_step_is_on
select second_step_on(cast(:user_id as uuid));

-- name: second_step_state
-- Since when a code is asked for, and how many recovery codes are left; no row: off.
select coalesce(s.confirmed_at, s.started_at) as since,
       (select count(*) from recovery_code r where r.user_id = s.user_id and r.used_at is null) as codes_left
from second_step s
where s.user_id = :user_id and s.confirmed_at is not null;

-- name: second_step_setup
-- The secret that waits to be confirmed, for a quarter of an hour.
select secret from second_step
where user_id = :user_id and confirmed_at is null and started_at > now() - interval '15 minutes';

-- name: second_step_start
-- Begins anew with another secret; no row if it is on already.
insert into second_step (user_id, secret) values (:user_id, :secret)
on conflict (user_id) do update set secret = excluded.secret, started_at = now(), last_step = 0
where second_step.confirmed_at is null
returning user_id;

-- name: second_step_cancel
delete from second_step where user_id = :user_id and confirmed_at is null;

-- name: second_step_confirm
-- The secret is named, so that of two tabs only the one that shows it confirms it.
update second_step set confirmed_at = now(), last_step = cast(:step as bigint)
where user_id = :user_id and confirmed_at is null and secret = :secret and started_at > now() - interval '15 minutes';

-- name: second_step_secret
select secret from second_step where user_id = :user_id and confirmed_at is not null;

-- name: second_step_use
-- Uses the code of a half minute up: none of it or of any before it works again.
update second_step set last_step = cast(:step as bigint)
where user_id = :user_id and confirmed_at is not null and last_step < cast(:step as bigint);

-- name: second_step_off
delete from second_step where user_id = :user_id and confirmed_at is not null;

-- name: recovery_codes_forget
delete from recovery_code where user_id = :user_id;

-- name: recovery_codes_add
insert into recovery_code (user_id, code_hash)
select :user_id, code_hash from unnest(cast(:code_hashes as bytea[])) as code_hash;

-- name: recovery_code_use
-- It works once, and only while the second step is on.
update recovery_code set used_at = now()
where user_id = :user_id and code_hash = :code_hash and used_at is null and second_step_on(user_id);

-- name: half_sign_in_begin
insert into half_sign_in (browser_hash, user_id, invitation_hash)
values (:browser_hash, :user_id, cast(:invitation_hash as bytea))
on conflict (browser_hash) do update set
    user_id = excluded.user_id, invitation_hash = excluded.invitation_hash, expires_at = excluded.expires_at;

-- name: half_sign_in_find
select h.user_id, u.email::text as email, h.invitation_hash
from half_sign_in h join app_user u using (user_id)
where h.browser_hash = :browser_hash and h.expires_at > now() and u.disabled_at is null;

-- name: half_sign_in_end
-- Only that of this person: another may have begun in the same browser meanwhile.
delete from half_sign_in where browser_hash = :browser_hash and user_id = :user_id;

-- name: half_sign_in_end_all
delete from half_sign_in where user_id = :user_id;

-- name: purge_half_sign_ins
delete from half_sign_in where expires_at < now();
