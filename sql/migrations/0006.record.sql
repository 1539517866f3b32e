-- depends: 0005.cost_rate
-- The whole record of a watch: photos, services, documents; and searches a member keeps.

create table photo (
    household_id uuid not null,
    photo_id     uuid not null default gen_random_uuid(),
    watch_id     uuid not null,
    content_hash text not null constraint photo_hash_plausible check (content_hash ~ '^[0-9a-f]{64}$'),
    width_px     integer not null constraint photo_width_plausible check (width_px between 1 and 10000),
    height_px    integer not null constraint photo_height_plausible check (height_px between 1 and 10000),
    size_bytes   integer not null,
    role         text not null default 'other' constraint photo_role_known
                 check (role in ('dial', 'case_back', 'serial', 'clasp', 'papers', 'wrist', 'other')),
    caption      text constraint photo_caption_length check (length(caption) <= 300),
    position     integer,
    version      integer not null default 1,
    added_at     timestamptz not null default clock_timestamp(),
    deleted_at   timestamptz,
    primary key (household_id, photo_id),
    constraint photo_watch_known foreign key (household_id, watch_id) references watch on delete cascade,
    constraint photo_place_taken unique (household_id, watch_id, position) deferrable initially deferred,
    constraint photo_placed_while_here check ((deleted_at is null) = (position is not null))
);
create index photo_by_hash on photo (household_id, content_hash);
create unique index photo_once on photo (household_id, watch_id, content_hash) where deleted_at is null;
comment on table photo is 'Photos of a watch, ordered by hand; the first is the one that stands for it. Files: data/media.py.';
comment on column photo.content_hash is 'SHA-256 of the full-size WebP as it is kept: names its files, and makes its address immutable.';
comment on column photo.width_px is 'Of the full size.';
comment on column photo.position is 'Place in the order, from 1; null in the bin.';
comment on constraint photo_hash_plausible on photo is 'This photo could not be stored.';
comment on constraint photo_width_plausible on photo is 'This photo is too large.';
comment on constraint photo_height_plausible on photo is 'This photo is too large.';
comment on constraint photo_role_known on photo is 'Choose from the list what the photo shows.';
comment on constraint photo_caption_length on photo is 'A caption has up to 300 characters.';
comment on constraint photo_watch_known on photo is 'This watch is not in your collection.';
comment on constraint photo_place_taken on photo is 'Someone else changed these photos meanwhile.';
comment on constraint photo_placed_while_here on photo is 'A photo in the bin has no place among the others.';
comment on index photo_once is 'This photo is already here.';
call wall_in('photo');
call count_versions('photo');

create table service (
    household_id     uuid not null,
    service_id       uuid not null default gen_random_uuid(),
    watch_id         uuid not null,
    kind             text not null default 'service' constraint service_kind_known
                     check (kind in ('service', 'regulation', 'battery', 'pressure_test', 'repair', 'polish', 'strap',
                                     'inspection', 'other')),
    provider         text constraint service_provider_length check (length(provider) <= 200),
    description      text constraint service_description_length check (length(description) <= 5000),
    handed_over_on   date constraint service_handed_over_plausible check (handed_over_on >= '1900-01-01'),
    expected_back_on date,
    quote            numeric(14, 2) constraint service_quote_not_negative check (quote >= 0),
    serviced_on      date constraint service_date_plausible check (serviced_on >= '1900-01-01'),
    cost             numeric(14, 2) constraint service_cost_not_negative check (cost >= 0),
    currency         text constraint service_currency_plausible check (currency ~ '^[A-Z]{3}$'),
    next_due_on      date,
    version          integer not null default 1,
    added_at         timestamptz not null default clock_timestamp(),
    deleted_at       timestamptz,
    primary key (household_id, service_id),
    constraint service_of_one_watch unique (household_id, watch_id, service_id),
    constraint service_watch_known foreign key (household_id, watch_id) references watch on delete cascade,
    constraint service_dated check (serviced_on is not null or handed_over_on is not null),
    constraint service_amount_has_currency check ((cost is null and quote is null) or currency is not null),
    constraint service_back_after_handed_over check (expected_back_on >= handed_over_on and serviced_on >= handed_over_on),
    constraint service_due_after_service check (next_due_on > coalesce(serviced_on, handed_over_on))
);
create index service_of_watch on service (household_id, watch_id, serviced_on) where deleted_at is null;
create index service_by_day on service (household_id, serviced_on, service_id) where deleted_at is null;
comment on table service is 'What was done to a watch. Without serviced_on: it is at the watchmaker now.';
comment on column service.serviced_on is 'The day it was done, or came back; null while it is at the watchmaker.';
comment on column service.quote is 'What the watchmaker asks for, before it is done; in currency, like cost.';
comment on column service.next_due_on is 'When this kind of service is due again, as a person decided.';
comment on constraint service_kind_known on service is 'Choose a type of service from the list.';
comment on constraint service_provider_length on service is 'A provider has up to 200 characters.';
comment on constraint service_description_length on service is 'A description has up to 5,000 characters.';
comment on constraint service_handed_over_plausible on service is 'The date must be in 1900 or later.';
comment on constraint service_quote_not_negative on service is 'A quote can''t be negative.';
comment on constraint service_date_plausible on service is 'The date of a service must be in 1900 or later.';
comment on constraint service_cost_not_negative on service is 'A cost can''t be negative.';
comment on constraint service_currency_plausible on service is 'Choose a currency from the list.';
comment on constraint service_of_one_watch on service is 'A service belongs to one watch.';
comment on constraint service_watch_known on service is 'This watch is not in your collection.';
comment on constraint service_dated on service is 'Say when it was done, or when the watch was handed over.';
comment on constraint service_amount_has_currency on service is 'An amount needs a currency.';
comment on constraint service_back_after_handed_over on service is 'A watch can''t come back before it was handed over.';
comment on constraint service_due_after_service on service is 'The next service is due after this one.';
call wall_in('service');
call count_versions('service');

