-- part: binned
-- What is in the bin: one line a record, with the watch it belongs to.
    select 'watch' as kind, w.watch_id as id, w.watch_id, w.deleted_at, cast(null as numeric) as amount,
           cast(null as text) as currency, cast(null as date) as day, cast(null as text) as what,
           cast(null as text) as title, cast(null as text) as hash
    from watch w
    where w.household_id = :household_id and w.deleted_at is not null
    union all
    select 'value', v.valuation_id, v.watch_id, v.deleted_at, v.amount, v.currency, v.valued_on, v.kind, null, null
    from valuation v
    where v.household_id = :household_id and v.deleted_at is not null
    union all
    select 'photo', p.photo_id, p.watch_id, p.deleted_at, null, null, null, p.role, p.caption, p.content_hash
    from photo p
    where p.household_id = :household_id and p.deleted_at is not null
    union all
    select 'document', d.document_id, d.watch_id, d.deleted_at, null, null, d.dated_on, d.kind, d.title, null
    from document d
    where d.household_id = :household_id and d.deleted_at is not null
    union all
    select 'service', s.service_id, s.watch_id, s.deleted_at, s.cost, s.currency, coalesce(s.serviced_on, s.handed_over_on),
           s.kind, s.provider, null
    from service s
    where s.household_id = :household_id and s.deleted_at is not null
    union all
    select 'expense', e.expense_id, e.watch_id, e.deleted_at, e.amount, e.currency, e.paid_on, e.kind, null, null
    from expense e
    where e.household_id = :household_id and e.deleted_at is not null

-- part: binned_shown
-- A page of the bin in words: the watch, and who put it there.
select l.kind, l.id, l.watch_id, l.deleted_at, l.amount, l.currency, l.day, l.what, l.title,
       coalesce(l.hash, case when l.kind = 'watch' then cover.content_hash end) as hash,
       b.name as brand, w.model, w.deleted_at is not null as watch_is_in_bin, u.name as who
from page l
left join watch w on w.household_id = :household_id and w.watch_id = l.watch_id
left join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
{cover}
left join lateral (
    select e.user_id
    from audit_event e
    where e.household_id = :household_id and e.entity_id = l.id and e.action = 'changed'
      and e.after ->> 'deleted_at' is not null
    order by e.event_id desc
    limit 1) thrower on true
left join membership m on m.household_id = :household_id and m.user_id = thrower.user_id
left join app_user u on u.user_id = m.user_id
order by l.deleted_at desc, l.id desc

-- name: bin_page
-- What is in the bin, the last first; optionally of one kind.
with page as (
    select l.*
    from ({binned}) l
    where (cast(:kind as text) is null or l.kind = :kind)
      and (cast(:after_id as uuid) is null or (l.deleted_at, l.id) < (cast(:after_at as timestamptz), :after_id))
    order by l.deleted_at desc, l.id desc
    limit :limit
)
{binned_shown};

-- name: bin_find
-- One thing in the bin.
with page as (select l.* from ({binned}) l where l.kind = :kind and l.id = :id)
{binned_shown};

-- name: bin_counts
-- How many there are of each kind.
select l.kind, count(*) as number
from ({binned}) l
group by l.kind;

-- name: bin_purge_watch
-- For good, with everything that belongs to it.
delete from watch where household_id = :household_id and watch_id = :id and deleted_at is not null returning watch_id;

-- name: bin_purge_value
delete from valuation where household_id = :household_id and valuation_id = :id and deleted_at is not null
returning valuation_id;

-- name: bin_purge_photo
delete from photo where household_id = :household_id and photo_id = :id and deleted_at is not null returning photo_id;

-- name: bin_purge_document
delete from document where household_id = :household_id and document_id = :id and deleted_at is not null
returning document_id;

-- name: bin_purge_service
delete from service where household_id = :household_id and service_id = :id and deleted_at is not null
returning service_id;

-- name: bin_purge_expense
delete from expense where household_id = :household_id and expense_id = :id and deleted_at is not null
returning expense_id;

-- name: bin_empty_watch
-- Everything of a kind that was there at :until, for good; what came later stays.
delete from watch where household_id = :household_id and deleted_at <= :until;

-- name: bin_empty_value
delete from valuation where household_id = :household_id and deleted_at <= :until;

-- name: bin_empty_photo
delete from photo where household_id = :household_id and deleted_at <= :until;

-- name: bin_empty_document
delete from document where household_id = :household_id and deleted_at <= :until;

-- name: bin_empty_service
delete from service where household_id = :household_id and deleted_at <= :until;

-- name: bin_empty_expense
delete from expense where household_id = :household_id and deleted_at <= :until;

-- name: bin_expire_watch
-- Maintenance, of all households: 30 days after they were put there.
delete from watch where deleted_at < now() - interval '30 days';

-- name: bin_expire_value
delete from valuation where deleted_at < now() - interval '30 days';

-- name: bin_expire_document
delete from document where deleted_at < now() - interval '30 days';

-- name: bin_expire_service
delete from service where deleted_at < now() - interval '30 days';

-- name: bin_expire_expense
delete from expense where deleted_at < now() - interval '30 days';
