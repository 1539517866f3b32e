-- part: watch_filter
-- Which watches are listed. Every filter is optional: null means "any".
    w.household_id = :household_id and w.deleted_at is null
    and (cast(:search as text) is null or w.watch_id in (select h.watch_id from search_hits(:search) h))
    and (cast(:statuses as text[]) is null or w.status = any (:statuses))
    and (cast(:brand_ids as uuid[]) is null or w.brand_id = any (:brand_ids))
    and (cast(:collection_ids as uuid[]) is null or w.collection_id = any (:collection_ids))
    and (cast(:owner_ids as uuid[]) is null or array_position(cast(:owner_ids as uuid[]), w.owner_id) is not null)
    and (cast(:movement_types as text[]) is null or w.movement_type = any (:movement_types))
    and (cast(:conditions as text[]) is null or w.condition = any (:conditions))
    and (cast(:tags as text[]) is null or w.watch_id in (
        select t.watch_id from watch_tag t where t.household_id = :household_id and t.tag = any (:tags)))
    and (cast(:complications as text[]) is null or w.watch_id in (
        select x.watch_id from watch_complication x
        where x.household_id = :household_id and x.complication = any (:complications)
        group by x.watch_id having count(*) = cardinality(:complications)))
    and (cast(:purchased_from as date) is null or w.purchased_on >= :purchased_from)
    and (cast(:purchased_to as date) is null or w.purchased_on <= :purchased_to)
    and case cast(:valued as text) when 'yes' then w.valued_on is not null when 'no' then w.valued_on is null
             when 'stale' then w.valued_on < cast(:today as date) - 365 else true end
    and (coalesce(cast(:cost_min as numeric), cast(:cost_max as numeric),
                  cast(:value_min as numeric), cast(:value_max as numeric)) is null
         or exists (select from (select) one {money}
                    where (cast(:cost_min as numeric) is null or m.cost >= :cost_min)
                      and (cast(:cost_max as numeric) is null or m.cost <= :cost_max)
                      and (cast(:value_min as numeric) is null or m.value >= :value_min)
                      and (cast(:value_max as numeric) is null or m.value <= :value_max)))

-- part: cover
-- The photo that stands for a watch ``w``: the first in order.
left join lateral (
    select p.content_hash
    from photo p
    where p.household_id = w.household_id and p.watch_id = w.watch_id and p.position is not null
    order by p.position limit 1) cover on true

-- part: watch_rows
-- The lines of a page, in its order, with their money in one currency.
select w.watch_id, w.version, b.name as brand, w.model, w.reference, w.nickname, w.status, w.condition,
       c.name as collection, c.colour, w.purchased_on, w.added_at, w.disposed_on,
       w.is_private, w.value_amount, w.value_currency, w.valued_on, m.value, m.cost, m.gain, m.return_fraction,
       cover.content_hash as cover, page.sort_key
from page
join watch w on w.household_id = :household_id and w.watch_id = page.watch_id
join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
left join collection c on c.household_id = w.household_id and c.collection_id = w.collection_id
{cover}
{money}
order by page.position

-- name: watch_page_added_down
with page as (
    select listed.*, row_number() over () as position
    from (select w.watch_id, cast(w.added_at as text) as sort_key
          from watch w
          where {watch_filter}
            and (cast(:after_id as uuid) is null or (w.added_at, w.watch_id) < (cast(:after_key as timestamptz), :after_id))
          order by w.added_at desc, w.watch_id desc limit :limit) listed)
{watch_rows};

-- name: watch_page_added_up
with page as (
    select listed.*, row_number() over () as position
    from (select w.watch_id, cast(w.added_at as text) as sort_key
          from watch w
          where {watch_filter}
            and (cast(:after_id as uuid) is null or (w.added_at, w.watch_id) > (cast(:after_key as timestamptz), :after_id))
          order by w.added_at, w.watch_id limit :limit) listed)
{watch_rows};

-- name: watch_page_name_down
with page as (
    select listed.*, row_number() over () as position
    from (select w.watch_id, w.sort_name as sort_key
          from watch w
          where {watch_filter}
            and (cast(:after_id as uuid) is null
                 or (w.sort_name, w.watch_id) < (cast(:after_key as text) collate "C", :after_id))
          order by w.sort_name desc, w.watch_id desc limit :limit) listed)
{watch_rows};

-- name: watch_page_name_up
with page as (
    select listed.*, row_number() over () as position
    from (select w.watch_id, w.sort_name as sort_key
          from watch w
          where {watch_filter}
            and (cast(:after_id as uuid) is null
                 or (w.sort_name, w.watch_id) > (cast(:after_key as text) collate "C", :after_id))
          order by w.sort_name, w.watch_id limit :limit) listed)
{watch_rows};