create table care_plan (
    household_id  uuid not null constraint care_plan_household_known references household on delete cascade,
    plan_id       uuid not null default gen_random_uuid(),
    watch_id      uuid,
    movement_type text constraint care_plan_movement_known references movement_type,
    kind          text not null constraint care_plan_kind_known
                  check (kind in ('service', 'regulation', 'battery', 'pressure_test', 'inspection', 'strap', 'other')),
    months        integer constraint care_plan_months_plausible check (months between 1 and 600),
    version       integer not null default 1,
    primary key (household_id, plan_id),
    constraint care_plan_watch_known foreign key (household_id, watch_id) references watch on delete cascade,
    constraint care_plan_for_one_thing check (watch_id is null or movement_type is null),
    constraint care_plan_none_only_for_a_watch check (months is not null or watch_id is not null),
    constraint care_plan_once unique nulls not distinct (household_id, watch_id, movement_type, kind)
);
comment on table care_plan is 'How often a kind of service is due: for a watch, else for its movement type, else (neither named) for all.';
comment on column care_plan.months is 'The interval; null: this watch does not need it.';
comment on constraint care_plan_household_known on care_plan is 'This household is not here any more.';
comment on constraint care_plan_movement_known on care_plan is 'Choose a movement type from the list.';
comment on constraint care_plan_kind_known on care_plan is 'Choose a type of service from the list.';
comment on constraint care_plan_months_plausible on care_plan is 'An interval lies between 1 month and 50 years.';
comment on constraint care_plan_watch_known on care_plan is 'This watch is not in your collection.';
comment on constraint care_plan_for_one_thing on care_plan is 'A plan is for a watch, for a movement type, or for all.';
comment on constraint care_plan_none_only_for_a_watch on care_plan is 'Give the interval in months.';
comment on constraint care_plan_once on care_plan is 'There is a plan for this already.';
call wall_in('care_plan');
call count_versions('care_plan');

