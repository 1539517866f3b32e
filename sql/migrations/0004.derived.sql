-- depends: 0003.watches
-- What PostgreSQL derives from a record, in the transaction that writes it: search document, current
-- value, the steps of value over time, and the audit trail. The definitions are the views; the
-- triggers only decide which watches to derive again.

-- ── search ─────────────────────────────────────────────────────────────────────────────────
create function search_fold(p_text text) returns text language sql stable parallel safe
return lower(unaccent(coalesce(p_text, '')));
comment on function search_fold is 'Without accents and case.';

create function search_squash(p_word text) returns text language sql immutable parallel safe
return left(regexp_replace(p_word, '[\s!-/:-@\[-`{-~]', '', 'g'), 60);
comment on function search_squash is 'Without punctuation: 310.30.42 → 3103042.';

create function search_words(p_text text) returns setof text language sql stable parallel safe as $$
    select distinct part
    from regexp_split_to_table(search_fold(p_text), '\s+') word,
         lateral (select search_squash(word)
                  union all
                  select left(p, 60) from regexp_split_to_table(
                      regexp_replace(word, '(?<=[0-9])(?=[a-z])|(?<=[a-z])(?=[0-9])', ' ', 'g'),
                      '[\s!-/:-@\[-`{-~]+') p) as parts (part)
    where part <> ''
$$;
comment on function search_words is '"GMT-Master 116610LN" → gmtmaster, gmt, master, 116610ln, 116610, ln.';

create function search_lexemes(p_text text, p_weight text) returns tsvector language sql stable parallel safe as $$
    select coalesce(string_agg(quote_literal(w) || ':1' || p_weight, ' '), '')::tsvector from search_words(p_text) w
$$;

create function search_endings(p_serial text) returns tsvector language sql stable parallel safe as $$
    select coalesce(string_agg(quote_literal(right(s, n)) || ':1B', ' '), '')::tsvector
    from search_squash(search_fold(p_serial)) s, generate_series(3, length(s)) n
$$;
comment on function search_endings is 'A serial number is found by its last characters, three or more.';

create function search_household(p_household uuid) returns text language sql immutable parallel safe
return 'h' || replace(p_household::text, '-', '');
comment on function search_household is 'The lexeme that keeps the search of one household off the rows of all others.';

create function search_query(p_typed text) returns tsquery language sql stable as $$
    select (string_agg(quote_literal(s) || ':*', ' & '))::tsquery
    from (select search_squash(w) s
          from regexp_split_to_table(search_fold(left(p_typed, 400)), '\s+') w limit 20) words
    where s <> ''
$$;
comment on function search_query is 'Every word must match, and its beginning is enough. Null when nothing is left to look for.';

-- Row-level security keeps the planner from using a text index (its operators are not leakproof), so
-- the look-up runs as the owner, for the household of the transaction and no other.
create function search_hits(p_typed text) returns table (watch_id uuid, rank real)
language sql stable security definer rows 200 set search_path = public, pg_temp as $$
    select w.watch_id, ts_rank('{0.1, 0.3, 0.6, 1.0}', w.document, q.asked)
    from (select search_query(p_typed) as asked,
                 (quote_literal(search_household(current_household())))::tsquery && search_query(p_typed) as found) q
    join watch w on w.document @@ q.found
    where w.household_id = current_household() and w.deleted_at is null
$$;
comment on function search_hits is 'The watches a search finds, best match highest.';

create function search_corrected(p_typed text) returns text language sql stable as $$
    select nullif(string_agg(coalesce(better.word, typed.word), ' ' order by typed.position), '')
    from regexp_split_to_table(search_fold(left(p_typed, 400)), '\s+') with ordinality as typed (word, position)
    left join lateral (
        select s.word
        from search_word s
        where s.household_id = (select current_household())
          and length(search_squash(typed.word)) >= 4
          and not exists (select from search_hits(typed.word))
          and similarity(s.word, search_squash(typed.word)) >= 0.3
        order by similarity(s.word, search_squash(typed.word)) desc, s.word
        limit 1) better on true
    having bool_or(better.word is not null)
$$;
comment on function search_corrected is 'What was probably meant: words that find nothing are replaced by the most similar name. Null: no idea.';

-- ── value ──────────────────────────────────────────────────────────────────────────────────
create view counted_valuation with (security_invoker = true) as
select distinct on (household_id, watch_id, valued_on)
       household_id, watch_id, valued_on, amount, currency
from valuation
where kind = 'market' and deleted_at is null
  and not (amount = 0 and source = 'import' and not confirmed)
