-- The directory: people and organisations in one table (what both have stands in columns, the rest in `data`), their past, their
-- links, their words, and the files they were imported from.
CREATE TABLE entry (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id UUID NOT NULL UNIQUE,
    list TEXT NOT NULL,
    state TEXT NOT NULL,
    name TEXT NOT NULL,
    sort TEXT COLLATE "C" NOT NULL,
    region TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    grade TEXT NOT NULL,
    data TEXT NOT NULL,
    merged_into UUID,
    import UUID,
    revision INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX entry_by_name ON entry (list, state, sort, id, region);
CREATE INDEX entry_by_region ON entry (list, state, region, sort, id);
CREATE INDEX entry_by_change ON entry (list, state, updated_at, id, region);
CREATE INDEX entry_by_kind ON entry (list, state, kind, sort, region);
CREATE INDEX entry_by_level ON entry (list, state, level, sort, region);
CREATE INDEX entry_by_import ON entry (import, id) WHERE import IS NOT NULL;

CREATE TABLE entry_search (
    entry UUID PRIMARY KEY REFERENCES entry (id),
    words TSVECTOR NOT NULL
);
CREATE INDEX entry_search_words ON entry_search USING gin (words);

CREATE TABLE entry_history (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entry UUID NOT NULL REFERENCES entry (id),
    at BIGINT NOT NULL,
    account UUID,
    account_name TEXT NOT NULL,
    act TEXT NOT NULL,
    before TEXT,
    after TEXT,
    import UUID,
    revision INTEGER NOT NULL
);
CREATE INDEX entry_history_entry ON entry_history (entry, seq);
CREATE INDEX entry_history_import ON entry_history (import, act) WHERE import IS NOT NULL;

CREATE TABLE relation (
    id UUID PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    from_entry UUID NOT NULL REFERENCES entry (id),
    to_entry UUID NOT NULL REFERENCES entry (id),
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (kind, from_entry, to_entry, since)
);
CREATE INDEX relation_from ON relation (from_entry);
CREATE INDEX relation_to ON relation (to_entry);

CREATE TABLE import (
    id UUID PRIMARY KEY NOT NULL,
    list TEXT NOT NULL,
    state TEXT NOT NULL,
    file TEXT NOT NULL,
    file_name TEXT NOT NULL,
    region TEXT COLLATE "C" NOT NULL,
    columns TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    sound INTEGER NOT NULL,
    at_fault INTEGER NOT NULL,
    repeated INTEGER NOT NULL,
    made INTEGER NOT NULL,
    merged INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    account UUID NOT NULL,
    account_name TEXT NOT NULL,
    error TEXT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    undone_at BIGINT
);
CREATE INDEX import_by_age ON import (created_at, id);

CREATE TABLE import_row (
    import UUID NOT NULL REFERENCES import (id),
    number INTEGER NOT NULL,
    at_fault BOOLEAN NOT NULL,
    name TEXT NOT NULL,
    notes TEXT NOT NULL,
    counterparts TEXT NOT NULL,
    choice TEXT NOT NULL,
    PRIMARY KEY (import, number)
);
