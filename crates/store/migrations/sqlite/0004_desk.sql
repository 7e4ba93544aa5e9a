-- The report desk: reports with their versions, findings through all versions, remarks, files on their way in.
-- Accounts are named without a foreign key: what somebody judged stays on record when the account is gone.
CREATE TABLE report (
    id BLOB PRIMARY KEY NOT NULL,
    region TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_key TEXT,
    year INTEGER,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    tables_seen INTEGER NOT NULL,
    tables_known INTEGER NOT NULL,
    facts INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    infos INTEGER NOT NULL,
    open INTEGER NOT NULL,
    uploader TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX report_series ON report (entity_key, kind, year);
CREATE INDEX report_updated_at ON report (updated_at, id);
CREATE INDEX report_year ON report (year, id);
CREATE INDEX report_open ON report (open, id);
CREATE INDEX report_errors ON report (errors, id);
CREATE INDEX report_entity ON report (entity, id);

CREATE TABLE version (
    id BLOB PRIMARY KEY NOT NULL,
    report_id BLOB NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    file_size INTEGER NOT NULL,
    state TEXT NOT NULL,
    assigned BOOLEAN NOT NULL,
    summary TEXT,
    last_year_id BLOB,
    account_id BLOB NOT NULL,
    uploader TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    checked_at INTEGER
);
CREATE UNIQUE INDEX version_number ON version (report_id, number);
CREATE INDEX version_file_hash ON version (file_hash);
CREATE INDEX version_created_at ON version (created_at);

-- The report as marked HTML, deflated: apart, because lists of versions never need it.
CREATE TABLE version_text (
    version_id BLOB PRIMARY KEY NOT NULL REFERENCES version (id) ON DELETE CASCADE,
    body BLOB NOT NULL
);

CREATE TABLE finding (
    id BLOB PRIMARY KEY NOT NULL,
    report_id BLOB NOT NULL REFERENCES report (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    first_version INTEGER NOT NULL,
    last_version INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    code TEXT NOT NULL,
    level TEXT NOT NULL,
    detail TEXT NOT NULL,
    state TEXT NOT NULL,
    assignee_id BLOB,
    assignee TEXT,
    reason TEXT,
    judge_id BLOB,
    judge TEXT,
    judged_at INTEGER,
    comments INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX finding_report ON finding (report_id, last_version, number);
CREATE INDEX finding_code ON finding (code, state);
CREATE INDEX finding_state ON finding (state, updated_at);
CREATE INDEX finding_assignee ON finding (assignee_id, state);

CREATE TABLE comment (
    id BLOB PRIMARY KEY NOT NULL,
    finding_id BLOB NOT NULL REFERENCES finding (id) ON DELETE CASCADE,
    account_id BLOB NOT NULL,
    author TEXT NOT NULL,
    words TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX comment_finding ON comment (finding_id, created_at);

CREATE TABLE batch (
    id BLOB PRIMARY KEY NOT NULL,
    account_id BLOB NOT NULL,
    region TEXT NOT NULL,
    report_id BLOB,
    created_at INTEGER NOT NULL
);

-- One file on its way in. How much of it has come is the length of the file on the disk, which cannot lie.
CREATE TABLE upload (
    id BLOB PRIMARY KEY NOT NULL,
    batch_id BLOB NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    file_name TEXT NOT NULL,
    file_size INTEGER NOT NULL,
    file_hash TEXT,
    state TEXT NOT NULL,
    version_id BLOB,
    created_at INTEGER NOT NULL
);
CREATE INDEX upload_batch ON upload (batch_id, id);
CREATE INDEX upload_state ON upload (state, created_at);
