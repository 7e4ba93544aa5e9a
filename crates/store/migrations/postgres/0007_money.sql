-- The books of a department's year: lines of budget and ledger, what is stated beside them, imports, and the codes of the year.
-- Lines are never edited: an import is taken back as a whole. `ledger_sum` and `ledger_project` answer sums without touching the lines.
CREATE TABLE book_import (
    id UUID PRIMARY KEY NOT NULL,
    region TEXT NOT NULL,
    year INTEGER NOT NULL,
    unit_id UUID NOT NULL REFERENCES unit (id),
    list TEXT NOT NULL,
    state TEXT NOT NULL,
    source TEXT NOT NULL,
    file TEXT NOT NULL,
    file_name TEXT NOT NULL,
    columns TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    at_fault INTEGER NOT NULL,
    amount BIGINT NOT NULL,
    control BIGINT,
    report TEXT NOT NULL,
    account UUID NOT NULL,
    account_name TEXT NOT NULL,
    revision INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    undone_at BIGINT
);
CREATE INDEX book_import_year ON book_import (region, year, id);
CREATE INDEX book_import_source ON book_import (region, list, source, id);

CREATE TABLE budget_line (
    id UUID PRIMARY KEY NOT NULL,
    region TEXT NOT NULL,
    year INTEGER NOT NULL,
    unit_id UUID NOT NULL REFERENCES unit (id),
    project_id UUID REFERENCES project (id),
    function TEXT NOT NULL,
    economic TEXT NOT NULL,
    fund TEXT NOT NULL,
    kind TEXT NOT NULL,
    budget TEXT NOT NULL,
    amount BIGINT NOT NULL,
    document TEXT NOT NULL,
    import_id UUID REFERENCES book_import (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX budget_sum ON budget_line (region, year, function, economic, project_id, budget, amount);
CREATE INDEX budget_import ON budget_line (import_id);

CREATE TABLE ledger_line (
    id UUID PRIMARY KEY NOT NULL,
    region TEXT NOT NULL,
    year INTEGER NOT NULL,
    unit_id UUID NOT NULL REFERENCES unit (id),
    project_id UUID REFERENCES project (id),
    function TEXT NOT NULL,
    economic TEXT NOT NULL,
    fund TEXT NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    month INTEGER NOT NULL,
    voucher TEXT NOT NULL,
    entry TEXT NOT NULL,
    amount BIGINT NOT NULL,
    words TEXT NOT NULL,
    import_id UUID REFERENCES book_import (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX ledger_sum ON ledger_line (region, year, function, economic, fund, kind, unit_id, project_id, month, amount);
CREATE INDEX ledger_project ON ledger_line (region, year, project_id, function, economic, month, amount);
CREATE INDEX ledger_day ON ledger_line (region, year, day, id);
CREATE INDEX ledger_voucher ON ledger_line (region, year, unit_id, month, voucher, amount);
CREATE INDEX ledger_import ON ledger_line (import_id);

-- What is stated once a year for a unit: income, opening balances, 三公, procurement, assets, headcount; as JSON of the domain's own types.
CREATE TABLE statement (
    region TEXT NOT NULL,
    year INTEGER NOT NULL,
    unit_id UUID NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL,
    data TEXT NOT NULL,
    revision INTEGER NOT NULL,
    account UUID NOT NULL,
    account_name TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (region, year, unit_id, kind)
);

CREATE TABLE code_list (
    region TEXT NOT NULL,
    year INTEGER NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (region, year, kind, code)
);