create table document (
    household_id uuid not null,
    document_id  uuid not null default gen_random_uuid(),
    watch_id     uuid not null,
    service_id   uuid,
    kind         text not null default 'other' constraint document_kind_known
                 check (kind in ('receipt', 'warranty', 'appraisal', 'certificate', 'insurance', 'service', 'other')),
    title        text not null constraint document_title_given check (length(btrim(title)) between 1 and 200),
    dated_on     date constraint document_date_plausible check (dated_on >= '1900-01-01'),
    content_hash text not null constraint document_hash_plausible check (content_hash ~ '^[0-9a-f]{64}$'),
    media_type   text not null constraint document_type_known
                 check (media_type in ('application/pdf', 'image/jpeg', 'image/png', 'image/webp')),
    size_bytes   integer not null,
    pages        integer,
    words        tsvector not null default '',
    version      integer not null default 1,
    added_at     timestamptz not null default clock_timestamp(),
    deleted_at   timestamptz,
    primary key (household_id, document_id),
    constraint document_watch_known foreign key (household_id, watch_id) references watch on delete cascade,
    constraint document_service_known foreign key (household_id, watch_id, service_id)
        references service (household_id, watch_id, service_id) on delete set null (service_id)
);
create index document_of_watch on document (household_id, watch_id) where deleted_at is null;
create index document_of_service on document (household_id, service_id) where service_id is not null;
create index document_by_hash on document (household_id, content_hash);
comment on table document is 'Papers of a watch, or of one of its services. Files: data/media.py.';
comment on column document.content_hash is 'SHA-256 of the file as it is kept.';
comment on column document.pages is 'Of a PDF.';
comment on column document.words is 'The words of a PDF, so that search finds the watch by them.';
comment on constraint document_kind_known on document is 'Choose a type of document from the list.';
comment on constraint document_title_given on document is 'Give the document a title of up to 200 characters.';
comment on constraint document_date_plausible on document is 'The date of a document must be in 1900 or later.';
comment on constraint document_hash_plausible on document is 'This document could not be stored.';
comment on constraint document_type_known on document is 'A document is a PDF, JPEG, PNG or WebP file.';
comment on constraint document_watch_known on document is 'This watch is not in your collection.';
comment on constraint document_service_known on document is 'This service is not here any more.';
call wall_in('document');
call count_versions('document');

create table saved_search (
    household_id    uuid not null,
    saved_search_id uuid not null default gen_random_uuid(),
    user_id         uuid not null,
    name            text not null constraint saved_search_named check (length(btrim(name)) between 1 and 60),
    query           text not null constraint saved_search_query_length check (length(query) <= 4000),
    shared          boolean not null default false,
    version         integer not null default 1,
    created_at      timestamptz not null default now(),
    primary key (household_id, saved_search_id),
    constraint saved_search_member_known foreign key (household_id, user_id) references membership on delete cascade
);
create unique index saved_search_name_taken on saved_search (household_id, user_id, lower(name));
comment on table saved_search is 'A list of watches a member comes back to. query: as in the address of the watches page.';
comment on constraint saved_search_named on saved_search is 'Give the search a name of up to 60 characters.';
comment on constraint saved_search_query_length on saved_search is 'This search is too long to keep.';
comment on constraint saved_search_member_known on saved_search is 'You are not a member of this household any more.';
comment on index saved_search_name_taken is 'You have a search of this name already.';
call wall_in('saved_search');
call count_versions('saved_search');

create table default_search (
    household_id    uuid not null,
    user_id         uuid not null,
    saved_search_id uuid not null,
    primary key (household_id, user_id),
    constraint default_search_member_known foreign key (household_id, user_id) references membership on delete cascade,
    constraint default_search_known foreign key (household_id, saved_search_id) references saved_search on delete cascade
);
comment on table default_search is 'With which saved search the watches page opens for a member.';
comment on constraint default_search_member_known on default_search is 'You are not a member of this household any more.';
comment on constraint default_search_known on default_search is 'This search is not here any more.';
call wall_in('default_search');
call count_versions('default_search');

-- ── derived ────────────────────────────────────────────────────────────────────────────────
create function search_join(p_one tsvector, p_more tsvector) returns tsvector language sql immutable parallel safe
return case when octet_length(p_one::text) + octet_length(p_more::text) < 800000 then p_one || p_more else p_one end;
comment on function search_join is 'Both, if they fit: a tsvector has up to 1 MB, and a watch may have many long documents.';
create aggregate search_joined(tsvector) (sfunc = search_join, stype = tsvector, initcond = '');
comment on aggregate search_joined(tsvector) is 'Several search documents as one.';

create or replace function watch_facts(p_row jsonb) returns jsonb language sql immutable parallel safe
return p_row - array['changed_at', 'version', 'folded', 'recorded_at', 'position', 'words']
             - case when p_row ? 'purchase_price'  -- a watch
                    then array['cost', 'cost_eur_rate', 'cost_rate_on', 'proceeds', 'acquired_on', 'value_amount',
                               'value_currency', 'valued_on', 'sort_name', 'document']
                    else array[]::text[] end;

