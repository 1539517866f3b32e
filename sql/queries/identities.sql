-- name: oidc_visit_add
insert into oidc_visit (state_hash, nonce, verifier, return_url, next_path, user_id, invitation_hash)
values (:state_hash, :nonce, :verifier, :return_url, :next_path, cast(:user_id as uuid), cast(:invitation_hash as bytea));

-- name: oidc_visit_take
-- Takes the visit out: its state works once. A late one goes too, but gives nothing.
with taken as (
    delete from oidc_visit where state_hash = :state_hash
    returning nonce, verifier, return_url, next_path, user_id, invitation_hash, expires_at
)
select nonce, verifier, return_url, next_path, user_id, invitation_hash from taken where expires_at > now();

-- name: purge_oidc_visits
delete from oidc_visit where expires_at < now();

-- name: identity_user
select i.user_id, u.email::text as email
from identity i join app_user u using (user_id)
where i.issuer = :issuer and i.subject = :subject and u.disabled_at is null;

-- name: identity_is_known
select exists (select from identity where issuer = :issuer and subject = :subject);

-- name: identity_of_member
select email, linked_at from identity where user_id = :user_id and issuer = :issuer;

-- name: identity_add
insert into identity (issuer, subject, user_id, email)
values (:issuer, :subject, :user_id, :email);

-- name: identity_remove
delete from identity where user_id = :user_id and issuer = :issuer;
