-- part: account_filter
    (cast(:typed as text) is null or a.folded like '%' || search_fold(:typed) || '%'
         or exists (select from unnest(a.households) h where search_fold(h) like '%' || search_fold(:typed) || '%'))
    and (cast(:state as text) is null or case :state
        when 'admins' then a.is_admin when 'disabled' then a.disabled_at is not null else a.disabled_at is null end)

-- name: account_lines
-- A page of the accounts, by name; the view refuses who is no admin.
select a.user_id, a.name, a.email, a.is_admin, a.disabled_at, a.created_at, a.has_second_step, a.seen_at, a.households
from account_line a
where {account_filter}
order by search_fold(a.name), a.user_id
limit :limit offset :offset;

-- name: account_count
select count(*) from account_line a where {account_filter};

-- name: account_get
select a.user_id, a.name, a.email, a.is_admin, a.disabled_at, a.created_at, a.has_second_step, a.seen_at, a.households
from account_line a
where a.user_id = cast(:user_id as uuid);

-- name: admin_over
-- The e-mail address of somebody an admin is about to act on; null: there is none.
select admin_over(cast(:user_id as uuid));

-- name: admin_set
select set_admin(cast(:user_id as uuid), cast(:is_on as boolean));

-- name: disabled_set
select set_disabled(cast(:user_id as uuid), cast(:is_on as boolean));

-- name: table_lines
-- The largest tables; the view refuses who is no admin.
select t.name, t.bytes, t.about_rows from table_line t order by t.bytes desc, t.name limit :limit;

-- name: box_facts
select database_bytes, server_version, server_since, migrations, rates_on from box_facts();

-- name: job_lines
select name, started_at, ended_at, outcome, detail from job_lines();
