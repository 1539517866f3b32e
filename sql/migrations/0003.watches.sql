-- depends: 0002.reference
-- The collection: brands in use, collections, tags, watches, valuations.

create table brand (
    household_id uuid not null constraint brand_household_known references household on delete cascade,
    brand_id     uuid not null default gen_random_uuid(),
    name         text not null constraint brand_name_given check (length(btrim(name)) between 1 and 100),
    brand_slug   text constraint brand_reference_known references brand_reference,
    folded       text not null generated always as (lower(btrim(name))) stored,
    primary key (household_id, brand_id),
    constraint brand_name_taken unique (household_id, folded)
);
comment on table brand is 'A maker as this household writes it; brand_slug links it to the reference data.';
comment on constraint brand_household_known on brand is 'This household is not here any more.';
comment on constraint brand_name_given on brand is 'Give the brand a name of up to 100 characters.';
comment on constraint brand_reference_known on brand is 'This brand is not in the reference data.';
comment on constraint brand_name_taken on brand is 'This brand is already here.';
call wall_in('brand');
call count_versions('brand');

create table collection (
    household_id  uuid not null constraint collection_household_known references household on delete cascade,
    collection_id uuid not null default gen_random_uuid(),
    name          text not null constraint collection_name_given check (length(btrim(name)) between 1 and 60),
    colour        text not null constraint collection_colour_known check (colour in
                  ('brass', 'steel', 'navy', 'forest', 'burgundy', 'sand', 'slate', 'plum')),
    is_default    boolean not null default false,
    version       integer not null default 1,
    folded        text not null generated always as (lower(btrim(name))) stored,
    primary key (household_id, collection_id),
    constraint collection_name_taken unique (household_id, folded)
);
create unique index collection_one_default on collection (household_id) where is_default;
comment on index collection_one_default is 'Another collection was made the default at the same moment. Look at it again.';
comment on table collection is 'A coloured group of watches; a watch is in at most one. New watches go to the default one.';
comment on constraint collection_household_known on collection is 'This household is not here any more.';
comment on constraint collection_name_given on collection is 'Give the collection a name of up to 60 characters.';
comment on constraint collection_colour_known on collection is 'Choose a colour from the list.';
comment on constraint collection_name_taken on collection is 'A collection with this name is already here.';
call wall_in('collection');
call count_versions('collection');

