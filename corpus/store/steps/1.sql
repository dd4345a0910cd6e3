-- The documents of an archive and what became of them. All times are UTC, in ISO 8601.

CREATE TABLE record (                  -- one content, read and extracted once, however many documents have it
    id           INTEGER PRIMARY KEY,
    sha256       TEXT NOT NULL,        -- of the bytes
    suffix       TEXT NOT NULL,        -- ending of the name (".md"), which decides the format where bytes cannot
    fingerprint  TEXT NOT NULL,        -- of the pipeline that made it
    package      TEXT NOT NULL,        -- version of protokollant
    config       TEXT NOT NULL,        -- generator.config of the record
    format       TEXT,                 -- as docs/formats.md names them
    encoding     TEXT,
    page_count   INTEGER,
    producer     TEXT,                 -- what the file says of itself
    created      TEXT,
    modified     TEXT,
    notes        TEXT,                 -- what of the document is not in the text
    characters   INTEGER NOT NULL,
    json         BLOB NOT NULL,        -- the record (docs/record.md) as JSON in UTF-8, packed by zlib
    UNIQUE (sha256, suffix, fingerprint)
);

CREATE TABLE document (
    id             INTEGER PRIMARY KEY,
    path           TEXT NOT NULL UNIQUE,   -- as given to the run; "2024.zip!/rat.pdf" in an archive
    state          TEXT NOT NULL CHECK (state IN ('done', 'failed', 'removed')),
    sha256         TEXT,                   -- NULL where the bytes could not be had
    size           INTEGER,                -- in bytes
    file_size      INTEGER,                -- of the file on the disk: the archive, if it is in one
    file_mtime_ns  INTEGER,
    fingerprint    TEXT NOT NULL,          -- of the pipeline that saw it last
    record         INTEGER REFERENCES record (id),
    seconds        REAL,                   -- that it took; NULL where another document had the same content
    added          TEXT NOT NULL,
    changed        TEXT NOT NULL           -- when its state or its content was last found to be another
);
CREATE INDEX document_record ON document (record);
CREATE INDEX document_state ON document (state);

CREATE TABLE failure (                 -- of the documents that failed
    document   INTEGER PRIMARY KEY REFERENCES document (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,          -- unreadable, error, timeout, memory, died
    reason     TEXT NOT NULL,
    trace      TEXT,                   -- of an error that nobody foresaw
    attempts   INTEGER NOT NULL,
    last       TEXT NOT NULL
);

CREATE TABLE run (
    id           INTEGER PRIMARY KEY,
    started      TEXT NOT NULL,
    ended        TEXT,                 -- NULL while it runs, and where it was killed
    sources      TEXT NOT NULL,        -- JSON
    settings     TEXT NOT NULL,        -- JSON: base, classifier, abstain
    fingerprint  TEXT NOT NULL,
    jobs         INTEGER NOT NULL,
    done         INTEGER,              -- those of known content (same) too
    same         INTEGER,
    failed       INTEGER,
    unchanged    INTEGER,
    removed      INTEGER,
    seconds      REAL,
    peak_memory  INTEGER               -- bytes of the largest worker
);

CREATE TABLE meeting (
    record      INTEGER PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    body        TEXT,
    number      TEXT,
    date        TEXT,
    start_time  TEXT,
    end_time    TEXT,
    place       TEXT,
    chair       TEXT,                  -- id of a person
    public      INTEGER
);
CREATE INDEX meeting_date ON meeting (date);

CREATE TABLE person (
    record      INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    id          TEXT NOT NULL,         -- "p1", within its record
    kind        TEXT NOT NULL,
    name        TEXT NOT NULL,
    given_name  TEXT,
    title       TEXT,
    honorific   TEXT,
    party       TEXT,
    roles       TEXT NOT NULL,         -- several are parted by "; ", here and below
    gender      TEXT,
    certainty   TEXT NOT NULL,
    PRIMARY KEY (record, id)
) WITHOUT ROWID;
CREATE INDEX person_name ON person (name);

CREATE TABLE attendance (
    record    INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    n         INTEGER NOT NULL,        -- place in the list
    person    TEXT NOT NULL,
    status    TEXT NOT NULL,
    capacity  TEXT,
    arrives   TEXT,                    -- as written
    leaves    TEXT,
    PRIMARY KEY (record, n)
) WITHOUT ROWID;

CREATE TABLE agenda (
    record       INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    id           TEXT NOT NULL,
    number       TEXT,
    title        TEXT,
    paper        TEXT,
    level        INTEGER NOT NULL,
    start        INTEGER NOT NULL,     -- offsets into the text of the record
    heading_end  INTEGER NOT NULL,
    end          INTEGER NOT NULL,
    PRIMARY KEY (record, id)
) WITHOUT ROWID;

CREATE TABLE turn (
    key          INTEGER PRIMARY KEY,
    record       INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    id           TEXT NOT NULL,
    agenda_item  TEXT,
    label        TEXT,
    confidence   REAL,
    form         TEXT NOT NULL,
    mood         TEXT,
    status       TEXT,
    speakers     TEXT NOT NULL,        -- names
    addressees   TEXT NOT NULL,
    roles        TEXT NOT NULL,        -- as written in this turn
    parties      TEXT NOT NULL,
    start        INTEGER NOT NULL,
    end          INTEGER NOT NULL,
    text         TEXT NOT NULL,        -- in one line, words that line ends divided in one piece
    UNIQUE (record, id)
);

CREATE TABLE turn_person (             -- who speaks in a turn, and to whom
    record  INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    turn    TEXT NOT NULL,
    part    TEXT NOT NULL CHECK (part IN ('speaker', 'addressee')),
    n       INTEGER NOT NULL,
    person  TEXT NOT NULL,
    PRIMARY KEY (record, turn, part, n)
) WITHOUT ROWID;

CREATE TABLE link (
    record  INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    turn    TEXT NOT NULL,
    kind    TEXT NOT NULL CHECK (kind IN ('replies_to', 'extends')),
    target  TEXT NOT NULL,             -- the earlier turn
    PRIMARY KEY (record, turn, kind, target)
) WITHOUT ROWID;

CREATE TABLE decision (
    record       INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    turn         TEXT NOT NULL,
    agenda_item  TEXT,
    outcome      TEXT NOT NULL,
    yes          INTEGER,
    no           INTEGER,
    abstain      INTEGER,
    unanimous    INTEGER,
    by_party     TEXT NOT NULL,        -- JSON: party, votes
    wording      TEXT,
    PRIMARY KEY (record, turn)
) WITHOUT ROWID;

-- The records of the documents that are there, each once, under the first of their paths.
CREATE VIEW present AS
    SELECT record, min(path) AS path
    FROM document
    WHERE state <> 'removed' AND record IS NOT NULL
    GROUP BY record;