order by household_id, watch_id, valued_on, recorded_at desc;
comment on view counted_valuation is 'Market values that count: the last one recorded for each day; an imported 0 means "no data".';

create view watch_acquired with (security_invoker = true) as
select w.household_id, w.watch_id, w.disposed_on, w.cost, w.purchase_currency,
       coalesce(w.purchased_on,
                least((select min(v.valued_on) from counted_valuation v
                       where v.household_id = w.household_id and v.watch_id = w.watch_id),
                      (w.added_at at time zone 'UTC')::date, w.disposed_on)) as acquired_on
from watch w
where w.status not in ('wishlist', 'ordered');
comment on view watch_acquired is 'Watches that are or were here, and since when they count.';

create view watch_point with (security_invoker = true) as
-- on the day it comes: the newest value known, else what it cost, else the first value to come
select a.household_id, a.watch_id, a.acquired_on as day, p.amount, p.currency, a.cost is not null as costed
from watch_acquired a
cross join lateral (
    (select amount, currency, 1 as preference from counted_valuation v
     where v.household_id = a.household_id and v.watch_id = a.watch_id and v.valued_on <= a.acquired_on
     order by v.valued_on desc limit 1)
    union all
    select a.cost, a.purchase_currency, 2 where a.cost is not null
    union all
    (select amount, currency, 3 from counted_valuation v
     where v.household_id = a.household_id and v.watch_id = a.watch_id
     order by v.valued_on limit 1)
    order by preference limit 1) p
union all
-- each later value, while it is here
select a.household_id, a.watch_id, v.valued_on, v.amount, v.currency, a.cost is not null
from watch_acquired a
join counted_valuation v using (household_id, watch_id)
where v.valued_on > a.acquired_on and (a.disposed_on is null or v.valued_on <= a.disposed_on)
union all
-- from the day after it went: nothing
select a.household_id, a.watch_id, a.disposed_on + 1, 0, null, a.cost is not null
from watch_acquired a
where a.disposed_on is not null;
comment on view watch_point is 'From this day on, the watch counts for this amount.';

create view watch_step with (security_invoker = true) as
with stretch as (
    select household_id, watch_id, day, amount, currency, costed,
           lag(amount) over previous as amount_before, lag(currency) over previous as currency_before
    from watch_point
    window previous as (partition by household_id, watch_id order by day)
)
select household_id, watch_id, day, currency, sum(delta) as delta, bool_and(costed) as costed
from (select household_id, watch_id, day, currency, amount as delta, costed from stretch where currency is not null
      union all
      select household_id, watch_id, day, currency_before, -amount_before, costed
      from stretch where currency_before is not null) changes
group by household_id, watch_id, day, currency
having sum(delta) <> 0;
comment on view watch_step is 'By how much each watch''s value changes on a day, by currency.';

create view watch_derived with (security_invoker = true) as
select w.household_id, w.watch_id, a.acquired_on,
       case when newest.amount is not null then newest.amount when w.status = 'owned' then w.cost end as value_amount,
       case when newest.amount is not null then newest.currency
            when w.status = 'owned' and w.cost is not null then w.purchase_currency end as value_currency,
       newest.valued_on,
       left(search_fold(concat_ws(' ', b.name, w.model, w.reference)), 200) as sort_name,
       search_lexemes(concat_ws(' ', b.name, array_to_string(r.aliases, ' '), w.model, w.reference,
                                    regexp_replace(w.reference, '\s', '', 'g'), w.nickname), 'A')
           || search_lexemes(concat_ws(' ', w.serial_number, regexp_replace(w.serial_number, '\s', '', 'g')), 'B') || search_endings(w.serial_number)
           || search_lexemes(concat_ws(' ', c.name, w.retailer, w.calibre, w.production_year::text,
                (select string_agg(t.tag, ' ') from watch_tag t
                 where t.household_id = w.household_id and t.watch_id = w.watch_id)), 'C')
           || search_lexemes(w.notes, 'D')
           || (quote_literal(search_household(w.household_id)))::tsvector as document,
       concat_ws(' ', b.name, w.model, w.nickname, c.name, w.retailer) as names
from watch w
join brand b using (household_id, brand_id)
left join brand_reference r using (brand_slug)
left join collection c using (household_id, collection_id)
left join watch_acquired a using (household_id, watch_id)
left join lateral (
    select v.amount, v.currency, v.valued_on
    from counted_valuation v
    where v.household_id = w.household_id and v.watch_id = w.watch_id and w.disposed_on is null
    order by v.valued_on desc limit 1) newest on true;