-- part: undated_watches
-- Watches without a purchase date come last in both directions, by id.
    (select w.watch_id, w.purchased_on, 2 as phase
     from watch w
     where {watch_filter} and w.purchased_on is null
       and (cast(:after_id as uuid) is null or cast(:after_key as text) is not null or w.watch_id > :after_id)
     order by w.watch_id limit :limit)

-- name: watch_page_purchased_down
with page as (
    select watch_id, cast(purchased_on as text) as sort_key, row_number() over () as position
    from (select * from (
              (select w.watch_id, w.purchased_on, 1 as phase
               from watch w
               where {watch_filter} and w.purchased_on is not null
                 and (cast(:after_id as uuid) is null
                      or (w.purchased_on, w.watch_id) < (cast(cast(:after_key as text) as date), :after_id))
               order by w.purchased_on desc, w.watch_id desc limit :limit)
              union all {undated_watches}) both_phases
          order by phase, purchased_on desc, case phase when 1 then watch_id end desc, watch_id limit :limit) listed)
{watch_rows};

-- name: watch_page_purchased_up
with page as (
    select watch_id, cast(purchased_on as text) as sort_key, row_number() over () as position
    from ((select w.watch_id, w.purchased_on, 1 as phase
           from watch w
           where {watch_filter} and w.purchased_on is not null
             and (cast(:after_id as uuid) is null
                  or (w.purchased_on, w.watch_id) > (cast(cast(:after_key as text) as date), :after_id))
           order by w.purchased_on, w.watch_id limit :limit)
          union all {undated_watches}
          order by phase, purchased_on, watch_id limit :limit) listed)
{watch_rows};

-- name: watch_page_figure
-- By cost, value, gain or return in the reader's currency; direction 1 is up, -1 down; what is not
-- available comes last. These depend on the day's rates, so that no index can hold their order: the
-- household's watches are read once, and the best few kept.
with page as (
    select listed.*, row_number() over () as position
    from (select ranked.watch_id, cast(ranked.figure as text) as sort_key
          from (select w.watch_id,
                       case cast(:figure as text) when 'cost' then m.cost when 'value' then m.value
                            when 'gain' then m.gain else m.return_fraction end as figure
                from watch w
                {money}
                where {watch_filter}) ranked
          where cast(:after_id as uuid) is null
             or (ranked.figure is null, coalesce(ranked.figure * cast(:direction as numeric), 0), ranked.watch_id)
                > (cast(:after_key as text) is null,
                   coalesce(cast(cast(:after_key as text) as numeric) * :direction, 0), :after_id)
          order by ranked.figure is null, coalesce(ranked.figure * :direction, 0), ranked.watch_id
          limit :limit) listed)
{watch_rows};

-- name: watch_page_best
-- Best match for :typed first (:search is null here, so that one look-up does).
with page as (
    select listed.*, row_number() over () as position
    from (select w.watch_id, cast(h.rank as text) as sort_key
          from search_hits(:typed) h
          join watch w on w.household_id = :household_id and w.watch_id = h.watch_id
          where {watch_filter}
            and (cast(:after_id as uuid) is null or (h.rank, w.watch_id) < (cast(:after_key as real), :after_id))
          order by h.rank desc, w.watch_id desc limit :limit) listed)
{watch_rows};

-- name: watch_count
select count(*) from watch w where {watch_filter};

-- name: search_corrected
-- What was probably meant by a search that finds nothing; null: no idea.
select search_corrected(:typed);

-- part: watch_fields
    brand_id, model, reference, serial_number, nickname, production_year, status, condition, box_papers, collection_id,
    notes, purchased_on, retailer, purchase_price, purchase_fees, purchase_taxes, purchase_currency,
    disposed_on, buyer, sale_price, sale_fees, sale_currency, movement_type, calibre, case_material, case_diameter_mm,
    thickness_mm, lug_to_lug_mm, lug_width_mm, water_resistance_m, power_reserve_h, crystal, dial_colour, bezel, strap,
    owner_id, is_private, target_price, target_currency, warranty_until

-- part: watch_values
    :brand_id, :model, :reference, :serial_number, :nickname, :production_year, :status, :condition, :box_papers, :collection_id,
    :notes, :purchased_on, :retailer, :purchase_price, :purchase_fees, :purchase_taxes, :purchase_currency,
    :disposed_on, :buyer, :sale_price, :sale_fees, :sale_currency, :movement_type, :calibre, :case_material, :case_diameter_mm,
    :thickness_mm, :lug_to_lug_mm, :lug_width_mm, :water_resistance_m, :power_reserve_h, :crystal, :dial_colour, :bezel, :strap,
    :owner_id, :is_private, :target_price, :target_currency, :warranty_until

