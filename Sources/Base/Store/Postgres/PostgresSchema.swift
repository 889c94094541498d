#if Postgres
import Core

/// Every table in PostgreSQL, as numbered migrations. A released migration is never edited.
///
/// Texts sort by their bytes (`COLLATE "C"`), as SQLite's do. Beside the tables of SQLite there are
/// - `streams`, the newest number of each stream: appending is one change of one row, and writers of different streams read nothing of one another's;
/// - `counts`, what is added to numbers, in shards by connection, for the same reason; and
/// - `line`, the work that processes share.
enum PostgresSchema {
    static let migrations: [(name: String, sql: String)] = [
        ("1", """
            CREATE TABLE records (
              collection text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, sort text COLLATE "C" NOT NULL, body text NOT NULL, PRIMARY KEY (collection, key)
            ) WITH (fillfactor = 70);
            CREATE INDEX records_by_sort ON records (collection, sort, key);
            CREATE TABLE counts (
              collection text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL, shard integer NOT NULL, count bigint NOT NULL, PRIMARY KEY (collection, key, shard)
            ) WITH (fillfactor = 50);
            CREATE VIEW numbers AS SELECT collection, key, max(sort) AS sort, sum(count)::text AS body FROM (
              SELECT collection, key, sort, body::bigint AS count FROM records UNION ALL SELECT collection, key, '', count FROM counts
            ) AS parts GROUP BY collection, key;

            CREATE TABLE streams (stream text COLLATE "C" PRIMARY KEY, last bigint NOT NULL) WITH (fillfactor = 70);
            CREATE TABLE journal (
              stream text COLLATE "C" NOT NULL, sequence bigint NOT NULL, kind text NOT NULL, at double precision NOT NULL, body text NOT NULL, PRIMARY KEY (stream, sequence)
            );

            CREATE TABLE line (key text COLLATE "C" PRIMARY KEY, due double precision NOT NULL, holder integer, until timestamptz) WITH (fillfactor = 70);
            CREATE INDEX line_by_due ON line (due, key);
            CREATE SEQUENCE holders AS integer CYCLE;

            CREATE TABLE ledger (sequence bigint PRIMARY KEY, body text NOT NULL, previous text NOT NULL, hash text NOT NULL);

            CREATE TABLE passages (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, document text COLLATE "C" NOT NULL, ordinal bigint NOT NULL, text text NOT NULL, detail text NOT NULL, grade integer NOT NULL,
              length integer NOT NULL, UNIQUE (document, ordinal)
            );
            CREATE TABLE passage_terms (
              term text COLLATE "C" NOT NULL, passage bigint NOT NULL REFERENCES passages ON DELETE CASCADE, count integer NOT NULL, PRIMARY KEY (term, passage)
            );
            CREATE INDEX passage_terms_by_passage ON passage_terms (passage);
            """),
    ]

    /// Makes the schema, or holds it against what this Banyan knows.
    static func prepare(_ settings: PostgresSettings, access: Store.Access) throws {
        let connection = try settings.connect(isWriter: true)
        defer { connection.close() }
        func value(_ sql: String, _ values: [String?] = []) throws -> String? { try connection.execute(sql, values).values.first?.first ?? nil }
        guard try value("SHOW server_encoding") == "UTF8" else {
            throw Fault(.storeDatabase, "the database is not encoded in UTF-8", remedy: "create it with `createdb -E UTF8 -T template0`")
        }
        guard try value("SHOW fsync") == "on", try value("SHOW full_page_writes") == "on" else {
            throw Fault(.storeDatabase, "the database server runs with fsync or full_page_writes off: what it says is kept may be lost", remedy: "turn both on in postgresql.conf")
        }
        let isThere = try value("SELECT to_regclass($1) IS NOT NULL", ["\(settings.schema).migrations"]) == "t"
        guard isThere || access == .owner else {
            throw Fault(.storeMissing, "there is no Banyan data in that database", remedy: "run `banyan worker` or `banyan serve` on it first")
        }
        // One process at a time; the others find it done.
        _ = try value("SELECT pg_advisory_lock(hashtext($1), 0)", ["banyan " + settings.schema])
        if access == .owner, !isThere {
            try connection.script("CREATE SCHEMA IF NOT EXISTS \"\(settings.schema)\"; CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY)")
        }
        let done = Set(try connection.execute("SELECT name FROM migrations").values.compactMap { $0[0] })
        guard done.isSubset(of: migrations.map(\.name)) else {
            throw Fault(.storeNewer, "the data in that database were written by a newer Banyan", remedy: "use that version, or another database")
        }
        for migration in migrations where !done.contains(migration.name) {
            guard access == .owner else {
                throw Fault(.storeMissing, "the data in that database are of an older Banyan", remedy: "open them once with `banyan worker` or `banyan serve` to upgrade them")
            }
            try connection.script("BEGIN; \(migration.sql); INSERT INTO migrations (name) VALUES ('\(migration.name)'); COMMIT")
        }
    }
}
#endif