create or replace view watch_derived with (security_invoker = true) as
select w.household_id, w.watch_id, a.acquired_on,
       case when newest.amount is not null then newest.amount when w.status = 'owned' then w.cost end as value_amount,
       case when newest.amount is not null then newest.currency
            when w.status = 'owned' and w.cost is not null then w.purchase_currency end as value_currency,
       newest.valued_on,
       left(search_fold(concat_ws(' ', b.name, w.model, w.reference)), 200) as sort_name,
       search_lexemes(concat_ws(' ', b.name, array_to_string(r.aliases, ' '), w.model, w.reference,
                                    regexp_replace(w.reference, '\s', '', 'g'), w.nickname), 'A')
           || search_lexemes(concat_ws(' ', w.serial_number, regexp_replace(w.serial_number, '\s', '', 'g')), 'B') || search_endings(w.serial_number)
           || search_lexemes(concat_ws(' ', c.name, w.retailer, w.calibre, w.production_year::text,
                (select string_agg(t.tag, ' ') from watch_tag t
                 where t.household_id = w.household_id and t.watch_id = w.watch_id)), 'C')
           || search_lexemes(concat_ws(' ', w.notes,
                (select string_agg(d.title, ' ') from document d
                 where d.household_id = w.household_id and d.watch_id = w.watch_id and d.deleted_at is null)), 'D')
           || coalesce((select search_joined(d.words) from document d
                        where d.household_id = w.household_id and d.watch_id = w.watch_id and d.deleted_at is null), '')
           || (quote_literal(search_household(w.household_id)))::tsvector as document,
       concat_ws(' ', b.name, w.model, w.nickname, c.name, w.retailer) as names
from watch w
join brand b using (household_id, brand_id)
left join brand_reference r using (brand_slug)
left join collection c using (household_id, collection_id)
left join watch_acquired a using (household_id, watch_id)
left join lateral (
    select v.amount, v.currency, v.valued_on
    from counted_valuation v
    where v.household_id = w.household_id and v.watch_id = w.watch_id and w.disposed_on is null
    order by v.valued_on desc limit 1) newest on true;

-- Only what something is derived from: a new condition of a thousand watches changes no search and no value.
create or replace function derive_after_watch_update() returns trigger language plpgsql as $$
declare
    h record;
    plain constant text[] := array['condition', 'box_papers', 'movement_type', 'case_material', 'case_diameter_mm',
        'thickness_mm', 'lug_to_lug_mm', 'lug_width_mm', 'water_resistance_m', 'power_reserve_h', 'crystal', 'dial_colour',
        'bezel', 'strap', 'buyer'];
begin
    for h in select f.household_id, array_agg(f.watch_id) as watches
             from fresh f join gone g using (household_id, watch_id)
             where watch_facts(to_jsonb(f)) - plain <> watch_facts(to_jsonb(g)) - plain group by f.household_id loop
        call derive_watches(h.household_id, h.watches);
    end loop;
    return null;
end $$;

create trigger derive_insert after insert on document referencing new table as fresh
    for each statement execute function derive_after_insert();
create trigger derive_update after update on document referencing new table as fresh
    for each statement execute function derive_after_insert();
create trigger derive_delete after delete on document referencing old table as gone
    for each statement execute function derive_after_delete();

-- A common table expression would be worked out for every household, whichever one is asked for.
create or replace view watch_step with (security_invoker = true) as
select household_id, watch_id, day, change.currency, sum(change.delta) as delta, bool_and(costed) as costed
from (select household_id, watch_id, day, amount, currency, costed,
             lag(amount) over previous as amount_before, lag(currency) over previous as currency_before
      from watch_point
      window previous as (partition by household_id, watch_id order by day)) stretch
cross join lateral (values (currency, amount), (currency_before, -amount_before)) change (currency, delta)
where change.currency is not null
group by household_id, watch_id, day, change.currency
having sum(change.delta) <> 0;
comment on view watch_step is 'By how much each watch''s value changes on a day, by currency.';

