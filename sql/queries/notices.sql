-- name: notice_setting_get
-- How who asks wants notices; every member has a row.
select s.kinds, s.lead_days, s.price_percent, s.by_mail, s.push_service, s.rhythm, s.quiet_from, s.quiet_until, s.version
from notice_setting s
where s.household_id = :household_id and s.user_id = :user_id;

-- name: notice_setting_set
-- Writes only if nobody else wrote since :version was read; returns no row otherwise.
update notice_setting
set kinds = :kinds, lead_days = :lead_days, price_percent = :price_percent, by_mail = :by_mail, rhythm = :rhythm,
    quiet_from = :quiet_from, quiet_until = :quiet_until, version = version + 1
where household_id = :household_id and user_id = :user_id and version = :version
returning version;

-- name: notice_push_set
update notice_setting set push_url = :push_url, push_service = :push_service, version = version + 1
where household_id = :household_id and user_id = :user_id;

-- name: notice_push_get
select s.push_url from notice_setting s where s.household_id = :household_id and s.user_id = :user_id;

-- name: notice_page
-- The newest first, with the watch it is about.
select n.notice_id, n.kind, n.watch_id, b.name as brand, w.model, n.due_on, n.facts, n.made_at, n.read_at
from notice n
left join watch w on w.household_id = n.household_id and w.watch_id = n.watch_id
left join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
where n.household_id = :household_id and n.user_id = :user_id
order by n.made_at desc, n.due_on desc nulls last, n.kind, n.notice_id
limit :limit offset :offset;

-- name: notice_counts
-- How many there are, and how many of them are unread.
select count(*) as every, count(*) filter (where n.read_at is null) as unread
from notice n
where n.household_id = :household_id and n.user_id = :user_id;

-- name: notice_unread
-- How many are unread, up to :most.
select count(*) from (select from notice n
                      where n.household_id = :household_id and n.user_id = :user_id and n.read_at is null
                      limit :most) unread;

-- name: notice_read
update notice set read_at = coalesce(read_at, now())
where household_id = :household_id and user_id = :user_id and notice_id = :notice_id
returning kind, watch_id;

-- name: notice_read_all
-- All that were made up to then: not what came while the page was looked at.
update notice set read_at = now()
where household_id = :household_id and user_id = :user_id and read_at is null and made_at <= :until;

-- name: notice_members
-- Everybody who may be told something, with all that decides whether there may be something new (maintenance).
-- is_home: where a person is told what is no household's: the one they looked at last, else the first they joined.
select m.household_id, m.user_id, u.email::text as email, u.language, u.number_format, u.time_zone, h.name as household,
       coalesce(v.version, 0) as data_version, coalesce(latest.signed_in_at) as signed_in_at, invited.invited_at,
       row_number() over (partition by m.user_id
                          order by m.household_id is distinct from latest.chosen_household_id, m.joined_at, m.household_id) = 1 as is_home,
       s.kinds, s.lead_days, s.price_percent, s.by_mail, s.push_service, s.rhythm, s.quiet_from, s.quiet_until, s.version,
       waiting.since as waiting_since
from membership m
join app_user u using (user_id)
join household h using (household_id)
join notice_setting s using (household_id, user_id)
left join data_version v using (household_id)
left join lateral (
    select max(i.created_at) as invited_at from invitation i
    where i.email = u.email and i.used_at is null and i.revoked_at is null) invited on true
left join lateral (
    select o.chosen_household_id, max(o.created_at) over () as signed_in_at from session o
    where o.user_id = m.user_id order by o.seen_at desc limit 1) latest on true
left join lateral (
    select min(n.made_at) as since from notice n
    where n.household_id = m.household_id and n.user_id = m.user_id and (n.to_mail or n.to_push)) waiting on true
where u.disabled_at is null
order by m.user_id, m.household_id;

