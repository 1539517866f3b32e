-- name: member_list
-- Who belongs to this household, by name.
select u.user_id, u.name
from membership m
join app_user u on u.user_id = m.user_id
where m.household_id = :household_id
order by search_fold(u.name), u.user_id;
