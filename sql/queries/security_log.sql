-- part: security_filter
    (cast(:kind as text) is null or l.kind = :kind)
    and (cast(:address as text) is null or l.address = :address)
    and (cast(:email as text) is null or l.email = cast(cast(:email as text) as citext)
         or l.user_id = (select u.user_id from app_user u where u.email = cast(cast(:email as text) as citext)))
    and (cast(:since as timestamptz) is null or l.happened_at >= :since)
    and (cast(:until as timestamptz) is null or l.happened_at < :until)

-- name: security_page
-- The newest lines, or those after a line; the view refuses who is no admin.
select l.event_id, l.happened_at, l.kind, l.user_id, l.email::text as email, l.address, l.client, l.detail
from security_line l
where {security_filter}
  and (cast(:after_id as bigint) is null
       or (l.happened_at, l.event_id) < (cast(:after_at as timestamptz), cast(:after_id as bigint)))
order by l.happened_at desc, l.event_id desc
limit :limit;

-- name: security_export
select l.happened_at, l.kind, l.email::text as email, l.address, l.client, l.detail
from security_line l
where {security_filter}
order by l.happened_at desc, l.event_id desc
limit :limit;

-- name: purge_security_log
-- Lines of more than 400 days ago (maintenance).
delete from security_event where happened_at < now() - interval '400 days';
