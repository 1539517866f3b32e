-- name: valuation_list
-- The values of a watch, newest first.
select valuation_id, watch_id, amount, currency, valued_on, kind, source, note, confirmed, version, recorded_at
from valuation
where household_id = :household_id and watch_id = :watch_id and deleted_at is null
order by valued_on desc, recorded_at desc;

-- name: valuation_get
select valuation_id, watch_id, amount, currency, valued_on, kind, source, note, confirmed, version, recorded_at
from valuation
where household_id = :household_id and valuation_id = :valuation_id and deleted_at is null;

-- name: valuation_before
-- The value of this kind next before a day: what a new one is compared with.
select amount, currency, valued_on
from valuation
where household_id = :household_id and watch_id = :watch_id and kind = :kind and deleted_at is null
  and valued_on <= :valued_on and amount > 0
  and (cast(:valuation_id as uuid) is null or valuation_id <> :valuation_id)
order by valued_on desc, recorded_at desc
limit 1;

-- name: valuation_insert
insert into valuation (household_id, watch_id, amount, currency, valued_on, kind, source, note, confirmed)
select w.household_id, w.watch_id, :amount, :currency, :valued_on, :kind, :source, :note, :confirmed
from watch w
where w.household_id = :household_id and w.watch_id = :watch_id and w.deleted_at is null
returning valuation_id;

-- name: valuation_update
update valuation
set amount = :amount, currency = :currency, valued_on = :valued_on, kind = :kind, source = :source, note = :note,
    confirmed = :confirmed, version = version + 1
where household_id = :household_id and valuation_id = :valuation_id and version = :version and deleted_at is null
returning version;

-- name: valuation_to_bin
update valuation set deleted_at = now(), version = version + 1
where household_id = :household_id and valuation_id = :valuation_id and version = :version and deleted_at is null
returning version;

-- name: valuation_from_bin
update valuation set deleted_at = null, version = version + 1
where household_id = :household_id and valuation_id = :valuation_id and deleted_at is not null
returning version;

-- name: valuation_import
-- Many values in one statement, so that what they change is derived once.
insert into valuation (household_id, watch_id, amount, currency, valued_on, kind, source, note)
select :household_id, v.watch_id, v.amount, v.currency, v.valued_on, v.kind, v.source, v.note
from unnest(cast(:watch_ids as uuid[]), cast(:amounts as numeric[]), cast(:currencies as text[]), cast(:days as date[]),
            cast(:kinds as text[]), cast(:sources as text[]), cast(:notes as text[]))
     as v (watch_id, amount, currency, valued_on, kind, source, note)
returning valuation_id;