comment on view watch_derived is 'The derived columns of watch, as they should be.';

grant select on counted_valuation, watch_acquired, watch_point, watch_step, watch_derived to watch_app;

-- The sums over watches move by what comes and what goes, also when a watch is purged.
create function sum_fresh_steps() returns trigger language plpgsql as $$
begin
    insert into value_day as sums (household_id, currency, day, delta, costed)
    select household_id, currency, day, sum(delta), coalesce(sum(delta) filter (where costed), 0)
    from fresh group by household_id, currency, day order by household_id, currency, day
    on conflict (household_id, currency, day) do update
    set delta = sums.delta + excluded.delta, costed = sums.costed + excluded.costed;
    return null;
end $$;
create function sum_gone_steps() returns trigger language plpgsql as $$
begin
    update value_day sums set delta = sums.delta - g.delta, costed = sums.costed - g.costed
    from (select household_id, currency, day, sum(delta) as delta,
                 coalesce(sum(delta) filter (where costed), 0) as costed
          from gone group by household_id, currency, day) g
    where sums.household_id = g.household_id and sums.currency = g.currency and sums.day = g.day;
    return null;
end $$;
create trigger sum_insert after insert on value_step referencing new table as fresh
    for each statement execute function sum_fresh_steps();
create trigger sum_delete after delete on value_step referencing old table as gone
    for each statement execute function sum_gone_steps();

create procedure derive_watches(p_household uuid, p_watches uuid[]) language plpgsql as $$
begin
    update watch w
    set acquired_on = d.acquired_on, value_amount = d.value_amount, value_currency = d.value_currency,
        valued_on = d.valued_on, sort_name = d.sort_name, document = d.document
    from watch_derived d
    where d.household_id = p_household and d.watch_id = any (p_watches)
      and w.household_id = d.household_id and w.watch_id = d.watch_id
      and (w.acquired_on, w.value_amount, w.value_currency, w.valued_on, w.sort_name, w.document) is distinct from
          (d.acquired_on, d.value_amount, d.value_currency, d.valued_on, d.sort_name, d.document);

    delete from value_step where household_id = p_household and watch_id = any (p_watches);
    insert into value_step (household_id, watch_id, day, currency, delta, costed)
    select s.household_id, s.watch_id, s.day, s.currency, s.delta, s.costed
    from watch_step s
    join watch w using (household_id, watch_id)
    where s.household_id = p_household and s.watch_id = any (p_watches) and w.deleted_at is null;

    insert into search_word (household_id, word)
    select distinct p_household, word
    from watch_derived d, lateral search_words(d.names) word
    where d.household_id = p_household and d.watch_id = any (p_watches) and word ~ '^[^0-9]{4,40}$'
    on conflict do nothing;
end $$;

-- ── audit, and which watches to derive again ───────────────────────────────────────────────
create function watch_facts(p_row jsonb) returns jsonb language sql immutable parallel safe
return p_row - array['cost', 'proceeds', 'acquired_on', 'value_amount', 'value_currency', 'valued_on',
                     'sort_name', 'document', 'changed_at', 'version', 'folded', 'recorded_at'];
comment on function watch_facts is 'What a person entered: a row without what is derived from it.';

create function only_in(p_row jsonb, p_other jsonb) returns jsonb language sql immutable parallel safe as $$
    select jsonb_object_agg(key, value) from jsonb_each(p_row) e where p_other -> e.key is distinct from e.value
$$;

-- Trigger arguments: the column that holds the entity's id, and the one that holds the watch's ('' for none).
create function write_audit() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into audit_event (household_id, user_id, action, entity, entity_id, watch_id, after)
        select f.household_id, current_app_user(), 'added', tg_table_name,
               (j ->> tg_argv[0])::uuid, (j ->> tg_argv[1])::uuid, jsonb_strip_nulls(watch_facts(j))
        from fresh f, lateral to_jsonb(f) j;
    elsif tg_op = 'DELETE' then
        insert into audit_event (household_id, user_id, action, entity, entity_id, watch_id, before)
        select g.household_id, current_app_user(), 'removed', tg_table_name,
               (j ->> tg_argv[0])::uuid, (j ->> tg_argv[1])::uuid, jsonb_strip_nulls(watch_facts(j))
        from gone g, lateral to_jsonb(g) j;
    else
        insert into audit_event (household_id, user_id, action, entity, entity_id, watch_id, before, after)
        select (n ->> 'household_id')::uuid, current_app_user(), 'changed', tg_table_name,
               (n ->> tg_argv[0])::uuid, (n ->> tg_argv[1])::uuid, only_in(o, n), only_in(n, o)
        from (select watch_facts(to_jsonb(f)) n from fresh f) f
        join (select watch_facts(to_jsonb(g)) o from gone g) g
          on o ->> 'household_id' = n ->> 'household_id' and o ->> tg_argv[0] = n ->> tg_argv[0]
        where o <> n;
    end if;
    return null;
