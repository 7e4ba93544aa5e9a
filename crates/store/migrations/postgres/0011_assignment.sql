-- What-if sheets of who could serve whom: kept with name and day, read by officers and leaders of the region.
CREATE TABLE assignment (
    region TEXT NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    account_id UUID NOT NULL,
    author TEXT NOT NULL,
    plan TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (region, number)
);
