-- part: photo_columns
p.photo_id, p.watch_id, p.content_hash, p.width_px, p.height_px, p.size_bytes, p.role, p.caption, p.position,
       p.version, p.added_at

-- name: photo_list
-- The photos of a watch in order, without those in the bin.
select {photo_columns}
from photo p
where p.household_id = :household_id and p.watch_id = :watch_id and p.position is not null
order by p.position;

-- name: photo_get
-- One photo, also one in the bin.
select {photo_columns}
from photo p
where p.household_id = :household_id and p.photo_id = :photo_id;

-- name: photo_watch_lock
-- Who changes the photos of a watch goes one after the other: rows first, the version of the data after them.
select w.watch_id from watch w
where w.household_id = :household_id and w.watch_id = :watch_id and w.deleted_at is null
for no key update;

-- name: photo_count
select count(*) from photo p
where p.household_id = :household_id and p.watch_id = :watch_id and p.position is not null;

-- name: photo_insert
-- At the end.
insert into photo (household_id, watch_id, content_hash, width_px, height_px, size_bytes, role, caption, position)
select :household_id, :watch_id, :content_hash, :width_px, :height_px, :size_bytes, :role, :caption,
       coalesce(max(p.position), 0) + 1
from photo p
where p.household_id = :household_id and p.watch_id = :watch_id
returning photo_id;

-- name: photo_reorder
-- Only those that move; a place may be taken twice until the transaction ends.
update photo p set position = wanted.position
from unnest(cast(:photo_ids as uuid[])) with ordinality wanted (photo_id, position)
where p.household_id = :household_id and p.photo_id = wanted.photo_id and p.position is distinct from wanted.position;

-- name: photo_update
update photo set role = :role, caption = :caption, version = version + 1
where household_id = :household_id and photo_id = :photo_id and version = :version and deleted_at is null
returning version;

-- name: photo_turn
-- The same photo with other pixels.
update photo
set content_hash = :content_hash, width_px = :width_px, height_px = :height_px, size_bytes = :size_bytes,
    version = version + 1
where household_id = :household_id and photo_id = :photo_id and version = :version and deleted_at is null
returning version;

-- name: photo_to_bin
update photo set deleted_at = now(), position = null, version = version + 1
where household_id = :household_id and photo_id = :photo_id and version = :version and deleted_at is null
returning version;

-- name: photo_close_up
-- Places from 1 without gaps, in the order that is.
update photo p set position = counted.position
from (select q.photo_id, row_number() over (order by q.position) as position
      from photo q
      where q.household_id = :household_id and q.watch_id = :watch_id and q.position is not null) counted
where p.household_id = :household_id and p.photo_id = counted.photo_id and p.position <> counted.position;

-- name: photo_from_bin
-- To the end.
update photo
set deleted_at = null, version = version + 1,
    position = (select coalesce(max(p.position), 0) + 1 from photo p
                where p.household_id = :household_id and p.watch_id = :watch_id)
where household_id = :household_id and photo_id = :photo_id and deleted_at is not null
returning version;

-- name: photo_is_here
-- Whether any photo of the household has this content, also one in the bin.
select exists (select 1 from photo where household_id = :household_id and content_hash = :content_hash);

-- name: photo_purge
-- For good, 30 days after they were put into the bin; all households (maintenance).
delete from photo where deleted_at < now() - interval '30 days';

-- name: file_rows
-- Which files belong to a row, also to one in the bin; all households (maintenance).
select household_id, content_hash from photo
union
select household_id, content_hash from document;

-- name: household_rows
-- The households that are here (maintenance).
select household_id from household;

-- name: sweep_due
-- Today's date is noted once a day; who notes it, sweeps (maintenance).
insert into instance_setting (name, value) values ('files_swept_on', :today)
on conflict (name) do update set value = excluded.value where instance_setting.value < excluded.value
returning value;