-- part: notice_found
-- What a member may be told as of :today, each with a key that is the same as long as it is the same thing.
    select 'service_due' as kind, d.watch_id, concat_ws(':', 'service_due', d.watch_id, d.kind, d.due_on) as dedupe_key,
           d.due_on, jsonb_build_object('service', d.kind) as facts
    from care_due d
    where d.household_id = :household_id and d.due_on <= cast(:today as date) + cast(:lead_days as integer)
    union all
    select 'warranty_ending', w.watch_id, concat_ws(':', 'warranty_ending', w.watch_id, w.warranty_until), w.warranty_until, '{}'
    from watch w
    where w.household_id = :household_id and w.deleted_at is null and w.status = 'owned'
      and w.warranty_until between cast(:today as date) and cast(:today as date) + cast(:lead_days as integer)
    union all
    select 'value_stale', w.watch_id, concat_ws(':', 'value_stale', w.watch_id, w.valued_on), null,
           jsonb_build_object('valued_on', w.valued_on)
    from watch w
    where w.household_id = :household_id and w.deleted_at is null and w.status = 'owned'
      and w.valued_on < cast(:today as date) - 365
    union all
    select 'target_reached', w.watch_id, concat_ws(':', 'target_reached', w.watch_id, w.target_price, w.target_currency), null, '{}'
    from watch w
    left join fx_day priced on priced.currency = w.value_currency and priced.day = {newest_rates}
    left join fx_day aimed on aimed.currency = w.target_currency and aimed.day = {newest_rates}
    where w.household_id = :household_id and w.deleted_at is null and w.status = 'wishlist'
      and w.value_amount * fx_ratio(w.value_currency, w.target_currency, priced.eur_rate, aimed.eur_rate) <= w.target_price
    union all
    -- a price of the last 30 days beside the one of 30 days before it, or else the first there is; both at today's rate
    select 'price_change', w.watch_id,
           concat_ws(':', 'price_change', w.watch_id, case when m.share > 0 then 'up' else 'down' end, to_char(w.valued_on, 'YYYY-MM')),
           null, jsonb_build_object('share', round(m.share, 4), 'since', before.valued_on, 'valued_on', w.valued_on)
    from watch w
    cross join lateral (
        select v.valued_on, v.amount, v.currency
        from valuation v
        where v.household_id = w.household_id and v.watch_id = w.watch_id and v.deleted_at is null and v.kind = 'market'
          and v.valued_on < w.valued_on and v.amount > 0
        order by v.valued_on > w.valued_on - 30,
                 case when v.valued_on > w.valued_on - 30 then v.valued_on - w.valued_on else w.valued_on - v.valued_on end,
                 v.recorded_at desc
        limit 1) before
    left join fx_day now_rate on now_rate.currency = w.value_currency and now_rate.day = {newest_rates}
    left join fx_day then_rate on then_rate.currency = before.currency and then_rate.day = {newest_rates}
    cross join lateral (
        select w.value_amount * fx_ratio(w.value_currency, before.currency, now_rate.eur_rate, then_rate.eur_rate)
               / before.amount - 1 as share) m
    where w.household_id = :household_id and w.deleted_at is null and w.status in ('owned', 'wishlist', 'ordered')
      and w.valued_on > cast(:today as date) - 30 and w.valued_on <= cast(:today as date)
      and abs(m.share) * 100 >= cast(:price_percent as integer)
    union all
    select 'invitation', null, concat_ws(':', 'invitation', i.invitation_id), null,
           jsonb_build_object('household', i.household, 'inviter', i.inviter)
    from my_invitations() i
    where cast(:is_home as boolean)
    union all
    select 'new_sign_in', null, concat_ws(':', 'new_sign_in', left(encode(s.token_hash, 'hex'), 16)), null,
           jsonb_build_object('client', s.client, 'address', s.address)
    from session s
    join app_user u using (user_id)
    where cast(:is_home as boolean) and s.user_id = :user_id and s.address <> ''
      and s.created_at > cast(:now as timestamptz) - interval '2 days'
      and s.created_at > u.created_at + interval '10 minutes'  -- who signs up is no news
      and not (exists (select from session o
                       where o.user_id = s.user_id and o.created_at < s.created_at
                         and seen_network(o.address) = seen_network(s.address))
               and exists (select from session o
                           where o.user_id = s.user_id and o.created_at < s.created_at
                             and regexp_replace(o.client, '[0-9._]+', '', 'g') = regexp_replace(s.client, '[0-9._]+', '', 'g')))

-- name: notice_make
-- Tells a member what they were not told yet; what another process told meanwhile is left out.
insert into notice (household_id, user_id, kind, watch_id, dedupe_key, due_on, facts, made_at, to_mail, to_push)
select :household_id, :user_id, found.kind, found.watch_id, found.dedupe_key, found.due_on, found.facts, :now, :by_mail, :by_push
from ({notice_found}) found
where found.kind = any (cast(:kinds as text[]))
order by found.due_on desc nulls last, found.dedupe_key
on conflict (user_id, dedupe_key) do nothing;

-- name: notice_claim_mail
-- What waits to be mailed, taken so that nobody else sends it; newest first.
with taken as (
    update notice set to_mail = false, mailed_at = :now
    where household_id = :household_id and user_id = :user_id and to_mail
    returning notice_id, household_id, kind, watch_id, due_on, facts, made_at, read_at
)
{notice_taken}

-- name: notice_claim_push
with taken as (
    update notice set to_push = false, pushed_at = :now
    where household_id = :household_id and user_id = :user_id and to_push
    returning notice_id, household_id, kind, watch_id, due_on, facts, made_at, read_at
)
{notice_taken}

-- part: notice_taken
select n.notice_id, n.kind, n.watch_id, b.name as brand, w.model, n.due_on, n.facts, n.made_at, n.read_at
from taken n
left join watch w on w.household_id = n.household_id and w.watch_id = n.watch_id
left join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
order by n.made_at desc, n.due_on desc nulls last, n.kind, n.notice_id

-- name: notice_unclaim_mail
-- It could not be sent: it waits again.
update notice set to_mail = true, mailed_at = null
where household_id = :household_id and user_id = :user_id and notice_id = any (cast(:notice_ids as uuid[]));

-- name: notice_unclaim_push
update notice set to_push = true, pushed_at = null
where household_id = :household_id and user_id = :user_id and notice_id = any (cast(:notice_ids as uuid[]));

-- name: notice_stop_waiting
-- A way that was switched off sends nothing any more.
update notice n set to_mail = n.to_mail and s.by_mail, to_push = n.to_push and s.push_url is not null
from notice_setting s
where s.household_id = n.household_id and s.user_id = n.user_id and n.household_id = :household_id and n.user_id = :user_id
  and ((n.to_mail and not s.by_mail) or (n.to_push and s.push_url is null));

-- name: notice_purge
-- What can't come again; the others stay as long as their watch, so that they come once.
delete from notice
where made_at < now() - interval '1 year' and kind in ('price_change', 'invitation', 'new_sign_in');