create table watch (
    household_id        uuid not null constraint watch_household_known references household on delete cascade,
    watch_id            uuid not null default gen_random_uuid(),
    -- identity
    brand_id            uuid not null,
    model               text not null constraint watch_model_given check (length(btrim(model)) between 1 and 200),
    reference           text constraint watch_reference_length check (length(reference) <= 100),
    serial_number       text constraint watch_serial_length check (length(serial_number) <= 100),
    nickname            text constraint watch_nickname_length check (length(nickname) <= 100),
    production_year     integer constraint watch_year_plausible check (production_year between 1500 and 2200),
    status              text not null default 'owned' constraint watch_status_known
                        check (status in ('owned', 'wishlist', 'ordered', 'sold', 'gifted', 'lost')),
    condition           text constraint watch_condition_known check (condition in ('mint', 'excellent', 'good', 'fair', 'poor')),
    box_papers          text constraint watch_box_papers_known check (box_papers in ('none', 'box', 'papers', 'full_set')),
    collection_id       uuid,
    notes               text constraint watch_notes_length check (length(notes) <= 10000),
    -- purchase
    purchased_on        date constraint watch_purchase_date_plausible check (purchased_on >= '1900-01-01'),
    retailer            text constraint watch_retailer_length check (length(retailer) <= 200),
    purchase_price      numeric(14, 2) constraint watch_price_not_negative check (purchase_price >= 0),
    purchase_fees       numeric(14, 2) constraint watch_fees_not_negative check (purchase_fees >= 0),
    purchase_taxes      numeric(14, 2) constraint watch_taxes_not_negative check (purchase_taxes >= 0),
    purchase_currency   text constraint watch_purchase_currency_plausible check (purchase_currency ~ '^[A-Z]{3}$'),
    -- sale, gift or loss
    disposed_on         date,
    buyer               text constraint watch_buyer_length check (length(buyer) <= 200),
    sale_price          numeric(14, 2) constraint watch_sale_price_not_negative check (sale_price >= 0),
    sale_fees           numeric(14, 2) constraint watch_sale_fees_not_negative check (sale_fees >= 0),
    sale_currency       text constraint watch_sale_currency_plausible check (sale_currency ~ '^[A-Z]{3}$'),
    -- specification
    movement_type       text constraint watch_movement_known references movement_type,
    calibre             text constraint watch_calibre_length check (length(calibre) <= 100),
    case_material       text constraint watch_material_length check (length(case_material) <= 100),
    case_diameter_mm    numeric(4, 1) constraint watch_diameter_plausible check (case_diameter_mm between 5 and 100),
    thickness_mm        numeric(4, 1) constraint watch_thickness_plausible check (thickness_mm between 0.5 and 60),
    lug_to_lug_mm       numeric(4, 1) constraint watch_lug_to_lug_plausible check (lug_to_lug_mm between 5 and 120),
    lug_width_mm        numeric(4, 1) constraint watch_lug_width_plausible check (lug_width_mm between 4 and 40),
    water_resistance_m  integer constraint watch_water_plausible check (water_resistance_m between 0 and 20000),
    power_reserve_h     numeric(6, 1) constraint watch_reserve_plausible check (power_reserve_h between 0 and 20000),
    crystal             text constraint watch_crystal_length check (length(crystal) <= 100),
    dial_colour         text constraint watch_dial_length check (length(dial_colour) <= 100),
    bezel               text constraint watch_bezel_length check (length(bezel) <= 100),
    strap               text constraint watch_strap_length check (length(strap) <= 100),
    -- bookkeeping
    version             integer not null default 1,
    added_at            timestamptz not null default now(),
    changed_at          timestamptz not null default now(),
    deleted_at          timestamptz,
    -- derived: kept by PostgreSQL, never written by the app
    cost                numeric(15, 2) generated always as
                        (purchase_price + coalesce(purchase_fees, 0) + coalesce(purchase_taxes, 0)) stored,
    proceeds            numeric(15, 2) generated always as (sale_price - coalesce(sale_fees, 0)) stored,
    acquired_on         date,
    value_amount        numeric(15, 2),
    value_currency      text,
    valued_on           date,
    sort_name           text collate "C" not null default '',
    document            tsvector not null default '',

    primary key (household_id, watch_id),
    constraint watch_brand_known foreign key (household_id, brand_id) references brand,
    constraint watch_collection_known foreign key (household_id, collection_id)
        references collection on delete set null (collection_id),
    constraint watch_price_has_currency check (purchase_price is null or purchase_currency is not null),
    constraint watch_fees_need_price check (purchase_price is not null or (purchase_fees is null and purchase_taxes is null)),
    constraint watch_sale_has_currency check (sale_price is null or sale_currency is not null),
    constraint watch_sale_fees_need_price check (sale_price is not null or sale_fees is null),
    constraint watch_disposal_dated check ((status in ('sold', 'gifted', 'lost')) = (disposed_on is not null)),
    constraint watch_disposal_after_purchase check (disposed_on >= purchased_on),
    constraint watch_sale_only_when_disposed check (disposed_on is not null or (sale_price is null and buyer is null))
);
create unique index watch_serial_taken on watch (household_id, brand_id, upper(serial_number)) where deleted_at is null;
create index watch_by_added on watch (household_id, added_at, watch_id) where deleted_at is null;
create index watch_by_name on watch (household_id, sort_name, watch_id) where deleted_at is null;
create index watch_by_purchase on watch (household_id, purchased_on, watch_id) where deleted_at is null;
create index watch_by_brand on watch (household_id, brand_id) where deleted_at is null;
create index watch_by_collection on watch (household_id, collection_id) where deleted_at is null;
create index watch_by_status on watch (household_id, status) where deleted_at is null;
create index watch_by_document on watch using gin (document) with (fastupdate = off);
comment on table watch is 'One physical watch: owned, wished for, or gone. Dimensions in mm, water resistance in m, power reserve in h.';
comment on column watch.cost is 'All-in: purchase price + fees + taxes, in purchase_currency.';
comment on column watch.proceeds is 'Sale price − fees, in sale_currency.';
comment on column watch.disposed_on is 'The day it was sold, given away or lost; the last day it counts.';
comment on column watch.acquired_on is 'Since when it counts: the purchase date, else the first valuation or the day it was added. Null when never owned.';
comment on column watch.value_amount is 'What it is worth now: the newest market valuation, else the cost (then valued_on is null).';
comment on column watch.document is 'Everything the search box looks in.';
comment on constraint watch_household_known on watch is 'This household is not here any more.';
comment on constraint watch_model_given on watch is 'Give the watch a model name of up to 200 characters.';
comment on constraint watch_reference_length on watch is 'A reference has up to 100 characters.';
comment on constraint watch_serial_length on watch is 'A serial number has up to 100 characters.';
comment on constraint watch_nickname_length on watch is 'A nickname has up to 100 characters.';
comment on constraint watch_year_plausible on watch is 'A year of production has four digits, like 1968.';
comment on constraint watch_status_known on watch is 'Choose a status from the list.';
comment on constraint watch_condition_known on watch is 'Choose a condition from the list.';
comment on constraint watch_box_papers_known on watch is 'Choose from the list what came with the watch.';
comment on constraint watch_notes_length on watch is 'Notes have up to 10,000 characters.';
comment on constraint watch_purchase_date_plausible on watch is 'The purchase date must be in 1900 or later.';
comment on constraint watch_retailer_length on watch is 'A retailer or seller has up to 200 characters.';
comment on constraint watch_price_not_negative on watch is 'A price can''t be negative.';
comment on constraint watch_fees_not_negative on watch is 'Fees can''t be negative.';
comment on constraint watch_taxes_not_negative on watch is 'Taxes can''t be negative.';
comment on constraint watch_purchase_currency_plausible on watch is 'Choose a currency from the list.';
comment on constraint watch_buyer_length on watch is 'A buyer has up to 200 characters.';
comment on constraint watch_sale_price_not_negative on watch is 'A sale price can''t be negative.';
comment on constraint watch_sale_fees_not_negative on watch is 'Fees can''t be negative.';
comment on constraint watch_sale_currency_plausible on watch is 'Choose a currency from the list.';
comment on constraint watch_movement_known on watch is 'Choose a movement type from the list.';
comment on constraint watch_calibre_length on watch is 'A calibre has up to 100 characters.';
comment on constraint watch_material_length on watch is 'A case material has up to 100 characters.';
comment on constraint watch_diameter_plausible on watch is 'A case diameter lies between 5 and 100 mm.';
comment on constraint watch_thickness_plausible on watch is 'A thickness lies between 0.5 and 60 mm.';
comment on constraint watch_lug_to_lug_plausible on watch is 'Lug to lug lies between 5 and 120 mm.';
comment on constraint watch_lug_width_plausible on watch is 'A lug width lies between 4 and 40 mm.';
comment on constraint watch_water_plausible on watch is 'Water resistance lies between 0 and 20,000 m.';
comment on constraint watch_reserve_plausible on watch is 'A power reserve lies between 0 and 20,000 hours.';
comment on constraint watch_crystal_length on watch is 'A crystal has up to 100 characters.';
comment on constraint watch_dial_length on watch is 'A dial colour has up to 100 characters.';
comment on constraint watch_bezel_length on watch is 'A bezel has up to 100 characters.';
comment on constraint watch_strap_length on watch is 'A strap has up to 100 characters.';
comment on constraint watch_brand_known on watch is 'Choose a brand, or add a new one.';
comment on constraint watch_collection_known on watch is 'This collection is not here any more.';
comment on constraint watch_price_has_currency on watch is 'A price needs a currency.';
comment on constraint watch_fees_need_price on watch is 'Fees and taxes need a purchase price beside them.';
comment on constraint watch_sale_has_currency on watch is 'A sale price needs a currency.';
comment on constraint watch_sale_fees_need_price on watch is 'Sale fees need a sale price beside them.';
comment on constraint watch_disposal_dated on watch is 'A watch that was sold, given away or lost needs the day; another has none.';
comment on constraint watch_disposal_after_purchase on watch is 'A watch can''t leave the collection before it was bought.';
comment on constraint watch_sale_only_when_disposed on watch is 'Only a watch that is gone has a sale price or a buyer.';
comment on index watch_serial_taken is 'A watch of this brand with this serial number is already here.';
call wall_in('watch');
call count_versions('watch');

