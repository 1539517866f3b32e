-- name: regular_watches
-- Which of these watches have many values in a period (:fewest at least) that are close together: half of the gaps
-- between them, or more, are :longest days at most. The first value of a watch has no gap.
select coalesce(watch_id) as watch_id
from (select watch_id, valued_on - lag(valued_on) over (partition by watch_id order by valued_on) as gap
      from counted_valuation
      where household_id = :household_id and watch_id = any (cast(:watch_ids as uuid[]))
        and valued_on between cast(:from as date) and cast(:to as date)) gaps
group by watch_id
having count(*) >= cast(:fewest as integer)
   and 2 * count(*) filter (where gap <= cast(:longest as integer)) >= count(gap);
