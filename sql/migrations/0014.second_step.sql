-- depends: 0011.people
-- What is asked for after the password, and who else may say who somebody is.

-- ── the second step ────────────────────────────────────────────────────────────────────────
create table second_step (
    user_id      uuid primary key constraint second_step_user_known references app_user on delete cascade,
    secret       bytea not null,
    started_at   timestamptz not null default now(),
    confirmed_at timestamptz,
    last_step    bigint not null default 0
);
comment on table second_step is 'Accounts that ask for a code of an authenticator app (TOTP) after the password.';
comment on column second_step.secret is 'What the app on the phone shares with us, encrypted; the key is not in the database.';
comment on column second_step.confirmed_at is 'Since when it is asked for; null: being set up, nothing is asked yet.';
comment on column second_step.last_step is 'Which half minute since 1970 the newest code was of; a code works once, and none before it.';
comment on constraint second_step_user_known on second_step is 'This person has no account any more.';
grant select, insert, update, delete on second_step to watch_app;

create table recovery_code (
    user_id   uuid not null constraint recovery_code_of_second_step references second_step on delete cascade,
    code_hash bytea not null,
    used_at   timestamptz,
    primary key (user_id, code_hash)
);
comment on table recovery_code is 'Codes to write down, each for one sign-in without the phone. code_hash: SHA-256 of 80 random bits.';
comment on constraint recovery_code_of_second_step on recovery_code is 'Two-step sign-in is off for this account.';
grant select, insert, update, delete on recovery_code to watch_app;

create table half_sign_in (
    browser_hash    bytea primary key,
    user_id         uuid not null constraint half_sign_in_user_known references app_user on delete cascade,
    invitation_hash bytea,
    expires_at      timestamptz not null default now() + interval '5 minutes'
);
create index half_sign_in_of_user on half_sign_in (user_id);
comment on table half_sign_in is
    'Browsers from which the right password came and the code is awaited; nobody is signed in by it. browser_hash: of their cookie.';
comment on column half_sign_in.invitation_hash is 'Of the invitation that is accepted once the code is right; null for none.';
comment on constraint half_sign_in_user_known on half_sign_in is 'This person has no account any more.';
grant select, insert, update, delete on half_sign_in to watch_app;

create function end_half_sign_ins() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from half_sign_in where user_id = new.user_id;
    return null;
end $$;
comment on function end_half_sign_ins is 'Who typed the old password and owes a code begins again with the new one.';
create trigger half_sign_ins_end after update of password_hash on app_user
    for each row execute function end_half_sign_ins();

create function second_step_on(p_user uuid) returns boolean language sql stable
return exists (select from second_step where user_id = p_user and confirmed_at is not null);
comment on function second_step_on is 'Whether this account asks for a code after the password.';

-- ── OpenID Connect ─────────────────────────────────────────────────────────────────────────
create table identity (
    issuer    text not null,
    subject   text not null,
    user_id   uuid not null constraint identity_user_known references app_user on delete cascade,
    email     text not null,
    linked_at timestamptz not null default now(),
    primary key (issuer, subject),
    constraint identity_plausible check (length(issuer) <= 500 and length(subject) between 1 and 255
                                         and length(email) <= 254),
    constraint identity_one_of_each unique (user_id, issuer)
);
comment on table identity is 'Who somebody is at an OpenID provider, and the account that lets in here. The pair of both never changes.';
comment on column identity.email is 'As the provider said when it was connected; shown, and never looked up.';
comment on constraint identity_user_known on identity is 'This person has no account any more.';
comment on constraint identity_plausible on identity is 'The provider sent something that is too long to keep.';
comment on constraint identity_one_of_each on identity is 'Your account is connected to another identity of this provider.';
grant select, insert, delete on identity to watch_app;

create table oidc_visit (
    state_hash      bytea primary key,
    nonce           text not null,
    verifier        text not null,
    return_url      text not null,
    next_path       text not null,
    user_id         uuid constraint oidc_visit_user_known references app_user on delete cascade,
    invitation_hash bytea,
    expires_at      timestamptz not null default now() + interval '10 minutes'
);
create index oidc_visit_of_user on oidc_visit (user_id) where user_id is not null;
comment on table oidc_visit is
    'Browsers that are away at the OpenID provider. state_hash: SHA-256 of the state in its address and the cookie of the browser.';
comment on column oidc_visit.verifier is 'Proves to the provider that who redeems its code is who asked for it (PKCE).';
comment on column oidc_visit.user_id is 'Whose account is to be connected; null: somebody wants to sign in.';
comment on constraint oidc_visit_user_known on oidc_visit is 'This person has no account any more.';
grant select, insert, delete on oidc_visit to watch_app;
