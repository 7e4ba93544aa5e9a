-- Evidence: records of what happened, their files, every act on them as one hash chain, and their sums by month.
-- Accounts and projects are named without a foreign key: a record outlives both.
CREATE TABLE evidence (
    id BLOB PRIMARY KEY NOT NULL,
    region TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    started TEXT NOT NULL,
    ended TEXT NOT NULL,
    place TEXT NOT NULL,
    place_region TEXT NOT NULL,
    held_by TEXT NOT NULL,
    people INTEGER NOT NULL,
    sessions INTEGER NOT NULL,
    experts INTEGER NOT NULL,
    organisations INTEGER NOT NULL,
    copies INTEGER NOT NULL,
    works INTEGER NOT NULL,
    views INTEGER NOT NULL,
    items INTEGER NOT NULL,
    valid INTEGER NOT NULL,
    satisfied INTEGER NOT NULL,
    money INTEGER NOT NULL,
    project BLOB,
    remark TEXT NOT NULL,
    rung INTEGER NOT NULL,
    voided BOOLEAN NOT NULL,
    void_reason TEXT,
    source TEXT NOT NULL,
    import BLOB,
    twin TEXT NOT NULL,
    flags TEXT NOT NULL,
    flag_count INTEGER NOT NULL,
    file_count INTEGER NOT NULL,
    recorder_id BLOB,
    recorder TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    confirmer_id BLOB,
    confirmer TEXT,
    confirmed_at INTEGER,
    revision INTEGER NOT NULL
);
-- Lists walk along these and judge by what stands in them, so that a page of a million records opens fifty.
CREATE INDEX evidence_by_day ON evidence (started, id, region, kind, project, rung, flag_count) WHERE NOT voided;
CREATE INDEX evidence_by_recorded ON evidence (recorded_at, id, region, kind, project, rung, flag_count) WHERE NOT voided;
CREATE INDEX evidence_flagged ON evidence (started, id, region) WHERE flag_count > 0 AND NOT voided;
CREATE INDEX evidence_open ON evidence (started, id, region) WHERE rung = 0 AND NOT voided;
CREATE INDEX evidence_void ON evidence (started, id, region) WHERE voided;
-- Holds everything that a sum over some days asks for, so that no record is opened for it.
CREATE INDEX evidence_figures ON evidence (
    started, region, kind, project, rung, people, sessions, experts, organisations, copies, works, views, items, valid, satisfied, money
) WHERE NOT voided;
CREATE INDEX evidence_by_project ON evidence (project, started) WHERE project IS NOT NULL;
CREATE INDEX evidence_by_twin ON evidence (twin);
CREATE INDEX evidence_by_recorder ON evidence (recorder_id, kind, recorded_at);
CREATE INDEX evidence_by_import ON evidence (import, id) WHERE import IS NOT NULL;
CREATE INDEX evidence_by_place ON evidence (place_region, place);

CREATE TABLE evidence_file (
    evidence BLOB NOT NULL REFERENCES evidence (id),
    number INTEGER NOT NULL,
    hash TEXT NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    taken_day TEXT,
    taken_time TEXT NOT NULL,
    lat INTEGER,
    lon INTEGER,
    PRIMARY KEY (evidence, number)
);
CREATE INDEX evidence_file_by_hash ON evidence_file (hash);

-- Files that somebody sent and may put into a record: whoever only knows a hash cannot.
CREATE TABLE evidence_upload (
    account_id BLOB NOT NULL,
    hash TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    taken TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (account_id, hash)
);

-- The chain of acts. Rows are only ever added.
CREATE TABLE evidence_act (
    seq INTEGER PRIMARY KEY NOT NULL,
    at INTEGER NOT NULL,
    account_id BLOB,
    name TEXT NOT NULL,
    evidence BLOB NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX evidence_act_on ON evidence_act (evidence, seq);

-- The end of the chain: the one row on which writers take turns.
CREATE TABLE evidence_end (
    id INTEGER PRIMARY KEY NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO evidence_end (id, seq, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Sums of what stands, by month of the first day; kept in the transaction of each record, so they are exact at any moment.
-- A project of sixteen zero bytes is "none".
CREATE TABLE evidence_month (
    region TEXT NOT NULL,
    month TEXT NOT NULL,
    kind TEXT NOT NULL,
    project BLOB NOT NULL,
    rung INTEGER NOT NULL,
    records INTEGER NOT NULL,
    people INTEGER NOT NULL,
    sessions INTEGER NOT NULL,
    experts INTEGER NOT NULL,
    organisations INTEGER NOT NULL,
    copies INTEGER NOT NULL,
    works INTEGER NOT NULL,
    views INTEGER NOT NULL,
    items INTEGER NOT NULL,
    valid INTEGER NOT NULL,
    satisfied INTEGER NOT NULL,
    money INTEGER NOT NULL,
    PRIMARY KEY (region, month, kind, project, rung)
);

-- A spreadsheet on its way in.
CREATE TABLE evidence_import (
    id BLOB PRIMARY KEY NOT NULL,
    region TEXT NOT NULL,
    state TEXT NOT NULL,
    file TEXT NOT NULL,
    file_name TEXT NOT NULL,
    columns TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    at_fault INTEGER NOT NULL,
    made INTEGER NOT NULL,
    account BLOB NOT NULL,
    account_name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    finished_at INTEGER,
    undone_at INTEGER
);
CREATE INDEX evidence_import_by_age ON evidence_import (created_at, id);