create view care_due with (security_invoker = true) as
-- One line a watch that is here and a kind of service it needs. By sets, not watch by watch: it is asked for all at once.
with last as not materialized (
    select distinct on (household_id, watch_id, kind) household_id, watch_id, kind, serviced_on, next_due_on
    from service
    where deleted_at is null and serviced_on is not null
    order by household_id, watch_id, kind, serviced_on desc, added_at desc
), planned as not materialized (  -- the plan that holds for a watch, also one that says it needs none
    select distinct on (household_id, watch_id, kind) household_id, watch_id, kind, months, acquired_on
    from (select w.household_id, w.watch_id, p.kind, p.months, w.acquired_on, 1 as preference
          from watch w
          join care_plan p on p.household_id = w.household_id and p.watch_id = w.watch_id
          where w.status = 'owned' and w.deleted_at is null
          union all
          select w.household_id, w.watch_id, p.kind, p.months, w.acquired_on, 2
          from watch w
          join care_plan p on p.household_id = w.household_id and p.movement_type = w.movement_type
          where w.status = 'owned' and w.deleted_at is null
          union all
          select w.household_id, w.watch_id, p.kind, p.months, w.acquired_on, 3
          from watch w
          join care_plan p on p.household_id = w.household_id and p.watch_id is null and p.movement_type is null
          where w.status = 'owned' and w.deleted_at is null) plans
    order by household_id, watch_id, kind, preference
), needed as (
    select p.household_id, p.watch_id, p.kind, p.months, l.serviced_on, l.next_due_on,
           cast(coalesce(l.serviced_on, p.acquired_on) + make_interval(months => p.months) as date) as planned_on
    from planned p
    left join last l using (household_id, watch_id, kind)
    where p.months is not null
    union all
    select w.household_id, w.watch_id, l.kind, null, l.serviced_on, l.next_due_on, null
    from last l
    join watch w using (household_id, watch_id)
    where l.next_due_on is not null and w.status = 'owned' and w.deleted_at is null
      and not exists (select from care_plan p
                      where p.household_id = w.household_id and p.kind = l.kind and p.watch_id = w.watch_id)
      and not exists (select from care_plan p
                      where p.household_id = w.household_id and p.kind = l.kind and p.movement_type = w.movement_type)
      and not exists (select from care_plan p
                      where p.household_id = w.household_id and p.kind = l.kind and p.watch_id is null and p.movement_type is null)
)
select n.household_id, n.watch_id, n.kind, n.months, n.serviced_on, coalesce(n.next_due_on, n.planned_on) as due_on,
       n.next_due_on is null as by_plan
from needed n
where coalesce(n.next_due_on, n.planned_on) is not null
  and not exists (select from service s  -- it is being done
                  where s.household_id = n.household_id and s.watch_id = n.watch_id and s.kind = n.kind
                    and s.deleted_at is null and s.serviced_on is null);
comment on view care_due is
    'When a kind of service is due: as decided at the last one, else its date (or the day the watch came) and the interval of the plan. Not while the watch is at the watchmaker for it, nor where its own plan says it needs none.';
grant select on care_due to watch_app;

create index audit_event_of_entity on audit_event (household_id, entity_id, event_id);
create index watch_in_bin on watch (household_id, deleted_at) where deleted_at is not null;
create index valuation_in_bin on valuation (household_id, deleted_at) where deleted_at is not null;
create index photo_in_bin on photo (household_id, deleted_at) where deleted_at is not null;
create index document_in_bin on document (household_id, deleted_at) where deleted_at is not null;
create index service_in_bin on service (household_id, deleted_at) where deleted_at is not null;

call audit('photo', 'photo_id', 'watch_id');
call audit('service', 'service_id', 'watch_id');
call audit('document', 'document_id', 'watch_id');
call audit('care_plan', 'plan_id', 'watch_id');

-- What is asked is worked out once, not once a hit; and the list looks each hit up, whatever the size of the household.
create or replace function search_hits(p_typed text) returns table (watch_id uuid, rank real)
language sql stable security definer rows 20 set search_path = public, pg_temp as $$
    with q as materialized (
        select search_query(p_typed) as asked, current_household() as household_id,
               (quote_literal(search_household(current_household())))::tsquery && search_query(p_typed) as found)
    select w.watch_id, ts_rank('{0.1, 0.3, 0.6, 1.0}', w.document, q.asked)
    from q
    join watch w on w.document @@ q.found
    where w.household_id is not distinct from q.household_id  -- no index for this: the document's knows it already
      and w.deleted_at is null
$$;
