-- name: timeline_page
-- The life of a watch, newest day first: at most :limit lines of a :topic (null: all) after the cursor.
-- What one person did in one minute is one line; a day is one of :zone. The events of one watch are read once.
with event as materialized (
    select e.event_id, e.happened_at, date_trunc('minute', e.happened_at) as minute, e.user_id, e.action, e.entity,
           e.entity_id, e.before, e.after
    from audit_event e
    where e.household_id = :household_id and e.watch_id = :watch_id
), adder as (
    select entity, entity_id, min(cast(user_id as text)) as user_id
    from event
    where action = 'added' and entity in ('watch', 'valuation', 'service', 'expense', 'document', 'photo')
    group by entity, entity_id
), change as (
    select e.event_id, e.happened_at, e.minute, e.user_id, e.entity, e.entity_id, e.before, e.after,
           case when e.entity in ('watch_tag', 'watch_complication', 'care_plan') then 'edit'
                when e.action = 'removed' then 'purged'
                when e.after ->> 'deleted_at' is not null then 'binned'
                when e.after ? 'deleted_at' then 'restored'
                when e.entity = 'watch' and e.after ? 'status' then 'status'
                else 'edit' end as kind
    from event e
    join watch w on w.household_id = :household_id and w.watch_id = :watch_id
    where e.action <> 'added'  -- what was added is there, or in the bin
       or e.entity = 'care_plan'
       or (e.entity in ('watch_tag', 'watch_complication') and e.happened_at > w.added_at + interval '1 minute')
), named as (
    select c.event_id, c.entity || '.' || f.field as field
    from change c
    cross join lateral (
        select case c.entity when 'watch_tag' then 'tags' when 'watch_complication' then 'complications' else 'months' end
               as field
        where c.entity in ('watch_tag', 'watch_complication', 'care_plan')
        union all
        select key from jsonb_object_keys(c.after) key
        where c.kind = 'edit' and c.entity not in ('watch_tag', 'watch_complication', 'care_plan')) f
), line as (
    select 'purchase' as kind, 'value' as topic, w.purchased_on as day, w.added_at as at, 'purchase' as key,
           cast(null as uuid) as user_id, w.cost as amount, w.purchase_currency as currency,
           cast(null as text) as what, w.retailer as title, cast(null as text) as note,
           cast(null as text) as entity, cast(null as uuid) as entity_id, cast(null as text[]) as hashes,
           cast(null as text[]) as fields, cast(1 as bigint) as count, cast(null as bigint) as event_id
    from watch w
    where w.household_id = :household_id and w.watch_id = :watch_id and w.purchased_on is not null
    union all
    select 'left', 'value', w.disposed_on, w.changed_at, 'left', null, w.sale_price, w.sale_currency,
           w.status, w.buyer, null, null, null, null, null, 1, null
    from watch w
    where w.household_id = :household_id and w.watch_id = :watch_id and w.disposed_on is not null
    union all
    select 'added', 'edits', cast(w.added_at at time zone :zone as date), w.added_at, 'added',
           cast(a.user_id as uuid), null, null, w.status, null, null, null, null, null, null, 1, null
    from watch w
    left join adder a on a.entity = 'watch' and a.entity_id = w.watch_id
    where w.household_id = :household_id and w.watch_id = :watch_id
    union all
    select 'value', 'value', v.valued_on, v.recorded_at, cast(v.valuation_id as text), cast(a.user_id as uuid),
           v.amount, v.currency, v.kind, v.source, v.note, null, v.valuation_id, null, null, 1, null
    from valuation v
    left join adder a on a.entity = 'valuation' and a.entity_id = v.valuation_id
    where v.household_id = :household_id and v.watch_id = :watch_id and v.deleted_at is null
    union all
    select 'serviced', 'care', s.serviced_on, s.added_at, s.service_id || '.done', cast(a.user_id as uuid),
           s.cost, s.currency, s.kind, s.provider, left(s.description, 300), null, s.service_id, null, null, 1, null
    from service s
    left join adder a on a.entity = 'service' and a.entity_id = s.service_id
    where s.household_id = :household_id and s.watch_id = :watch_id and s.deleted_at is null and s.serviced_on is not null
    union all
    select 'handed_over', 'care', s.handed_over_on, s.added_at, s.service_id || '.begun', cast(a.user_id as uuid),
           case when s.serviced_on is null then s.quote end, case when s.serviced_on is null then s.currency end,
           s.kind, s.provider, null, null, s.service_id, null, null, 1, null
    from service s
    left join adder a on a.entity = 'service' and a.entity_id = s.service_id
    where s.household_id = :household_id and s.watch_id = :watch_id and s.deleted_at is null
      and s.handed_over_on is not null
    union all
    select 'paid', 'value', e.paid_on, e.added_at, cast(e.expense_id as text), cast(a.user_id as uuid),
           e.amount, e.currency, e.kind, cast(e.every_months as text), e.note, null, e.expense_id, null, null, 1, null
    from expense e
    left join adder a on a.entity = 'expense' and a.entity_id = e.expense_id
    where e.household_id = :household_id and e.watch_id = :watch_id and e.deleted_at is null
    union all
    select 'due', 'care', d.due_on, cast(d.due_on as timestamptz), 'due.' || d.kind, null, null, null, d.kind, null, null,
           null, null, null, null, 1, null
    from care_due d
    where d.household_id = :household_id and d.watch_id = :watch_id
    union all
    select 'document', 'files', coalesce(d.dated_on, cast(d.added_at at time zone :zone as date)), d.added_at,
           cast(d.document_id as text), cast(a.user_id as uuid), null, null, d.kind, d.title, null, null, d.document_id,
           null, null, 1, null
    from document d
    left join adder a on a.entity = 'document' and a.entity_id = d.document_id
    where d.household_id = :household_id and d.watch_id = :watch_id and d.deleted_at is null
    union all
    select 'photos', 'files', cast(max(p.added_at) at time zone :zone as date), max(p.added_at),
           'photos.' || max(cast(p.photo_id as text)), cast(a.user_id as uuid), null, null, null,
           case when count(*) = 1 then max(p.caption) end, null, null, null,
           (array_agg(p.content_hash order by p.added_at))[1:6], null, count(*), null
    from photo p
    left join adder a on a.entity = 'photo' and a.entity_id = p.photo_id
    where p.household_id = :household_id and p.watch_id = :watch_id and p.deleted_at is null
    group by a.user_id, date_trunc('minute', p.added_at)
    union all
    select c.kind, 'edits', cast(max(c.happened_at) at time zone :zone as date), max(c.happened_at),
           'event.' || max(c.event_id), c.user_id, null, null, min(c.before ->> 'status'), min(c.after ->> 'status'), null,
           min(c.entity), cast(min(cast(c.entity_id as text)) as uuid), null,
           array_agg(distinct n.field) filter (where n.field is not null), count(distinct c.entity_id), max(c.event_id)
    from change c
    left join named n using (event_id)
    group by c.kind, c.user_id, c.minute, case when c.kind <> 'edit' then c.entity end,
             case when c.kind = 'status' then c.event_id end
), page as (
    select l.*
    from line l
    where (cast(:topic as text) is null or l.topic = :topic)
      and (cast(:after_key as text) is null
           or (l.day, l.at, l.key) < (cast(:after_day as date), cast(:after_at as timestamptz), :after_key))
    order by l.day desc, l.at desc, l.key desc
    limit :limit
)
select l.kind, l.topic, l.day, l.at, l.key, u.name as who, coalesce(l.amount, v.amount) as amount,
       coalesce(l.currency, v.currency) as currency, l.what, coalesce(l.title, d.title) as title, l.note, l.entity,
       l.entity_id, l.hashes, l.fields, l.count, l.event_id
from page l
left join membership m on m.household_id = :household_id and m.user_id = l.user_id
left join app_user u on u.user_id = m.user_id
left join valuation v on v.household_id = :household_id and l.entity = 'valuation' and l.count = 1
                     and v.valuation_id = l.entity_id
left join document d on d.household_id = :household_id and l.entity = 'document' and l.count = 1
                    and d.document_id = l.entity_id
order by l.day desc, l.at desc, l.key desc;