-- part: watch_columns
-- The whole record of a watch ``w``, its brand ``b``, collection ``c`` and movement ``mt``.
    w.watch_id, w.version, b.name as brand, c.name as collection, c.colour, mt.name as movement_name,
       w.added_at, w.deleted_at, w.cost, w.proceeds, w.acquired_on, w.value_amount, w.value_currency, w.valued_on,
       w.brand_id, w.model, w.reference, w.serial_number, w.nickname, w.production_year, w.status, w.condition,
       w.box_papers, w.collection_id, w.notes, w.purchased_on, w.retailer, w.purchase_price, w.purchase_fees,
       w.purchase_taxes, w.purchase_currency, w.disposed_on, w.buyer, w.sale_price, w.sale_fees, w.sale_currency,
       w.movement_type, w.calibre, w.case_material, w.case_diameter_mm, w.thickness_mm, w.lug_to_lug_mm,
       w.lug_width_mm, w.water_resistance_m, w.power_reserve_h, w.crystal, w.dial_colour, w.bezel, w.strap,
       w.owner_id, (select u.name from app_user u where u.user_id = w.owner_id) as owner, w.is_private,
       w.target_price, w.target_currency, w.warranty_until,
       cover.content_hash as cover,
       coalesce((select array_agg(t.tag order by t.tag) from watch_tag t
                 where t.household_id = w.household_id and t.watch_id = w.watch_id), '{}') as tags,
       coalesce((select array_agg(x.complication order by x.complication) from watch_complication x
                 where x.household_id = w.household_id and x.watch_id = w.watch_id), '{}') as complications

-- name: watch_get
-- One watch to show or edit, also one in the bin.
select {watch_columns}
from watch w
join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
left join collection c on c.household_id = w.household_id and c.collection_id = w.collection_id
left join movement_type mt on mt.movement_type = w.movement_type
{cover}
where w.household_id = :household_id and w.watch_id = :watch_id;

-- name: watch_insert
insert into watch (household_id, {watch_fields}) values (:household_id, {watch_values}) returning watch_id;

-- name: watch_update
-- Writes only if nobody else wrote since :version was read; returns no row otherwise.
update watch set ({watch_fields}, version, changed_at) = ({watch_values}, version + 1, now())
where household_id = :household_id and watch_id = :watch_id and version = :version and deleted_at is null
returning version;

-- name: watch_tags_set
with gone as (
    delete from watch_tag where household_id = :household_id and watch_id = :watch_id and tag <> all (cast(:tags as text[])))
insert into watch_tag (household_id, watch_id, tag)
select :household_id, :watch_id, tag from unnest(cast(:tags as text[])) tag
on conflict do nothing;

-- name: watch_complications_set
with gone as (
    delete from watch_complication
    where household_id = :household_id and watch_id = :watch_id and complication <> all (cast(:complications as text[])))
insert into watch_complication (household_id, watch_id, complication)
select :household_id, :watch_id, complication from unnest(cast(:complications as text[])) complication
on conflict do nothing;

-- name: watch_to_bin
update watch set deleted_at = now(), version = version + 1
where household_id = :household_id and watch_id = :watch_id and version = :version and deleted_at is null
returning version;

-- name: watch_from_bin
update watch set deleted_at = null, version = version + 1
where household_id = :household_id and watch_id = :watch_id and deleted_at is not null
returning version;

-- name: brand_take
-- The brand of that name, however it is written; made if it is new. The makers of the reference
-- data also answer to their aliases.
with asked as (
    select coalesce(r.name, btrim(cast(:name as text))) as name, r.brand_slug
    from (select 1) one
    left join lateral (
        select * from brand_reference r
        where search_fold(r.name) = search_fold(btrim(:name))
           or search_fold(btrim(:name)) in (select search_fold(alias) from unnest(r.aliases) alias)
        order by search_fold(r.name) = search_fold(btrim(:name)) desc, r.name limit 1) r on true
), here as (
    select b.brand_id from brand b, asked
    where b.household_id = :household_id and search_fold(b.name) = search_fold(asked.name)
    order by b.name = asked.name desc limit 1
), made as (
    insert into brand (household_id, name, brand_slug)
    select :household_id, name, brand_slug from asked where not exists (select from here)
    on conflict (household_id, folded) do update set name = brand.name
    returning brand_id
)
select brand_id from here union all select brand_id from made;

-- name: brand_list
-- The brands of this household's watches, with how many of each; by name.
select b.brand_id, b.name, count(w.watch_id) as watches
from brand b
left join watch w on w.household_id = b.household_id and w.brand_id = b.brand_id and w.deleted_at is null
where b.household_id = :household_id and b.brand_id <> all (cast((select hidden_brands()) as uuid[]))
group by b.brand_id, b.name
order by search_fold(b.name);

-- name: tag_list
-- Tags in use, by name.
select distinct t.tag
from watch_tag t
where t.household_id = :household_id
order by t.tag;

-- name: retailer_list
-- Retailers of earlier purchases, for type-ahead.
select distinct retailer from watch
where household_id = :household_id and deleted_at is null and retailer is not null
order by retailer;
