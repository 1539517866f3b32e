-- part: document_shown
-- A document that is here: neither it nor its watch is in the bin.
select d.document_id, d.watch_id, d.service_id, d.kind, d.title, d.dated_on, d.content_hash, d.media_type, d.size_bytes,
       d.pages, d.version, d.added_at
from document d
join watch w on w.household_id = d.household_id and w.watch_id = d.watch_id and w.deleted_at is null
where d.household_id = :household_id and d.deleted_at is null

-- name: document_list
-- The documents of a watch, newest first; undated ones last.
{document_shown} and d.watch_id = :watch_id
order by d.dated_on desc nulls last, d.added_at desc, d.document_id;

-- name: document_list_service
-- The documents of one service, in the same order.
{document_shown} and d.service_id = :service_id
order by d.dated_on desc nulls last, d.added_at desc, d.document_id;

-- name: document_get
{document_shown} and d.document_id = :document_id;

-- name: document_twin
-- The title under which a watch has this very file already.
select d.title
from document d
where d.household_id = :household_id and d.watch_id = :watch_id and d.content_hash = :content_hash and d.deleted_at is null
order by d.added_at
limit 1;

-- name: document_insert
-- The words of its text lead the search box to the watch.
insert into document (household_id, watch_id, service_id, kind, title, dated_on, content_hash, media_type, size_bytes, pages,
                      words)
select w.household_id, w.watch_id, :service_id, :kind, :title, :dated_on, :content_hash, :media_type, :size_bytes, :pages,
       search_lexemes(:text, 'D')
from watch w
where w.household_id = :household_id and w.watch_id = :watch_id and w.deleted_at is null
returning document_id;

-- name: document_update
update document
set kind = :kind, title = :title, dated_on = :dated_on, service_id = :service_id, version = version + 1
where household_id = :household_id and document_id = :document_id and version = :version and deleted_at is null
returning version;

-- name: document_to_bin
update document set deleted_at = now(), version = version + 1
where household_id = :household_id and document_id = :document_id and version = :version and deleted_at is null
returning version;

-- name: document_from_bin
update document set deleted_at = null, version = version + 1
where household_id = :household_id and document_id = :document_id and deleted_at is not null
returning version;
