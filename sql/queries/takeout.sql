-- name: takeout_profile
-- What is kept about a person themselves.
select user_id, name, email::text as email, currency, time_zone, language, number_format, theme, is_admin, created_at
from app_user where user_id = cast(:user_id as uuid);

-- name: takeout_sessions
select created_at, seen_at, expires_at, revoked_at, client, address
from session where user_id = cast(:user_id as uuid)
order by created_at, token_hash;

-- name: takeout_households
select household_id, name, role from my_households();

-- name: takeout_security
-- What the security log says about who asks.
select happened_at, kind, address, client, detail from my_security_line order by happened_at, event_id;

-- name: takeout_watches
-- As the columns of the watches' own CSV (app/watch_csv.py), those in the bin too.
select w.watch_id, b.name as brand, w.model, w.reference, w.serial_number, w.nickname, w.production_year, w.status,
       w.condition, w.box_papers, c.name as collection,
       (select string_agg(t.tag, '; ' order by t.tag) from watch_tag t
        where t.household_id = w.household_id and t.watch_id = w.watch_id) as tags,
       w.notes, w.purchased_on, w.retailer, w.purchase_price, w.purchase_fees, w.purchase_taxes, w.purchase_currency,
       w.cost, w.disposed_on, w.buyer, w.sale_price, w.sale_fees, w.sale_currency, w.movement_type, w.calibre,
       (select string_agg(x.complication, '; ' order by x.complication) from watch_complication x
        where x.household_id = w.household_id and x.watch_id = w.watch_id) as complications,
       w.case_material, w.case_diameter_mm, w.thickness_mm, w.lug_to_lug_mm, w.lug_width_mm, w.water_resistance_m,
       w.power_reserve_h, w.crystal, w.dial_colour, w.bezel, w.strap, w.value_amount, w.value_currency, w.valued_on,
       w.added_at, u.name as owner, w.target_price, w.target_currency, w.warranty_until, w.is_private, w.deleted_at
from watch w
join brand b using (household_id, brand_id)
left join collection c on c.household_id = w.household_id and c.collection_id = w.collection_id
left join app_user u on u.user_id = w.owner_id
where w.household_id = :household_id
order by w.added_at, w.watch_id;

-- name: takeout_valuations
select v.watch_id, v.valued_on, v.amount, v.currency, v.kind, v.source, v.note, v.recorded_at, v.deleted_at
from valuation v
where v.household_id = :household_id
order by v.watch_id, v.valued_on, v.valuation_id;

-- name: takeout_services
select s.service_id, s.watch_id, s.kind, s.provider, s.description, s.handed_over_on, s.expected_back_on, s.quote,
       s.serviced_on, s.cost, s.currency, s.next_due_on, s.added_at, s.deleted_at
from service s
where s.household_id = :household_id
order by s.watch_id, s.serviced_on, s.service_id;

-- name: takeout_expenses
select e.expense_id, e.watch_id, e.kind, e.paid_on, e.amount, e.currency, e.every_months, e.ends_on, e.note, e.added_at,
       e.deleted_at
from expense e
where e.household_id = :household_id
order by e.paid_on, e.expense_id;

-- name: takeout_documents
select d.document_id, d.watch_id, d.service_id, d.kind, d.title, d.dated_on, d.media_type, d.size_bytes, d.pages,
       d.added_at, d.deleted_at
from document d
where d.household_id = :household_id
order by d.watch_id, d.added_at, d.document_id;

-- name: takeout_photos
select p.photo_id, p.watch_id, p.role, p.caption, p.position, p.width_px, p.height_px, p.added_at, p.deleted_at
from photo p
where p.household_id = :household_id
order by p.watch_id, p.position, p.photo_id;

-- name: takeout_files
-- The files of photos and documents, with what to call them; not those in the bin.
select b.name || ' ' || w.model as watch, w.watch_id, cast(null as text) as title,
       p.photo_id as id, p.content_hash, 'image/webp' as media_type
from photo p
join watch w using (household_id, watch_id)
join brand b using (household_id, brand_id)
where p.household_id = :household_id and p.deleted_at is null
union all
select b.name || ' ' || w.model, w.watch_id, d.title, d.document_id, d.content_hash, d.media_type
from document d
join watch w using (household_id, watch_id)
join brand b using (household_id, brand_id)
where d.household_id = :household_id and d.deleted_at is null
order by watch, watch_id, title nulls first, id;