create table watch_complication (
    household_id uuid not null,
    watch_id     uuid not null,
    complication text not null constraint watch_complication_known references complication,
    primary key (household_id, watch_id, complication),
    constraint watch_complication_watch_known foreign key (household_id, watch_id) references watch on delete cascade
);
create index watch_complication_by_name on watch_complication (household_id, complication, watch_id);
comment on table watch_complication is 'The complications of a watch.';
comment on constraint watch_complication_known on watch_complication is 'Choose complications from the list.';
comment on constraint watch_complication_watch_known on watch_complication is 'This watch is not in your collection.';
call wall_in('watch_complication');
call count_versions('watch_complication');

create table watch_tag (
    household_id uuid not null,
    watch_id     uuid not null,
    tag          text not null constraint tag_given check (length(btrim(tag)) between 1 and 40),
    primary key (household_id, watch_id, tag),
    constraint watch_tag_watch_known foreign key (household_id, watch_id) references watch on delete cascade
);
create index watch_tag_by_name on watch_tag (household_id, tag, watch_id);
comment on table watch_tag is 'Free words on a watch, across collections.';
comment on constraint tag_given on watch_tag is 'A tag has 1 to 40 characters.';
comment on constraint watch_tag_watch_known on watch_tag is 'This watch is not in your collection.';
call wall_in('watch_tag');
call count_versions('watch_tag');

