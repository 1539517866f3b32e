-- What a share link shows is read by the queries below and by no others. Each group of fields has a query of its own,
-- which is run only when the link's option allows the group.

-- part: share_scope
-- The watches ``w`` of a link: those it names, or what is owned, of the collection or of all.
    w.household_id = :household_id and w.deleted_at is null
    and case cast(:kind as text)
            when 'overview' then w.status = 'owned'
            when 'collection' then w.status = 'owned' and w.collection_id = cast(:collection_id as uuid)
            else w.watch_id = any (cast(:watch_ids as uuid[])) end

-- part: share_shown
-- Of them, those of one page.
    {share_scope} and w.watch_id = any (cast(:shown as uuid[]))

-- part: share_photo_scope
-- Photos by watch and place. A photo of the serial number or of papers is one of them: it needs the same permission.
-- Of a single watch all, of others the first.
    from (select p.watch_id, p.content_hash, p.position, row_number() over (partition by p.watch_id order by p.position) as place
          from watch w
          join photo p on p.household_id = w.household_id and p.watch_id = w.watch_id and p.position is not null
          where {share_scope} and p.role in ('dial', 'case_back', 'clasp', 'wrist', 'other',
                                             case when :show_serials then 'serial' end,
                                             case when :show_documents then 'papers' end)) allowed
    where (place = 1 or cast(:kind as text) = 'watch')

-- name: share_watches
-- Which watches a link shows, a page of them: what they are called, nothing else.
select w.watch_id, b.name as brand, w.model
from watch w
join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
where {share_scope}
order by array_position(cast(:watch_ids as uuid[]), w.watch_id), w.sort_name, w.watch_id
limit :limit offset :offset;

-- name: share_count
select count(*) from watch w where {share_scope};

-- name: share_collection_name
select c.name from collection c where c.household_id = :household_id and c.collection_id = :collection_id;

-- name: share_photos
select watch_id, content_hash {share_photo_scope} and watch_id = any (cast(:shown as uuid[]))
order by watch_id, position;

-- name: share_photo_is_shown
select exists (select {share_photo_scope} and content_hash = :content_hash);

-- name: share_facts
-- What anybody could see who held the watch in their hands, but for its numbers.
select w.watch_id, w.reference, w.nickname, w.production_year, w.condition, w.box_papers, mt.name as movement, w.calibre,
       array(select c.name from watch_complication wc join complication c using (complication)
             where wc.household_id = w.household_id and wc.watch_id = w.watch_id order by c.name) as complications,
       w.case_material, w.case_diameter_mm, w.thickness_mm, w.lug_to_lug_mm, w.lug_width_mm, w.water_resistance_m,
       w.power_reserve_h, w.crystal, w.dial_colour, w.bezel, w.strap
from watch w
left join movement_type mt on mt.movement_type = w.movement_type
where {share_shown};

-- name: share_serials
select w.watch_id, w.serial_number from watch w where {share_shown};

-- name: share_values
-- A watch that was never valued counts at what it cost: that is its price, and needs the permission for prices.
select w.watch_id, case when w.valued_on is not null or cast(:show_prices as boolean) then m.value end as value, w.valued_on
from watch w
{money}
where {share_shown};

-- name: share_prices
select w.watch_id, m.cost, w.purchased_on
from watch w
{money}
where {share_shown};

-- name: share_gains
-- From a value and a gain follows the price: only where both may be seen.
select w.watch_id, m.gain, m.return_fraction
from watch w
{money}
where {share_shown};

-- name: share_total_value
-- Without the permission for prices it leaves out what counts at cost: else the rest of the sum would be a price.
select count(m.value) as known, sum(m.value) as amount
from watch w
{money}
where {share_scope} and (w.valued_on is not null or cast(:show_prices as boolean));

-- name: share_total_cost
select count(m.cost) as known, sum(m.cost) as amount
from watch w
{money}
where {share_scope};

-- name: share_total_gain
select sum(m.gain) as gain, sum(m.gain) / nullif(sum(m.cost) filter (where m.gain is not null), 0) as return_fraction
from watch w
{money}
where {share_scope};

-- name: share_documents
select d.document_id, d.kind, d.title, d.media_type, d.size_bytes, d.pages, d.content_hash
from document d
join watch w on w.household_id = d.household_id and w.watch_id = d.watch_id
where {share_scope} and cast(:kind as text) = 'watch' and d.deleted_at is null
order by d.dated_on desc nulls last, d.added_at desc, d.document_id;

-- name: share_link_open
-- Before anybody is known: what a token allows.
select * from share_link_open(:token_hash);

-- name: share_link_seen
select share_link_seen(:token_hash, :client);

-- name: share_link_insert
insert into share_link (household_id, token_hash, kind, watch_ids, collection_id, show_values, show_prices, show_serials,
                        show_documents, photos_only, currency, expires_at, password_hash, note, created_by)
values (:household_id, :token_hash, :kind, :watch_ids, :collection_id, :show_values, :show_prices, :show_serials,
        :show_documents, :photos_only, :currency, now() + make_interval(hours => 24 * cast(:days as integer)), :password_hash,
        :note, :created_by)
returning link_id;

-- name: share_link_things
-- How many of the watches and collections that a new link names are here and not in the bin, and how many are private.
select (select count(*) from watch w
        where w.household_id = :household_id and w.watch_id = any (cast(:watch_ids as uuid[])) and w.deleted_at is null)
     + (select count(*) from collection c
        where c.household_id = :household_id and c.collection_id = cast(:collection_id as uuid)) as here,
       (select count(*) from watch w
        where w.household_id = :household_id and w.watch_id = any (cast(:watch_ids as uuid[])) and w.is_private) as private;

-- name: share_link_page
-- Links that who asks may manage, the newest first, with what they show in words and how often they were looked at.
select l.link_id, l.kind, shown.names, c.name as collection, l.show_values, l.show_prices, l.show_serials, l.show_documents,
       l.photos_only, l.password_hash is not null as has_password, l.note, u.name as maker, l.created_at, l.expires_at,
       l.revoked_at,
       l.revoked_at is null and (l.expires_at is null or l.expires_at > now()) and m.role is not null as works,
       seen.views, last.seen_at, last.client
from (select * from share_link where household_id = :household_id
      order by created_at desc, link_id limit :limit offset :offset) l
left join collection c on c.household_id = l.household_id and c.collection_id = l.collection_id
left join membership m on m.household_id = l.household_id and m.user_id = l.created_by and m.role in ('owner', 'editor')
left join app_user u on u.user_id = l.created_by
cross join lateral (
    select array(select b.name || ' ' || w.model
                 from watch w
                 join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
                 where w.household_id = l.household_id and w.watch_id = any (l.watch_ids) and w.deleted_at is null
                 order by array_position(l.watch_ids, w.watch_id)) as names) shown
cross join lateral (
    select count(*) as views from share_view v where v.household_id = l.household_id and v.link_id = l.link_id) seen
left join lateral (
    select v.seen_at, v.client from share_view v where v.household_id = l.household_id and v.link_id = l.link_id
    order by v.seen_at desc, v.view_id desc limit 1) last on true
order by l.created_at desc, l.link_id;

-- name: share_link_revoke
update share_link set revoked_at = now()
where household_id = :household_id and link_id = :link_id and revoked_at is null
returning link_id;

-- name: share_link_purge
-- A year after a link ended nobody asks about it any more; its visits go with it; all households (maintenance).
delete from share_link where least(revoked_at, expires_at) < now() - interval '1 year';
