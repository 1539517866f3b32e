-- name: member_list
-- Who belongs to this household, by name.
select u.user_id, u.name
from membership m
join app_user u on u.user_id = m.user_id
where m.household_id = :household_id
order by search_fold(u.name), u.user_id;

-- name: member_details
-- Who belongs to this household, what they may do there and since when: owners first, then by name.
select u.user_id, u.name, u.email::text as email, m.role, m.joined_at
from membership m
join app_user u on u.user_id = m.user_id
where m.household_id = :household_id
order by array_position(array['owner', 'editor', 'viewer'], m.role), search_fold(u.name), u.user_id;

-- name: member_set_role
-- False: there is no such member.
select set_member_role(cast(:user_id as uuid), cast(:role as text));

-- name: member_hand_over
select hand_over_household(cast(:user_id as uuid));

-- name: member_end
select end_membership(cast(:user_id as uuid));

-- name: invitation_add
insert into invitation (household_id, token_hash, role, email, note, created_by)
values (:household_id, :token_hash, :role, cast(cast(:email as text) as citext), :note, :user_id);

-- name: invitation_list
-- Those that still open the door, the newest first.
select i.invitation_id, i.role, i.email::text as email, i.note, i.created_at, i.expires_at, u.name as inviter
from invitation i
join membership m on m.household_id = i.household_id and m.user_id = i.created_by and m.role = 'owner'
join app_user u on u.user_id = i.created_by
where i.household_id = :household_id and i.used_at is null and i.revoked_at is null and i.expires_at > now()
order by i.created_at desc, i.invitation_id;

-- name: invitation_revoke
-- No row: it is used, revoked or expired already.
update invitation set revoked_at = now()
where household_id = :household_id and invitation_id = :invitation_id
  and used_at is null and revoked_at is null and expires_at > now()
returning invitation_id;

-- name: invitation_offer
-- Who invites to what; no row for a link that is not good. Reads across the wall: nobody is known yet.
select household_id, household, role, inviter, email from invitation_offer(:token_hash);

-- name: invitation_accept
-- The household that was joined; null: the link is not good.
select accept_invitation(:token_hash, cast(:user_id as uuid));

-- name: invitation_sign_up
-- A person and their membership, also while registration is closed; null: the link is not good.
select sign_up_invited(cast(cast(:email as text) as citext), cast(:full_name as text), cast(:password_hash as text),
                       cast(:currency as text), :token_hash);

-- name: household_list
-- The households of who asks.
select household_id, name, role from my_households();

-- name: household_of_watch
-- In which household of who asks a watch is that they may see there.
select household_id, name, role from my_household_of_watch(cast(:watch_id as uuid));

-- name: household_add
select create_household(cast(:household_name as text));

-- name: household_choose
-- This browser looks at another household from now on; the key refuses one its person does not belong to.
update session set chosen_household_id = :household_id
where token_hash = :token_hash and user_id = :user_id and revoked_at is null;
