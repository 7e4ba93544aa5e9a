-- Clarification rounds of demands: questions with the day by which they are answered, and what came of each. One is open at a time.
CREATE TABLE clarification (
    listing_id UUID NOT NULL REFERENCES listing (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    region TEXT NOT NULL,
    asker_id UUID NOT NULL,
    asker TEXT NOT NULL,
    questions TEXT NOT NULL,
    due_day TEXT NOT NULL,
    state TEXT NOT NULL,
    answers TEXT NOT NULL,
    words TEXT NOT NULL,
    closer TEXT,
    at BIGINT NOT NULL,
    closed_at BIGINT,
    PRIMARY KEY (listing_id, number)
);
CREATE UNIQUE INDEX clarification_open ON clarification (listing_id) WHERE state = 'open';
CREATE INDEX clarification_due ON clarification (state, region, due_day);
