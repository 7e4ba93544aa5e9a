-- The exchange: offers, demands and questions with their versions, files and every act on them; interests, reports about listings,
-- kept searches, judgements of matches; studios and bases with bookings. Fields are kept as they were typed.
CREATE TABLE listing (
    id BLOB PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    region TEXT NOT NULL,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    cells TEXT NOT NULL,
    discipline TEXT NOT NULL,
    industry TEXT NOT NULL,
    technology TEXT NOT NULL,
    clarity INTEGER NOT NULL,
    owner_id BLOB,
    owner TEXT NOT NULL,
    organisation_id BLOB,
    phone TEXT NOT NULL,
    publisher_id BLOB NOT NULL,
    publisher TEXT NOT NULL,
    source TEXT NOT NULL,
    consent_at INTEGER,
    risks TEXT NOT NULL,
    reason TEXT,
    words TEXT NOT NULL,
    decider_id BLOB,
    version INTEGER NOT NULL,
    submitted_at INTEGER,
    listed_at INTEGER,
    confirmed_at INTEGER,
    valid_until TEXT,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX listing_state ON listing (state, kind, region);
CREATE INDEX listing_owner ON listing (owner_id, state);
CREATE INDEX listing_publisher ON listing (publisher_id, state);
CREATE INDEX listing_term ON listing (valid_until) WHERE state = 'listed';
CREATE INDEX listing_changed ON listing (updated_at, id);

-- What was listed, each time it changed: the first stays readable for those who were introduced under it.
CREATE TABLE listing_version (
    listing_id BLOB NOT NULL REFERENCES listing (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    cells TEXT NOT NULL,
    author TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (listing_id, version)
);

CREATE TABLE listing_file (
    listing_id BLOB NOT NULL REFERENCES listing (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    layer TEXT NOT NULL,
    hash TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL,
    removed BOOLEAN NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (listing_id, number)
);

CREATE TABLE listing_act (
    listing_id BLOB NOT NULL REFERENCES listing (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    act TEXT NOT NULL,
    account_id BLOB,
    name TEXT NOT NULL,
    words TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (listing_id, number)
);

CREATE TABLE listing_report (
    id BLOB PRIMARY KEY NOT NULL,
    listing_id BLOB NOT NULL REFERENCES listing (id) ON DELETE CASCADE,
    region TEXT NOT NULL,
    reporter_id BLOB,
    reporter TEXT NOT NULL,
    reason TEXT NOT NULL,
    words TEXT NOT NULL,
    state TEXT NOT NULL,
    decider_id BLOB,
    decider TEXT,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL,
    decided_at INTEGER
);
CREATE INDEX listing_report_state ON listing_report (state, region);
CREATE INDEX listing_report_listing ON listing_report (listing_id);

CREATE TABLE interest (
    id BLOB PRIMARY KEY NOT NULL,
    listing_id BLOB NOT NULL REFERENCES listing (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    own_listing_id BLOB,
    account_id BLOB NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    words TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    answer TEXT NOT NULL,
    due_day TEXT NOT NULL,
    at INTEGER NOT NULL,
    answered_at INTEGER,
    sworn_at INTEGER,
    UNIQUE (listing_id, account_id)
);
CREATE INDEX interest_account ON interest (account_id, state);

CREATE TABLE saved_search (
    id BLOB PRIMARY KEY NOT NULL,
    account_id BLOB NOT NULL,
    title TEXT NOT NULL,
    query TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    fresh INTEGER NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX saved_search_account ON saved_search (account_id);

-- What somebody said of a match, with what the ranking saw when it was shown: the data that a ranking learns from.
CREATE TABLE judgement (
    id BLOB PRIMARY KEY NOT NULL,
    account_id BLOB NOT NULL,
    from_id BLOB NOT NULL,
    to_id BLOB NOT NULL,
    region TEXT NOT NULL,
    discipline TEXT NOT NULL,
    useful BOOLEAN NOT NULL,
    reason TEXT,
    place INTEGER NOT NULL,
    ranker TEXT NOT NULL,
    features TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (account_id, from_id, to_id)
);
CREATE INDEX judgement_month ON judgement (at);

CREATE TABLE studio (
    id BLOB PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    owner_id BLOB NOT NULL,
    owner TEXT NOT NULL,
    organisation_id BLOB,
    words TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    hours TEXT NOT NULL,
    places INTEGER NOT NULL,
    booked BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX studio_state ON studio (state, kind, region);
CREATE INDEX studio_owner ON studio (owner_id);

CREATE TABLE booking (
    id BLOB PRIMARY KEY NOT NULL,
    studio_id BLOB NOT NULL REFERENCES studio (id) ON DELETE CASCADE,
    account_id BLOB NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    day TEXT NOT NULL,
    session TEXT NOT NULL,
    people INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL,
    answer TEXT NOT NULL,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX booking_day ON booking (studio_id, day, session);
CREATE INDEX booking_account ON booking (account_id);
