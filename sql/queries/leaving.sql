-- name: patience
-- How long a statement of this transaction may take from here on.
select set_config('statement_timeout', cast(:limit as text), true);

-- name: leaving
-- What becomes of the households of an account; the function refuses who may not ask. Reads across the wall.
select household_id, name, others, must_choose, heir_ids, heirs, watches, photos, documents, private_watches
from leaving(cast(:user_id as uuid));

-- name: account_delete
-- The e-mail address it had; null: it was gone.
select delete_account(cast(:user_id as uuid), cast(cast(:choices as text) as jsonb));

-- name: household_delete
select delete_household(cast(:household_id as uuid));
