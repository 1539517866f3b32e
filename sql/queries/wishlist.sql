-- name: wishlist
-- What is wished for or ordered: target, newest market value and agreed price, as recorded and in one currency.
-- price_at_target is the market value in the currency of the target, at today's rate; null: one is unknown or has no rate.
select w.watch_id, b.name as brand, w.model, w.reference, w.status, cover.content_hash as cover, w.added_at,
       w.target_price as target_amount, w.target_currency,
       w.value_amount as price_amount, w.value_currency as price_currency, w.valued_on as priced_on,
       w.cost as agreed_amount, w.purchase_currency as agreed_currency,
       w.value_amount * fx_ratio(w.value_currency, w.target_currency, priced.eur_rate, aimed.eur_rate) as price_at_target,
       w.target_price * fx_ratio(w.target_currency, :currency, aimed.eur_rate, shown.eur_rate) as target,
       w.value_amount * fx_ratio(w.value_currency, :currency, priced.eur_rate, shown.eur_rate) as price,
       w.cost * fx_ratio(w.purchase_currency, :currency, agreed.eur_rate, shown.eur_rate) as agreed,
       least(priced.rate_date, aimed.rate_date, agreed.rate_date, shown.rate_date) as rate_on
from watch w
join brand b on b.household_id = w.household_id and b.brand_id = w.brand_id
left join fx_day priced on priced.currency = w.value_currency and priced.day = {newest_rates}
left join fx_day aimed on aimed.currency = w.target_currency and aimed.day = {newest_rates}
left join fx_day agreed on agreed.currency = w.purchase_currency and agreed.day = {newest_rates}
left join fx_day shown on shown.currency = :currency and shown.day = {newest_rates}
{cover}
where w.household_id = :household_id and w.deleted_at is null and w.status in ('wishlist', 'ordered')
order by w.sort_name, w.watch_id;
