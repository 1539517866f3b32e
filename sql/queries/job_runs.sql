-- name: scheduler_lock
-- Whether this process is the one that runs jobs, as long as this connection lives.
select pg_try_advisory_lock(hashtextextended('caseback scheduler', 0));

-- name: job_interrupted
-- Runs that never ended, once the lock is ours: their process is gone.
update job_run set ended_at = :now, outcome = 'interrupted' where outcome is null;

-- name: job_last
-- Each job's last run, and how many failed in a row up to it.
select last.name, last.started_at, last.outcome, failed.times as failures
from (select distinct on (j.name) j.name, j.started_at, j.outcome from job_run j order by j.name, j.started_at desc) last
cross join lateral (
    select count(*) as times from job_run f
    where f.name = last.name and f.outcome <> 'done'
      and f.started_at > coalesce((select max(d.started_at) from job_run d where d.name = last.name and d.outcome = 'done'),
                                  '-infinity')) failed;

-- name: job_start
insert into job_run (name, started_at) values (:name, :now) returning run_id;

-- name: job_end
update job_run set ended_at = :now, outcome = :outcome, detail = :detail where run_id = :run_id;

-- name: job_runs
-- The newest first.
select j.run_id, j.name, j.started_at, j.ended_at, j.outcome, j.detail
from job_run j
order by j.started_at desc, j.run_id desc
limit :limit;

-- name: job_purge
delete from job_run where started_at < cast(:now as timestamptz) - interval '7 days' and outcome is not null;