end $$;

create procedure audit(tenant_table regclass, id_column text, watch_column text) language plpgsql as $$
begin
    execute format('create trigger audit_insert after insert on %s referencing new table as fresh
                    for each statement execute function write_audit(%L, %L)', tenant_table, id_column, watch_column);
    execute format('create trigger audit_update after update on %s referencing old table as gone new table as fresh
                    for each statement execute function write_audit(%L, %L)', tenant_table, id_column, watch_column);
    execute format('create trigger audit_delete after delete on %s referencing old table as gone
                    for each statement execute function write_audit(%L, %L)', tenant_table, id_column, watch_column);
end $$;
call audit('watch', 'watch_id', 'watch_id');
call audit('valuation', 'valuation_id', 'watch_id');
call audit('collection', 'collection_id', '');
call audit('brand', 'brand_id', '');
-- a tag or complication has no id of its own: it is named by its watch, and never updated
create trigger audit_insert after insert on watch_tag referencing new table as fresh
    for each statement execute function write_audit('watch_id', 'watch_id');
create trigger audit_delete after delete on watch_tag referencing old table as gone
    for each statement execute function write_audit('watch_id', 'watch_id');
create trigger audit_insert after insert on watch_complication referencing new table as fresh
    for each statement execute function write_audit('watch_id', 'watch_id');
create trigger audit_delete after delete on watch_complication referencing old table as gone
    for each statement execute function write_audit('watch_id', 'watch_id');

create function derive_after_insert() returns trigger language plpgsql as $$
declare h record;
begin
    for h in select household_id, array_agg(distinct watch_id) as watches from fresh group by household_id loop
        call derive_watches(h.household_id, h.watches);
    end loop;
    return null;
end $$;

create function derive_after_delete() returns trigger language plpgsql as $$
declare h record;
begin
    for h in select household_id, array_agg(distinct watch_id) as watches from gone group by household_id loop
        call derive_watches(h.household_id, h.watches);
    end loop;
    return null;
end $$;

create function derive_after_watch_update() returns trigger language plpgsql as $$
declare h record;
begin
    for h in select f.household_id, array_agg(f.watch_id) as watches
             from fresh f join gone g using (household_id, watch_id)
             where watch_facts(to_jsonb(f)) <> watch_facts(to_jsonb(g)) group by f.household_id loop
        call derive_watches(h.household_id, h.watches);
    end loop;
    return null;
end $$;

create function derive_after_rename() returns trigger language plpgsql as $$
declare h record;
begin
    for h in select w.household_id, array_agg(w.watch_id) as watches
             from fresh f join gone g on (to_jsonb(f) ->> tg_argv[0]) = (to_jsonb(g) ->> tg_argv[0]) and f.name <> g.name
             join watch w on w.household_id = f.household_id
                         and (to_jsonb(w) ->> tg_argv[0]) = (to_jsonb(f) ->> tg_argv[0])
             group by w.household_id loop
        call derive_watches(h.household_id, h.watches);
    end loop;
    return null;
end $$;

create trigger derive_insert after insert on watch referencing new table as fresh
    for each statement execute function derive_after_insert();
create trigger derive_update after update on watch referencing old table as gone new table as fresh
    for each statement execute function derive_after_watch_update();
create trigger derive_insert after insert on valuation referencing new table as fresh
    for each statement execute function derive_after_insert();
create trigger derive_update after update on valuation referencing new table as fresh
    for each statement execute function derive_after_insert();
create trigger derive_delete after delete on valuation referencing old table as gone
    for each statement execute function derive_after_delete();
create trigger derive_insert after insert on watch_tag referencing new table as fresh
    for each statement execute function derive_after_insert();
create trigger derive_delete after delete on watch_tag referencing old table as gone
    for each statement execute function derive_after_delete();
create trigger derive_update after update on brand referencing old table as gone new table as fresh
    for each statement execute function derive_after_rename('brand_id');
create trigger derive_update after update on collection referencing old table as gone new table as fresh
    for each statement execute function derive_after_rename('collection_id');
