-- name: history_minute
-- What one person changed in the minute of an event, field by field: before, after, and what it holds now.
-- Ids of brands, collections and owners come with their names, also those of a collection that is gone.
with asked as (
    select e.user_id, date_trunc('minute', e.happened_at) as minute
    from audit_event e
    where e.household_id = :household_id and e.watch_id = :watch_id and e.event_id = :event_id
), changed as (
    select e.event_id, e.happened_at, e.user_id, e.action, e.entity, e.entity_id, e.before, e.after
    from asked a
    join audit_event e on e.household_id = :household_id and e.watch_id = :watch_id
                      and e.user_id is not distinct from a.user_id and date_trunc('minute', e.happened_at) = a.minute
    where (e.action = 'changed' and not e.after ? 'deleted_at')
       or e.entity in ('watch_tag', 'watch_complication', 'care_plan')
    order by e.event_id desc
    limit 100
)
select e.event_id, e.happened_at, u.name as who, e.entity, e.entity_id, f.field, f.before, f.after,
       coalesce(b.name, c.name, o.name, gone.before ->> 'name') as before_name,
       coalesce(b2.name, c2.name, o2.name, gone2.before ->> 'name') as after_name,
       case f.field when 'tags' then (select t.tag from watch_tag t
                                      where t.household_id = :household_id and t.watch_id = :watch_id
                                        and t.tag = coalesce(f.after, f.before))
                    when 'complications' then (select x.complication from watch_complication x
                                               where x.household_id = :household_id and x.watch_id = :watch_id
                                                 and x.complication = coalesce(f.after, f.before))
                    else record.held ->> f.field end as now,
       record.version, record.deleted_at is not null as is_in_bin, record.amount, record.currency, record.title
from changed e
cross join lateral (
    select key as field, e.before ->> key as before, e.after ->> key as after, 1 as place
    from jsonb_object_keys(e.after) key
    where e.entity not in ('watch_tag', 'watch_complication')
    union all
    select 'tags', e.before ->> 'tag', e.after ->> 'tag', 2 where e.entity = 'watch_tag'
    union all
    select 'complications', e.before ->> 'complication', e.after ->> 'complication', 2 where e.entity = 'watch_complication') f
left join lateral (
    select to_jsonb(w) as held, w.version, w.deleted_at, cast(null as numeric) as amount, cast(null as text) as currency,
           cast(null as text) as title
    from watch w
    where w.household_id = :household_id and w.watch_id = :watch_id
      and e.entity in ('watch', 'watch_tag', 'watch_complication')
    union all
    select to_jsonb(v), v.version, v.deleted_at, v.amount, v.currency, cast(v.valued_on as text)
    from valuation v
    where v.household_id = :household_id and v.valuation_id = e.entity_id and e.entity = 'valuation'
    union all
    select to_jsonb(s), s.version, s.deleted_at, s.cost, s.currency, s.kind
    from service s
    where s.household_id = :household_id and s.service_id = e.entity_id and e.entity = 'service'
    union all
    select to_jsonb(x), x.version, x.deleted_at, x.amount, x.currency, x.kind
    from expense x
    where x.household_id = :household_id and x.expense_id = e.entity_id and e.entity = 'expense'
    union all
    select to_jsonb(d) - 'words', d.version, d.deleted_at, null, null, d.title
    from document d
    where d.household_id = :household_id and d.document_id = e.entity_id and e.entity = 'document'
    union all
    select to_jsonb(p), p.version, p.deleted_at, null, null, p.caption
    from photo p
    where p.household_id = :household_id and p.photo_id = e.entity_id and e.entity = 'photo') record on true
cross join lateral (
    select case when f.field in ('brand_id', 'collection_id', 'owner_id') then cast(f.before as uuid) end as before,
           case when f.field in ('brand_id', 'collection_id', 'owner_id') then cast(f.after as uuid) end as after) ids
left join brand b on b.household_id = :household_id and b.brand_id = ids.before
left join brand b2 on b2.household_id = :household_id and b2.brand_id = ids.after
left join collection c on c.household_id = :household_id and c.collection_id = ids.before
left join collection c2 on c2.household_id = :household_id and c2.collection_id = ids.after
left join membership m1 on m1.household_id = :household_id and m1.user_id = ids.before
left join app_user o on o.user_id = m1.user_id
left join membership m2 on m2.household_id = :household_id and m2.user_id = ids.after
left join app_user o2 on o2.user_id = m2.user_id
left join audit_event gone on gone.household_id = :household_id and gone.entity_id = ids.before and gone.action = 'removed'
left join audit_event gone2 on gone2.household_id = :household_id and gone2.entity_id = ids.after
                           and gone2.action = 'removed'
left join membership m on m.household_id = :household_id and m.user_id = e.user_id
left join app_user u on u.user_id = m.user_id
order by e.entity <> 'watch', e.event_id desc, f.place, f.field;
