-- Targets with their versions and indicators, monitoring, evaluations, tasks. Values, weights and scores are ten-thousandths.
-- Projects and evidence are named without a foreign key: a target outlives what it was drafted for, a figure the rows it was made of.
CREATE TABLE target (
    id UUID PRIMARY KEY NOT NULL,
    region TEXT NOT NULL,
    year INTEGER NOT NULL,
    project_id UUID,
    name TEXT NOT NULL,
    is_new BOOLEAN NOT NULL,
    ex_ante TEXT,
    version INTEGER NOT NULL,
    approved INTEGER NOT NULL,
    state TEXT NOT NULL,
    owner_id UUID NOT NULL,
    owner TEXT NOT NULL,
    revision INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX target_project ON target (region, year, project_id);
-- Nulls are distinct in the index above: one target of the department in a year.
CREATE UNIQUE INDEX target_department ON target (region, year) WHERE project_id IS NULL;
CREATE INDEX target_state ON target (state, year);

-- After approval a target changes only by the next version, which says why.
CREATE TABLE target_version (
    target_id UUID NOT NULL REFERENCES target (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    description TEXT NOT NULL,
    goal TEXT NOT NULL,
    budget BIGINT NOT NULL,
    tree TEXT NOT NULL,
    profile TEXT NOT NULL,
    reason TEXT NOT NULL,
    author_id UUID NOT NULL,
    author TEXT NOT NULL,
    submitter_id UUID,
    submitter TEXT,
    submitted_at BIGINT,
    reviewer_id UUID,
    reviewer TEXT,
    review TEXT,
    reviewed_at BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (target_id, number)
);

-- An indicator keeps its id through the versions, so that its figures and its past stay with it.
CREATE TABLE indicator (
    id UUID NOT NULL,
    version INTEGER NOT NULL,
    target_id UUID NOT NULL,
    position INTEGER NOT NULL,
    level1 TEXT NOT NULL,
    level2 TEXT NOT NULL,
    name TEXT NOT NULL,
    operator TEXT NOT NULL,
    lower BIGINT,
    upper BIGINT,
    words TEXT,
    unit TEXT NOT NULL,
    weight BIGINT NOT NULL,
    applies BOOLEAN NOT NULL,
    unit_cost BIGINT,
    baseline BIGINT,
    history TEXT NOT NULL,
    definition TEXT NOT NULL,
    measure TEXT NOT NULL,
    PRIMARY KEY (id, version),
    FOREIGN KEY (target_id, version) REFERENCES target_version (target_id, number) ON DELETE CASCADE
);
CREATE INDEX indicator_target ON indicator (target_id, version, position);

CREATE TABLE milestone (
    indicator_id UUID NOT NULL,
    version INTEGER NOT NULL,
    month INTEGER NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (indicator_id, version, month),
    FOREIGN KEY (indicator_id, version) REFERENCES indicator (id, version) ON DELETE CASCADE
);

-- A number that the platform computed: never changed, only followed by a later one.
CREATE TABLE figure (
    id UUID PRIMARY KEY NOT NULL,
    indicator_id UUID NOT NULL,
    region TEXT NOT NULL,
    year INTEGER NOT NULL,
    month INTEGER NOT NULL,
    measure TEXT NOT NULL,
    value BIGINT,
    row_count BIGINT NOT NULL,
    chain BIGINT NOT NULL,
    account_id UUID NOT NULL,
    account TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX figure_indicator ON figure (indicator_id, month, created_at);

-- A value that a person states and signs: never changed, only followed by a later one.
CREATE TABLE stated_value (
    id UUID PRIMARY KEY NOT NULL,
    indicator_id UUID NOT NULL,
    year INTEGER NOT NULL,
    month INTEGER NOT NULL,
    value BIGINT,
    reached TEXT,
    words TEXT NOT NULL,
    file_hash TEXT,
    file_name TEXT,
    signer_id UUID NOT NULL,
    signer TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX stated_value_indicator ON stated_value (indicator_id, month, created_at);

-- What people say to the progress of a goal in a month (PR-33).
CREATE TABLE progress_note (
    indicator_id UUID NOT NULL,
    month INTEGER NOT NULL,
    light TEXT,
    cause TEXT,
    likelihood TEXT,
    words TEXT NOT NULL,
    account_id UUID NOT NULL,
    account TEXT NOT NULL,
    revision INTEGER NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (indicator_id, month)
);

-- Remarks to a target: never changed.
CREATE TABLE target_comment (
    id UUID PRIMARY KEY NOT NULL,
    target_id UUID NOT NULL REFERENCES target (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    account_id UUID NOT NULL,
    author TEXT NOT NULL,
    words TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX target_comment_target ON target_comment (target_id, created_at);

CREATE TABLE evaluation (
    id UUID PRIMARY KEY NOT NULL,
    region TEXT NOT NULL,
    year INTEGER NOT NULL,
    kind TEXT NOT NULL,
    target_id UUID REFERENCES target (id),
    target_version INTEGER NOT NULL,
    of_id UUID REFERENCES evaluation (id),
    profile TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    money TEXT NOT NULL,
    execution_weight BIGINT NOT NULL,
    execution_score BIGINT NOT NULL,
    execution_reason TEXT NOT NULL,
    total BIGINT NOT NULL,
    band TEXT NOT NULL,
    achieved TEXT NOT NULL,
    problems TEXT NOT NULL,
    suggestions TEXT NOT NULL,
    evaluator_id UUID NOT NULL,
    evaluator TEXT NOT NULL,
    submitted_at BIGINT,
    revision INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX evaluation_year ON evaluation (region, year, kind);
CREATE INDEX evaluation_target ON evaluation (target_id);
CREATE INDEX evaluation_of ON evaluation (of_id);

-- The target as it stood, the actual with where it came from, the score and the reason: frozen with the evaluation.
CREATE TABLE evaluation_row (
    evaluation_id UUID NOT NULL REFERENCES evaluation (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    indicator_id UUID,
    level1 TEXT NOT NULL,
    level2 TEXT NOT NULL,
    name TEXT NOT NULL,
    indicator TEXT,
    weight BIGINT NOT NULL,
    figure_id UUID,
    statement_id UUID,
    value BIGINT,
    reached TEXT,
    words TEXT NOT NULL,
    score BIGINT,
    why TEXT,
    reason TEXT NOT NULL,
    PRIMARY KEY (evaluation_id, position)
);

CREATE TABLE task (
    id UUID PRIMARY KEY NOT NULL,
    region TEXT NOT NULL,
    year INTEGER NOT NULL,
    kind TEXT NOT NULL,
    target_id UUID,
    evaluation_id UUID,
    indicator_id UUID,
    finding TEXT NOT NULL,
    measure TEXT NOT NULL,
    owner_id UUID NOT NULL,
    owner TEXT NOT NULL,
    due_day TEXT NOT NULL,
    state TEXT NOT NULL,
    proof TEXT NOT NULL,
    evidence_id UUID,
    file_hash TEXT,
    file_name TEXT,
    done_at BIGINT,
    confirmer TEXT,
    carried_from UUID,
    revision INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX task_year ON task (region, year, state);
CREATE INDEX task_owner ON task (owner_id, state);
