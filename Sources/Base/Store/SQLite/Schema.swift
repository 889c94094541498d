import GRDB

/// Every table, as numbered migrations. A released migration is never edited.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(sql: """
                CREATE TABLE records (
                  collection TEXT NOT NULL, key TEXT NOT NULL, sort TEXT NOT NULL, body TEXT NOT NULL,
                  PRIMARY KEY (collection, key)
                ) WITHOUT ROWID;
                CREATE INDEX records_by_sort ON records (collection, sort, key);

                CREATE TABLE journal (
                  stream TEXT NOT NULL, sequence INTEGER NOT NULL, kind TEXT NOT NULL, at REAL NOT NULL, body TEXT NOT NULL,
                  PRIMARY KEY (stream, sequence)
                ) WITHOUT ROWID;

                CREATE TABLE passages (
                  id INTEGER PRIMARY KEY, document TEXT NOT NULL, ordinal INTEGER NOT NULL, text TEXT NOT NULL,
                  detail TEXT NOT NULL, grade INTEGER NOT NULL, UNIQUE (document, ordinal)
                );
                -- Terms are cut by the caller's tokenizer (Chinese has no spaces); unicode61 only splits them apart again.
                CREATE VIRTUAL TABLE passage_terms USING fts5 (terms, tokenize = "unicode61 remove_diacritics 0", detail = column);

                CREATE TABLE ledger (
                  sequence INTEGER PRIMARY KEY, body TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL
                );
                """)
        }
        return migrator
    }
}
