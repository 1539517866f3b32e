-- name: attempt_take
-- Counts an attempt; false: there were too many of this subject in that time.
select rate_limit_take(cast(:subject as bytea), cast(:most as integer), cast(:seconds as integer));

-- name: attempts_left
-- How many attempts of this subject are left in that time; not below 0.
select greatest(0, cast(:most as integer) - count(*)) from rate_limit_hit
where subject = cast(:subject as bytea) and hit_at > clock_timestamp() - make_interval(secs => cast(:seconds as integer));

-- name: purge_attempts
delete from rate_limit_hit where hit_at < now() - interval '1 day';
