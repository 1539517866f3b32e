-- name: fx_newest
-- The day of the newest rates this box has; null before the first load.
select max(rate_date) from fx_rate;

-- name: fx_rates_in_force
-- Units of each currency for 1 EUR today, or on the newest day this box has; currencies that ceased to be are not there.
select currency, eur_rate, rate_date from fx_day where day = {newest_rates};

-- name: fx_lock
-- Of two processes that load rates at once, the second waits and then finds them here.
lock table fx_rate in share row exclusive mode;

-- name: fx_copy
copy fx_rate (currency, rate_date, eur_rate) from stdin;

-- name: fx_fill
call fx_fill(:since);

-- name: fx_changes_everything
-- New rates change every household's figures: move all cached reads on.
update data_version set version = version + 1;
