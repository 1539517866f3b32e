-- name: enter
-- The first statement of every transaction: on whose behalf it runs. Null: on nobody's.
select set_config('app.household_id', coalesce(cast(:household_id as text), ''), true),
       set_config('app.user_id', coalesce(cast(:user_id as text), ''), true);

-- name: constraint_sentences
-- What a person reads when a constraint, or a unique index, refuses their change.
select con.conname as name, obj_description(con.oid, 'pg_constraint') as sentence
from pg_constraint con
where con.connamespace = 'public'::regnamespace and obj_description(con.oid, 'pg_constraint') is not null
union all
select rel.relname, obj_description(rel.oid, 'pg_class')
from pg_class rel
where rel.relnamespace = 'public'::regnamespace and rel.relkind = 'i' and obj_description(rel.oid, 'pg_class') is not null;
