-- Evidence: records of what happened, their files, every act on them as one hash chain, and their sums by month.
-- Accounts and projects are named without a foreign key: a record outlives both.
CREATE TABLE evidence (
    id UUID PRIMARY KEY NOT NULL,
    region TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    started TEXT NOT NULL,
    ended TEXT NOT NULL,
    place TEXT NOT NULL,
    place_region TEXT NOT NULL,
    held_by TEXT NOT NULL,
    people BIGINT NOT NULL,
    sessions BIGINT NOT NULL,
    experts BIGINT NOT NULL,
    organisations BIGINT NOT NULL,
    copies BIGINT NOT NULL,
    works BIGINT NOT NULL,
    views BIGINT NOT NULL,
    items BIGINT NOT NULL,
    valid BIGINT NOT NULL,
    satisfied BIGINT NOT NULL,
    money BIGINT NOT NULL,
    project UUID,
    remark TEXT NOT NULL,
    rung INTEGER NOT NULL,
    voided BOOLEAN NOT NULL,
    void_reason TEXT,
    source TEXT NOT NULL,
    import UUID,
    twin TEXT NOT NULL,
    flags TEXT NOT NULL,
    flag_count INTEGER NOT NULL,
    file_count INTEGER NOT NULL,
    recorder_id UUID,
    recorder TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    confirmer_id UUID,
    confirmer TEXT,
    confirmed_at BIGINT,
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
    evidence UUID NOT NULL REFERENCES evidence (id),
    number INTEGER NOT NULL,
    hash TEXT NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    taken_day TEXT,
    taken_time TEXT NOT NULL,
    lat BIGINT,
    lon BIGINT,
    PRIMARY KEY (evidence, number)
);
CREATE INDEX evidence_file_by_hash ON evidence_file (hash);

-- Files that somebody sent and may put into a record: whoever only knows a hash cannot.
CREATE TABLE evidence_upload (
    account_id UUID NOT NULL,
    hash TEXT NOT NULL,
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    taken TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, hash)
);

-- The chain of acts. Rows are only ever added.
CREATE TABLE evidence_act (
    seq BIGINT PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    account_id UUID,
    name TEXT NOT NULL,
    evidence UUID NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX evidence_act_on ON evidence_act (evidence, seq);

-- The end of the chain: the one row on which writers take turns.
CREATE TABLE evidence_end (
    id INTEGER PRIMARY KEY NOT NULL,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO evidence_end (id, seq, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Sums of what stands, by month of the first day; kept in the transaction of each record, so they are exact at any moment.
-- A project of sixteen zero bytes is "none".
CREATE TABLE evidence_month (
    region TEXT NOT NULL,
    month TEXT NOT NULL,
    kind TEXT NOT NULL,
    project UUID NOT NULL,
    rung INTEGER NOT NULL,
    records BIGINT NOT NULL,
    people BIGINT NOT NULL,
    sessions BIGINT NOT NULL,
    experts BIGINT NOT NULL,
    organisations BIGINT NOT NULL,
    copies BIGINT NOT NULL,
    works BIGINT NOT NULL,
    views BIGINT NOT NULL,
    items BIGINT NOT NULL,
    valid BIGINT NOT NULL,
    satisfied BIGINT NOT NULL,
    money BIGINT NOT NULL,
    PRIMARY KEY (region, month, kind, project, rung)
);

-- A spreadsheet on its way in.
CREATE TABLE evidence_import (
    id UUID PRIMARY KEY NOT NULL,
    region TEXT NOT NULL,
    state TEXT NOT NULL,
    file TEXT NOT NULL,
    file_name TEXT NOT NULL,
    columns TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    at_fault INTEGER NOT NULL,
    made INTEGER NOT NULL,
    account UUID NOT NULL,
    account_name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    undone_at BIGINT
);
CREATE INDEX evidence_import_by_age ON evidence_import (created_at, id);