create table valuation (
    household_id uuid not null,
    valuation_id uuid not null default gen_random_uuid(),
    watch_id     uuid not null,
    amount       numeric(14, 2) not null constraint valuation_not_negative check (amount >= 0),
    currency     text not null constraint valuation_currency_plausible check (currency ~ '^[A-Z]{3}$'),
    valued_on    date not null constraint valuation_date_plausible check (valued_on >= '1900-01-01'),
    kind         text not null default 'market' constraint valuation_kind_known
                 check (kind in ('market', 'insured', 'replacement', 'appraisal')),
    source       text not null default 'manual' constraint valuation_source_known
                 check (source in ('manual', 'chrono24', 'import', 'api')),
    note         text constraint valuation_note_length check (length(note) <= 1000),
    confirmed    boolean not null default false,
    version      integer not null default 1,
    recorded_at  timestamptz not null default clock_timestamp(),
    deleted_at   timestamptz,
    primary key (household_id, valuation_id),
    constraint valuation_watch_known foreign key (household_id, watch_id) references watch on delete cascade
);
create index valuation_of_watch on valuation (household_id, watch_id, valued_on) where deleted_at is null;
comment on table valuation is 'What a watch was worth on a day. Only kind market enters totals.';
comment on column valuation.confirmed is 'A person said that a striking amount is right. An imported 0 counts only when confirmed.';
comment on constraint valuation_not_negative on valuation is 'A value can''t be negative.';
comment on constraint valuation_currency_plausible on valuation is 'Choose a currency from the list.';
comment on constraint valuation_date_plausible on valuation is 'The date of a value must be in 1900 or later.';
comment on constraint valuation_kind_known on valuation is 'Choose a kind of value from the list.';
comment on constraint valuation_source_known on valuation is 'Choose a source from the list.';
comment on constraint valuation_note_length on valuation is 'A note has up to 1,000 characters.';
comment on constraint valuation_watch_known on valuation is 'This watch is not in your collection.';
call wall_in('valuation');
call count_versions('valuation');

create table value_step (
    household_id uuid not null,
    watch_id     uuid not null,
    day          date not null,
    currency     text not null,
    delta        numeric not null,
    costed       boolean not null,
    primary key (household_id, watch_id, day, currency),
    constraint value_step_watch_known foreign key (household_id, watch_id) references watch on delete cascade
);
comment on table value_step is
    'Derived: by how much the value of a watch changes on a day. The running sum over days is its value, the sum over watches the collection''s.';
comment on column value_step.costed is 'The watch has a known cost, so that it counts in the gain.';
comment on constraint value_step_watch_known on value_step is 'This watch is not in your collection.';
call wall_in('value_step');

create table value_day (
    household_id uuid not null constraint value_day_household_known references household on delete cascade,
    currency     text not null,
    day          date not null,
    delta        numeric not null,
    costed       numeric not null,
    primary key (household_id, currency, day)
);
comment on table value_day is 'Derived: value_step summed over the watches of a household. costed: the part of watches whose cost is known.';
comment on constraint value_day_household_known on value_day is 'This household is not here any more.';
call wall_in('value_day');

create table search_word (
    household_id uuid not null constraint search_word_household_known references household on delete cascade,
    word         text collate "C" not null,
    primary key (household_id, word)
);
comment on table search_word is 'Derived: the words of names in this collection; a misspelt search word is compared with them.';
comment on constraint search_word_household_known on search_word is 'This household is not here any more.';
call wall_in('search_word');

create table audit_event (
    household_id uuid not null constraint audit_household_known references household on delete cascade,
    event_id     bigint generated always as identity,
    happened_at  timestamptz not null default clock_timestamp(),
    user_id      uuid,
    action       text not null,
    entity       text not null,
    entity_id    uuid not null,
    watch_id     uuid,
    before       jsonb,
    after        jsonb,
    primary key (household_id, event_id)
);
create index audit_event_of_watch on audit_event (household_id, watch_id, event_id);
comment on table audit_event is 'Who changed what, before and after; only the fields that changed. Only ever added to.';
comment on constraint audit_household_known on audit_event is 'This household is not here any more.';
call wall_in('audit_event');
revoke update, delete on audit_event from watch_app;
