-- part: expense_columns
    e.expense_id, e.watch_id, e.version, e.added_at, e.kind, e.paid_on, e.amount, e.currency, e.every_months, e.ends_on, e.note

-- part: of_watch_or_whole
-- Costs ``e`` of the watch :watch_id; null: of the collection as a whole.
    e.household_id = :household_id
    and (e.watch_id = cast(:watch_id as uuid) or (cast(:watch_id as uuid) is null and e.watch_id is null))

-- name: expense_list
-- What a watch, or the collection, costs to own; the latest begun first, and how often each was paid up to :today.
select {expense_columns},
       (select count(*) from expense_payment p
        where p.household_id = e.household_id and p.expense_id = e.expense_id and p.paid_on <= cast(:today as date)) as times
from expense e
where {of_watch_or_whole} and e.deleted_at is null
order by e.paid_on desc, e.added_at desc;

-- name: expense_get
select {expense_columns}
from expense e
where e.household_id = :household_id and e.expense_id = :expense_id and e.deleted_at is null;

-- name: expense_insert
insert into expense (household_id, watch_id, kind, paid_on, amount, currency, every_months, ends_on, note)
select :household_id, cast(:watch_id as uuid), :kind, :paid_on, :amount, :currency, :every_months, :ends_on, :note
where cast(:watch_id as uuid) is null
   or exists (select from watch w
              where w.household_id = :household_id and w.watch_id = cast(:watch_id as uuid) and w.deleted_at is null)
returning expense_id;

-- name: expense_update
-- Writes only if nobody else wrote since :version was read; returns no row otherwise.
update expense
set kind = :kind, paid_on = :paid_on, amount = :amount, currency = :currency, every_months = :every_months,
    ends_on = :ends_on, note = :note, version = version + 1
where household_id = :household_id and expense_id = :expense_id and version = :version and deleted_at is null
returning version;

-- name: expense_to_bin
update expense set deleted_at = now(), version = version + 1
where household_id = :household_id and expense_id = :expense_id and version = :version and deleted_at is null
returning version;

-- name: expense_from_bin
update expense set deleted_at = null, version = version + 1
where household_id = :household_id and expense_id = :expense_id and deleted_at is not null
returning version;

-- name: expense_payments
-- What was paid for a few watches up to :today, each in one currency at the rate of its day; oldest first.
select coalesce(p.watch_id) as watch_id, coalesce(p.expense_id) as expense_id, coalesce(p.kind) as kind,
       coalesce(p.paid_on) as day, coalesce(p.amount) as own_cost, coalesce(p.currency) as currency,
       p.amount * fx_ratio(p.currency, :currency, paid.eur_rate, shown.eur_rate) as cost
from expense_payment p
left join lateral fx_on(p.currency, p.paid_on) paid on true
left join lateral fx_on(:currency, p.paid_on) shown on true
where p.household_id = :household_id and p.watch_id = any (cast(:watch_ids as uuid[])) and p.paid_on <= cast(:today as date)
order by p.paid_on, p.kind, p.expense_id;
