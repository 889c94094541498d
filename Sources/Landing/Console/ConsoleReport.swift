import Core
import Store

/// A report that a job leaves for the console: figures in sections, each text in both languages. No values of persons.
public struct ConsoleReport: Sendable, Codable, Hashable {
    /// A text in both languages.
    public struct Text: Sendable, Codable, Hashable {
        public var zh: String
        public var en: String

        public init(zh: String, en: String) {
            self.zh = zh
            self.en = en
        }
    }

    /// One table or chart.
    public struct Section: Sendable, Codable, Hashable {
        /// How the rows are drawn.
        public enum Content: Sendable, Codable, Hashable {
            /// Shares with their counts, as bars of percent.
            case shares([Share])
            /// Counts as bars.
            case counts([Count])
            /// A table; the first column is text, the others are figures.
            case table(heads: [Text], rows: [[Text]])
        }
        public var title: Text
        public var content: Content

        public init(title: Text, content: Content) {
            self.title = title
            self.content = content
        }
    }

    /// `right` of `of`.
    public struct Share: Sendable, Codable, Hashable {
        public var name: Text
        public var right: Int
        public var of: Int

        public init(name: Text, right: Int, of: Int) {
            self.name = name
            self.right = right
            self.of = of
        }
    }

    /// A named number.
    public struct Count: Sendable, Codable, Hashable {
        public var name: Text
        public var count: Int

        public init(name: Text, count: Int) {
            self.name = name
            self.count = count
        }
    }

    public var title: Text
    /// Seconds since 1970.
    public var at: Double
    public var sections: [Section]

    public init(title: Text, at: Double, sections: [Section]) {
        self.title = title
        self.at = at
        self.sections = sections
    }
}

/// The newest report of each job.
public struct ConsoleReports: Sendable {
    private let store: Store
    private let reports = RecordCollection<ConsoleReport>("console-reports")

    public init(store: Store) { self.store = store }

    /// Keeps a report under the name of its job, replacing the one before.
    public func keep(_ report: ConsoleReport, as job: String) async throws {
        let reports = reports
        try await store.write { try $0.put(report, as: job, sort: timestampText(report.at), in: reports) }
    }

    /// All reports, the newest first.
    public func all() async throws -> [ConsoleReport] {
        let reports = reports
        return try await store.read { try $0.list(reports, descending: true, limit: 100).map(\.value) }
    }
}
