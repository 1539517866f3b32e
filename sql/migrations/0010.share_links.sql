-- depends: 0009.household
-- Share links: what somebody without an account may see, until when, and how often they looked.

create table share_link (
    household_id   uuid not null constraint share_link_household_known references household on delete cascade,
    link_id        uuid not null default gen_random_uuid(),
    token_hash     bytea not null constraint share_link_token_plausible check (length(token_hash) = 32),
    kind           text not null constraint share_link_kind_known
                   check (kind in ('watch', 'comparison', 'collection', 'overview')),
    watch_ids      uuid[] not null default '{}',
    collection_id  uuid,
    show_values    boolean not null default false,
    show_prices    boolean not null default false,
    show_serials   boolean not null default false,
    show_documents boolean not null default false,
    photos_only    boolean not null default false,
    currency       text not null constraint share_link_currency_plausible check (currency ~ '^[A-Z]{3}$'),
    expires_at     timestamptz,
    password_hash  text,
    note           text constraint share_link_note_length check (length(note) <= 200),
    created_by     uuid,
    created_at     timestamptz not null default now(),
    revoked_at     timestamptz,
    primary key (household_id, link_id),
    constraint share_link_collection_known foreign key (household_id, collection_id)
        references collection on delete set null (collection_id),
    constraint share_link_maker_known foreign key (household_id, created_by)
        references membership on delete set null (created_by),
    constraint share_link_of_something check (
        case kind when 'watch' then cardinality(watch_ids) = 1
                  when 'comparison' then cardinality(watch_ids) between 2 and 4
                  else cardinality(watch_ids) = 0 end),
    constraint share_link_collection_only check (collection_id is null or kind = 'collection'),
    constraint share_link_photos_alone check (not (photos_only and (show_values or show_prices or show_serials or show_documents))),
    constraint share_link_documents_of_a_watch check (kind = 'watch' or not show_documents),
    constraint share_link_time_plausible check (
        expires_at between created_at + interval '24 hours' and created_at + interval '8784 hours')
);
create unique index share_link_token_taken on share_link (token_hash);
create index share_link_newest on share_link (household_id, created_at desc, link_id);
comment on table share_link is 'What outsiders may see without an account. Fields they may see are listed in sql/queries/share_links.sql.';
comment on column share_link.token_hash is 'SHA-256 of the 256-bit token in the address; the token itself is shown once and not stored.';
comment on column share_link.watch_ids is 'Of a watch or a comparison, in the order shown; one that was deleted shows nothing.';
comment on column share_link.collection_id is 'Null once the collection was deleted; the link then shows nothing.';
comment on column share_link.expires_at is 'Null: until it is revoked.';
comment on column share_link.created_by is 'A link works as long as who made it is an owner or an editor; null: they left.';
comment on constraint share_link_household_known on share_link is 'This household is not here any more.';
comment on constraint share_link_token_plausible on share_link is 'This link could not be made.';
comment on constraint share_link_kind_known on share_link is 'A link shows a watch, a comparison, a collection or the overview.';
comment on constraint share_link_currency_plausible on share_link is 'Choose a currency from the list.';
comment on constraint share_link_note_length on share_link is 'A note has up to 200 characters.';
comment on constraint share_link_collection_known on share_link is 'This collection is not here any more.';
comment on constraint share_link_maker_known on share_link is 'This person is not a member of your household.';
comment on constraint share_link_of_something on share_link is 'A link shows one watch, or two to four side by side.';
comment on constraint share_link_collection_only on share_link is 'Only a link of a collection names one.';
comment on constraint share_link_photos_alone on share_link is 'A link that shows only photos shows nothing else.';
comment on constraint share_link_documents_of_a_watch on share_link is 'Documents can be shown only with a single watch.';
comment on constraint share_link_time_plausible on share_link is 'A link works for 1 day to 1 year, or until it is revoked.';
comment on index share_link_token_taken is 'This link could not be made.';
call wall_in('share_link');
-- An editor has their own links, an owner has all, a viewer none; of a link only the end changes.
create policy of_whom on share_link as restrictive to watch_app
    using ((select owns_household()) or ((select may_write()) and created_by = (select current_app_user())));
revoke update, delete on share_link from watch_app;
grant update (revoked_at) on share_link to watch_app;

create table share_view (
    household_id uuid not null,
    view_id      bigint generated always as identity,
    link_id      uuid not null,
    seen_at      timestamptz not null default now(),
    client       text not null,
    primary key (household_id, view_id),
    constraint share_view_link_known foreign key (household_id, link_id) references share_link on delete cascade
);
create index share_view_of_link on share_view (household_id, link_id, seen_at desc);
comment on table share_view is 'Visits to share links: when, and with which browser, roughly. No address is kept.';
comment on column share_view.client is 'In words, like "Firefox on Windows".';
comment on constraint share_view_link_known on share_view is 'This link is not here any more.';
call wall_in('share_view');
create policy of_whom on share_view as restrictive to watch_app
    using (exists (select from share_link l where l.household_id = share_view.household_id and l.link_id = share_view.link_id));
revoke insert, update, delete on share_view from watch_app;

create function share_link_open(p_token_hash bytea)
returns table (household_id uuid, kind text, watch_ids uuid[], collection_id uuid, show_values boolean, show_prices boolean,
               show_serials boolean, show_documents boolean, photos_only boolean, currency text, expires_at timestamptz,
               password_hash text)
language sql stable security definer set search_path = public, pg_temp as $$
    select l.household_id, l.kind, l.watch_ids, l.collection_id, l.show_values, l.show_prices,
           l.show_serials, l.show_documents, l.photos_only, l.currency, l.expires_at, l.password_hash
    from share_link l
    join membership m on m.household_id = l.household_id and m.user_id = l.created_by and m.role in ('owner', 'editor')
    where l.token_hash = p_token_hash and l.revoked_at is null and (l.expires_at is null or l.expires_at > now())
$$;
comment on function share_link_open is
    'What a link that works allows; no row for one that is unknown, expired or revoked, or whose maker may not share any more.';

create function share_link_seen(p_token_hash bytea, p_client text) returns void
language sql security definer set search_path = public, pg_temp as $$
    insert into share_view (household_id, link_id, client)
    select household_id, link_id, left(p_client, 60) from share_link
    where token_hash = p_token_hash and revoked_at is null and (expires_at is null or expires_at > now())
$$;
comment on function share_link_seen is 'Counts a visit to a link that works.';
