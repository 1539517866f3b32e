-- name: price_import_lock
-- Of two imports for a watch the second waits, and then finds what the first brought in.
select watch_id from watch
where household_id = :household_id and watch_id = :watch_id and deleted_at is null
for update;
