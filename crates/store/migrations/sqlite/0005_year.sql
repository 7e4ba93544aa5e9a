-- What a department's year hangs on: its units, its projects, and whether its books are open. Evidence, money and targets refer to these.
-- Accounts are named without a foreign key: who closed a year stays on record when the account is gone.
CREATE TABLE unit (
    id BLOB PRIMARY KEY NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX unit_name ON unit (region, name);

CREATE TABLE project (
    id BLOB PRIMARY KEY NOT NULL,
    unit_id BLOB NOT NULL REFERENCES unit (id),
    region TEXT NOT NULL,
    year INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    category TEXT NOT NULL,
    nature TEXT NOT NULL,
    duration TEXT NOT NULL,
    source TEXT NOT NULL,
    fund TEXT NOT NULL,
    budget INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX project_code ON project (region, year, code);
CREATE INDEX project_unit ON project (unit_id, year);

CREATE TABLE books (
    region TEXT NOT NULL,
    year INTEGER NOT NULL,
    state TEXT NOT NULL,
    revision INTEGER NOT NULL,
    account BLOB NOT NULL,
    account_name TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (region, year)
);

-- Every turn of the books: opened, closed, opened again; by whom, when, why.
CREATE TABLE books_turn (
    region TEXT NOT NULL,
    year INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    account BLOB NOT NULL,
    account_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (region, year, revision),
    FOREIGN KEY (region, year) REFERENCES books (region, year)
);
