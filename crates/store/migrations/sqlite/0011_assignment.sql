-- What-if sheets of who could serve whom: kept with name and day, read by officers and leaders of the region.
CREATE TABLE assignment (
    region TEXT NOT NULL,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    account_id BLOB NOT NULL,
    author TEXT NOT NULL,
    plan TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (region, number)
);
