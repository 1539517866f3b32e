-- depends: 0010.share_links
-- What a person has chosen for themselves, and whether their account is closed for now.

alter table app_user
    add column language text constraint user_language_known check (language ~ '^[a-z]{2}$'),
    add column number_format text constraint user_number_format_known check (number_format ~ '^[a-z]{2}(_[A-Z]{2})?$'),
    add column theme text constraint user_theme_known check (theme in ('light', 'dark')),
    add column disabled_at timestamptz;
comment on column app_user.language is 'Of texts, as ISO 639-1; null: as the browser says.';
comment on column app_user.number_format is 'Whose separators and order numbers have, as a locale; null: that of the language.';
comment on column app_user.theme is 'Null: as the device says.';
comment on column app_user.disabled_at is 'Since when the admin keeps this person out; null: they may sign in.';
comment on constraint user_language_known on app_user is 'Choose a language from the list.';
comment on constraint user_number_format_known on app_user is 'Choose a number format from the list.';
comment on constraint user_theme_known on app_user is 'Choose a theme from the list.';

drop function session_member(bytea);
create function session_member(p_token_hash bytea)
returns table (user_id uuid, household_id uuid, role text, name text, email text, is_admin boolean,
               currency text, time_zone text, household text, data_version bigint, households bigint,
               language text, number_format text, theme text)
language sql stable security definer set search_path = public, pg_temp as $$
    select u.user_id, m.household_id, m.role, u.name, u.email::text, u.is_admin,
           u.currency, u.time_zone, h.name, coalesce(v.version, 0), count(*) over (),
           u.language, u.number_format, u.theme
    from session s
    join app_user u using (user_id)
    join membership m using (user_id)
    join household h using (household_id)
    left join data_version v using (household_id)
    where s.token_hash = p_token_hash and s.revoked_at is null and s.expires_at > now() and u.disabled_at is null
    order by m.household_id is distinct from s.chosen_household_id, m.joined_at, m.household_id
    limit 1
$$;
comment on function session_member is
    'Who is behind a live session, in which household, the version of its data, and how many households they belong to.';
