-- The directory: people and organisations in one table (what both have stands in columns, the rest in `data`), their past, their
-- links, their words, and the files they were imported from. `seq` ties an entry to its row in the index of words.
CREATE TABLE entry (
    seq INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    id BLOB NOT NULL UNIQUE,
    list TEXT NOT NULL,
    state TEXT NOT NULL,
    name TEXT NOT NULL,
    sort TEXT NOT NULL,
    region TEXT NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    grade TEXT NOT NULL,
    data TEXT NOT NULL,
    merged_into BLOB,
    import BLOB,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX entry_by_name ON entry (list, state, sort, id, region);
CREATE INDEX entry_by_region ON entry (list, state, region, sort, id);
CREATE INDEX entry_by_change ON entry (list, state, updated_at, id, region);
CREATE INDEX entry_by_kind ON entry (list, state, kind, sort, region);
CREATE INDEX entry_by_level ON entry (list, state, level, sort, region);
CREATE INDEX entry_by_import ON entry (import, id) WHERE import IS NOT NULL;

CREATE VIRTUAL TABLE entry_search USING fts5 (
    name, rest, fields, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3'
);

CREATE TABLE entry_history (
    seq INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    entry BLOB NOT NULL REFERENCES entry (id),
    at INTEGER NOT NULL,
    account BLOB,
    account_name TEXT NOT NULL,
    act TEXT NOT NULL,
    before TEXT,
    after TEXT,
    import BLOB,
    revision INTEGER NOT NULL
);
CREATE INDEX entry_history_entry ON entry_history (entry, seq);
CREATE INDEX entry_history_import ON entry_history (import, act) WHERE import IS NOT NULL;

CREATE TABLE relation (
    id BLOB PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    from_entry BLOB NOT NULL REFERENCES entry (id),
    to_entry BLOB NOT NULL REFERENCES entry (id),
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (kind, from_entry, to_entry, since)
);
CREATE INDEX relation_from ON relation (from_entry);
CREATE INDEX relation_to ON relation (to_entry);

CREATE TABLE import (
    id BLOB PRIMARY KEY NOT NULL,
    list TEXT NOT NULL,
    state TEXT NOT NULL,
    file TEXT NOT NULL,
    file_name TEXT NOT NULL,
    region TEXT NOT NULL,
    columns TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    sound INTEGER NOT NULL,
    at_fault INTEGER NOT NULL,
    repeated INTEGER NOT NULL,
    made INTEGER NOT NULL,
    merged INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    account BLOB NOT NULL,
    account_name TEXT NOT NULL,
    error TEXT,
    created_at INTEGER NOT NULL,
    finished_at INTEGER,
    undone_at INTEGER
);
CREATE INDEX import_by_age ON import (created_at, id);

CREATE TABLE import_row (
    import BLOB NOT NULL REFERENCES import (id),
    number INTEGER NOT NULL,
    at_fault BOOLEAN NOT NULL,
    name TEXT NOT NULL,
    notes TEXT NOT NULL,
    counterparts TEXT NOT NULL,
    choice TEXT NOT NULL,
    PRIMARY KEY (import, number)
);
