-- name: value_round_watches
-- Every owned watch with what it is worth now: never valued ones first, then those valued longest ago.
select w.watch_id, b.name as brand, w.model, w.reference, w.collection_id, w.value_amount,
       coalesce(w.value_currency, w.purchase_currency) as currency, w.valued_on, w.sort_name
from watch w
join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
where {owned}
order by w.valued_on nulls first, w.sort_name, w.watch_id;

-- name: value_round_before
-- What new values are compared with: for each, the value of its kind next before its day (as valuation_before for one).
select asked.watch_id, before.amount, before.currency, before.valued_on
from unnest(cast(:watch_ids as uuid[]), cast(:kinds as text[]), cast(:days as date[])) as asked (watch_id, kind, valued_on)
cross join lateral (
    select v.amount, v.currency, v.valued_on
    from valuation v
    where v.household_id = :household_id and v.watch_id = asked.watch_id and v.kind = asked.kind and v.deleted_at is null
      and v.valued_on <= asked.valued_on and v.amount > 0
    order by v.valued_on desc, v.recorded_at desc
    limit 1) before;

-- name: value_round_insert
-- Many values in one statement, so that what they change is derived once; watches in the bin take none.
insert into valuation (household_id, watch_id, amount, currency, valued_on, kind, source, note, confirmed)
select w.household_id, w.watch_id, v.amount, v.currency, v.valued_on, v.kind, v.source, v.note, v.confirmed
from unnest(cast(:watch_ids as uuid[]), cast(:amounts as numeric[]), cast(:currencies as text[]), cast(:days as date[]),
            cast(:kinds as text[]), cast(:sources as text[]), cast(:notes as text[]), cast(:confirmed as boolean[]))
     as v (watch_id, amount, currency, valued_on, kind, source, note, confirmed)
join watch w on w.household_id = :household_id and w.watch_id = v.watch_id and w.deleted_at is null
returning valuation_id, watch_id, version;

-- name: value_round_to_bin
-- Those that are still as they were at these versions.
update valuation v set deleted_at = now(), version = v.version + 1
from unnest(cast(:valuation_ids as uuid[]), cast(:versions as integer[])) as seen (valuation_id, version)
where v.household_id = :household_id and v.valuation_id = seen.valuation_id and v.version = seen.version
  and v.deleted_at is null
returning v.valuation_id, v.watch_id, v.version;

-- name: value_round_from_bin
-- Those that are still as they were put there.
update valuation v set deleted_at = null, version = v.version + 1
from unnest(cast(:valuation_ids as uuid[]), cast(:versions as integer[])) as seen (valuation_id, version)
where v.household_id = :household_id and v.valuation_id = seen.valuation_id and v.version = seen.version
  and v.deleted_at is not null
returning v.valuation_id, v.watch_id, v.version;
