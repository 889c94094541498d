import Catalog
import Core
import Detection
import Knowledge
import Labels
import Protection
import Store
import Workflows

/// A city's service hotline: every request becomes a durable workflow run, and a report says how well it went.
///
/// ```swift
/// let demonstration = try GovernmentDemonstration(files: .init(directory: "Demos/government"))
/// let report = try await demonstration.run(in: store, tools: tools, clock: SystemWallClock(), ids: IdentifierSource())
/// ```
///
/// Each call is a *round*. A round that was cut short (also by `kill -9`) is taken up where it stopped; after a complete one the next call
/// starts a new round over the same knowledge.
public struct GovernmentDemonstration: Sendable {
    /// Where the demonstration's files are.
    public struct Files: Sendable {
        public var knowledge: String
        public var requests: String
        public var departments: String

        /// The layout of `Demos/government`.
        public init(directory: String, knowledge: String? = nil, requests: String? = nil, departments: String? = nil) {
            self.knowledge = knowledge ?? directory + "/knowledge"
            self.requests = requests ?? directory + "/requests.jsonl"
            self.departments = departments ?? directory + "/departments.csv"
        }

        /// The folder that image paths of requests are relative to.
        var imageDirectory: String {
            let parts = requests.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            return parts.isEmpty ? "." : parts.joined(separator: "/")
        }
    }

    /// What a round is run with.
    public struct Options: Sendable {
        /// Text requests under way at once. The default is 2: one a core of the machine this is made for.
        public var width = 2
        /// Whether human tasks stay open for people instead of being answered by the scripted clerk. The default is false.
        public var leavesTasksOpen = false
        /// Writes the replies in its own words. The default is nil: replies are sentences of the documents.
        public var drafter: (any ReplyDrafter)?
        public var progress: ProgressSink?
        public init() {}
    }

    public let files: Files
    let requests: [HotlineRequest]
    let departments: [Department]

    /// Reads requests and departments.
    /// - Throws: `demonstration.missing` when a file is not there, `hotline.request` when one is malformed.
    public init(files: Files) throws {
        for path in [files.requests, files.departments] where (try? FileTree.read(path)) == nil {
            throw Fault(
                .demonstrationMissing, "the demonstration's file \(path) cannot be read",
                remedy: "run from the project's folder, or give --knowledge DIR --requests FILE --departments FILE")
        }
        self.files = files
        requests = try HotlineRequest.read(files.requests)
        departments = try Department.read(files.departments)
    }

    /// Runs (or finishes) a round and scores it.
    public func run(
        in store: Store, tools: ExternalTools, clock: any WallClock, ids: IdentifierSource, options: Options = Options()
    ) async throws -> HotlineReport {
        let platform = try await HotlinePlatform.assemble(
            in: store, tools: tools, clock: clock, ids: ids, departments: departments, imageDirectory: files.imageDirectory,
            knowledgeDirectory: files.knowledge, drafter: options.drafter, progress: options.progress)
        let rounds = DemonstrationRounds(name: "government", store: store)
        let round = try await rounds.current()
        let engine = platform.engine
        let definition = try HotlineWorkflows.hotline()

        // Requests with an image spend seconds in OCR: kept apart, so that they do not stand in the way of the others.
        let texts = requests.filter { $0.image == nil }
        let images = requests.filter { $0.image != nil }
        for (phase, batch) in [("requests", texts), ("images", images)] {
            let counter = ProgressCounter(phase: phase, total: batch.count, sink: options.progress)
            _ = try await mapBounded(batch, width: options.width) { request in
                let id = try await engine.start(definition, input: request.input, runID: round.runID(of: request.id))
                _ = try await engine.carry(id)
                counter.step()
            }
        }
        if !options.leavesTasksOpen { try await ScriptedClerk(engine: engine, clock: clock).answerAll(runPrefix: round.runPrefix) }
        let report = try await HotlineScore(platform: platform, round: round, requests: requests).report()
        try await rounds.complete(round)
        return report
    }
}

extension HotlineRequest {
    /// What a run receives. A citizen may write anything, so the label is L4 until the request is graded.
    var input: Labeled<[String: JSONValue]> {
        Labeled(
            ["request": .string(id), "text": .string(text ?? ""), "image": .string(image ?? "")],
            Label(.level4, [.personal]))
    }
}

/// The workflows that ship inside the binary.
public enum HotlineWorkflows {
    /// The journey of one request.
    public static func hotline() throws -> WorkflowDefinition { try WorkflowDefinition(yaml: text(PackageResources.hotline_yaml)) }
    /// The reading of the knowledge folder.
    public static func ingest() throws -> WorkflowDefinition { try WorkflowDefinition(yaml: text(PackageResources.ingest_yaml)) }
    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// Numbers the rounds of a demonstration in a store.
public struct DemonstrationRounds: Sendable {
    /// One pass over all requests.
    public struct Round: Sendable, Codable {
        public let name: String
        public let number: Int
        /// Rows that the audit log had when the round began.
        public let auditRowsBefore: Int
        public var isComplete: Bool
        /// Begins the id of each run of the round.
        var runPrefix: String { "\(name)-\(number)-" }
        func runID(of request: String) -> String { runPrefix + request }
    }

    let name: String
    let store: Store
    private let rounds = RecordCollection<Round>("demonstration-rounds")

    init(name: String, store: Store) {
        self.name = name
        self.store = store
    }

    /// The round to work on: the newest one if it is incomplete, otherwise a new one.
    func current() async throws -> Round {
        let (name, rounds) = (name, rounds)
        return try await store.write { transaction in
            let newest = try transaction.get(name, in: rounds)
            if let newest, !newest.isComplete { return newest }
            let round = Round(name: name, number: (newest?.number ?? 0) + 1, auditRowsBefore: try transaction.lastLedgerRow()?.sequence ?? 0, isComplete: false)
            try transaction.put(round, as: name, in: rounds)
            return round
        }
    }

    func complete(_ round: Round) async throws {
        var done = round
        done.isComplete = true
        let (record, rounds) = (done, rounds)
        try await store.write { try $0.put(record, as: record.name, in: rounds) }
    }
}

/// Stands in for the person at the desk when nobody is there: approves every reply, and signs as what it is.
struct ScriptedClerk: Sendable {
    let engine: WorkflowEngine
    let clock: any WallClock
    static let name = "scripted-clerk"

    func answerAll(runPrefix: String) async throws {
        while true {
            let tasks = try await engine.tasks(status: .open, limit: 1000).filter { $0.runID.hasPrefix(runPrefix) }
            if tasks.isEmpty { return }
            for task in tasks {
                let answer = TaskAnswer(choice: "approve", comment: nil, by: Self.name, at: clock.now, attachments: [])
                try await engine.answer(task.id, answer)
                _ = try await engine.carry(task.runID)
            }
        }
    }
}
