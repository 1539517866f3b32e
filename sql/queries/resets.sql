-- name: reset_ask
-- Whom to write to about a new password; no row when nobody (who may sign in) has this address.
select user_id, name, email, language, number_format
from ask_for_reset(cast(cast(:email as text) as citext), cast(:token_hash as bytea));

-- name: reset_make
-- A link that an admin hands on. Returns the e-mail address of the person.
select make_reset(cast(:user_id as uuid), cast(:token_hash as bytea));

-- name: reset_offer
-- Whose password a link changes.
select user_id, email from reset_offer(cast(:token_hash as bytea));

-- name: reset_use
-- Sets the password; no row when the link is not good any more.
select user_id, name, email, language, number_format
from use_reset(cast(:token_hash as bytea), cast(:password_hash as text));

-- name: purge_resets
delete from password_reset where expires_at < now();
