-- Who signs in and how, what they may do, how far we know who they are, and the log of what they did.
CREATE TABLE account (
    id UUID PRIMARY KEY NOT NULL,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    region TEXT,
    organisation_id UUID,
    organisation_name TEXT,
    grade TEXT NOT NULL,
    password TEXT,
    totp_secret TEXT,
    totp_confirmed BOOLEAN NOT NULL,
    totp_step BIGINT,
    language TEXT,
    theme TEXT,
    large BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    signed_in_at BIGINT,
    revision BIGINT NOT NULL
);
CREATE INDEX account_region ON account (region, id);
CREATE INDEX account_name ON account (name);
CREATE INDEX account_organisation ON account (organisation_id);

-- Failed sign-ins by login (whether there is such an account or not, so that nobody learns which) and by network address.
CREATE TABLE sign_in_failure (
    key TEXT PRIMARY KEY NOT NULL,
    failures INTEGER NOT NULL,
    locked_until BIGINT,
    at BIGINT NOT NULL
);
CREATE INDEX sign_in_failure_at ON sign_in_failure (at);

CREATE TABLE recovery_code (
    account_id UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (account_id, hash)
);

CREATE TABLE session (
    id UUID PRIMARY KEY NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    hash TEXT NOT NULL UNIQUE,
    waits BOOLEAN NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX session_account ON session (account_id, ended_at);
CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE api_token (
    id UUID PRIMARY KEY NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    shown TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX api_token_account ON api_token (account_id);

CREATE TABLE staff_role (
    account_id UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    region TEXT NOT NULL,
    association_id UUID,
    granted_by UUID,
    granted_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (account_id, role, region)
);
CREATE INDEX staff_role_region ON staff_role (region, role);

CREATE TABLE identity_step (
    id UUID PRIMARY KEY NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    by_account UUID NOT NULL,
    by_name TEXT NOT NULL,
    organisation_id UUID,
    reason TEXT NOT NULL,
    document TEXT,
    number_hash TEXT,
    number_shown TEXT
);
CREATE UNIQUE INDEX identity_step_account ON identity_step (account_id, number);
CREATE INDEX identity_step_number ON identity_step (number_hash);

CREATE TABLE reset_link (
    hash TEXT PRIMARY KEY NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    made_by UUID NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX reset_link_account ON reset_link (account_id);

-- Sign-in through a provider: who is whom there, and sign-ins under way (each state is taken once).
CREATE TABLE provider_link (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX provider_link_account ON provider_link (account_id);

CREATE TABLE provider_attempt (
    state_hash TEXT PRIMARY KEY NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    return_to TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX provider_attempt_expires ON provider_attempt (expires_at);

-- The chained log. One row holds its end; writers take turns on it, so the chain cannot fork.
CREATE TABLE log (
    seq BIGINT PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    account_id UUID,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX log_at ON log (at);
CREATE INDEX log_account ON log (account_id, seq);
CREATE INDEX log_action ON log (action, seq);
CREATE INDEX log_subject ON log (subject, seq);

CREATE TABLE log_end (
    id INTEGER PRIMARY KEY NOT NULL,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO log_end (id, seq, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- The chain shows what was tampered with; these stop mistakes of our own.
CREATE FUNCTION log_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only';
END
$$;
CREATE TRIGGER log_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON log FOR EACH STATEMENT EXECUTE FUNCTION log_append_only();
