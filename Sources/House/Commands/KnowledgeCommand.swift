import ArgumentParser
import Core
import Knowledge
import Labels
import Store

/// `banyan knowledge …`
struct KnowledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "knowledge", abstract: "The knowledge base: ingest, search, list, forget.",
        subcommands: [IngestCommand.self, SearchCommand.self, DocumentsCommand.self, ForgetCommand.self])
}

/// `banyan knowledge ingest`
struct IngestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest", abstract: "Read a folder of documents into the index. Unchanged files are skipped.")

    @Argument(help: "A folder.")
    var folder: String
    @Option(name: .long, help: "The grade of the documents: L1 … L4, important, core.")
    var grade: String = "L1"
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        guard let grade = Grade(grade) else { throw ValidationError("--grade must be L1, L2, L3, L4, important or core") }
        let store = try dataOptions.owned()
        let knowledge = KnowledgeBase(store: store, tools: DataOptions.tools())
        let report = try await knowledge.ingest(directory: folder, label: Label(grade), progress: ProgressLine(isQuiet: output.json).sink)
        if output.json {
            let json: JSONValue = [
                "ingested": .int(report.added + report.replaced), "unchanged": .int(report.unchanged), "failed": .int(report.failed),
                "diagnostics": .array(report.diagnostics.map(\.json)),
            ]
            Terminal.out(json.prettyText)
        } else {
            for diagnostic in report.diagnostics { Terminal.note("\(diagnostic.severity.rawValue): \(diagnostic.place ?? ""): \(diagnostic.message)") }
            Terminal.out(
                Terminal.say(
                    "\(report.added + report.replaced) ingested, \(report.unchanged) unchanged, \(report.failed) failed",
                    "新增 \(report.added + report.replaced)，未变 \(report.unchanged)，失败 \(report.failed)"))
        }
        try store.close()
    }
}

/// `banyan knowledge search`
struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "search", abstract: "Search, with citations.")

    @Argument(help: "What to look for, in Chinese or English.")
    var query: String
    @Option(name: .long, help: "The highest grade to show.")
    var clearance: String = "L2"
    @Option(name: .long, help: "At most this many hits, 1 to 50.")
    var limit: Int = 5
    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        guard let grade = Grade(clearance) else { throw ValidationError("--clearance must be L1, L2, L3, L4, important or core") }
        guard (1...50).contains(limit) else { throw ValidationError("--limit must be 1 to 50") }
        let knowledge = KnowledgeBase(store: try dataOptions.shared(), tools: DataOptions.tools())
        let hits = try await knowledge.search(query, clearance: Clearance(upTo: grade), limit: limit)
        if output.json {
            let rows = hits.map { hit -> JSONValue in
                [
                    "document": .string(hit.document), "title": .string(hit.title), "text": .string(hit.text), "score": .double(hit.score),
                    "heading": .string(hit.citation.heading), "page": hit.citation.page.map { .int($0) } ?? .null,
                    "label": .string(hit.label.description),
                ]
            }
            Terminal.out(JSONValue.array(rows).prettyText)
            return
        }
        for (index, hit) in hits.enumerated() {
            let place = [hit.citation.heading, hit.citation.page.map { "p. \($0)" } ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
            Terminal.out("[\(index + 1)] \(hit.title) (\(hit.document)\(place.isEmpty ? "" : ", " + place)) \(hit.label)")
            Terminal.out("    \(hit.text.prefix(160).replacing("\n", with: " "))")
        }
        if hits.isEmpty { Terminal.out(Terminal.say("nothing found", "没有找到")) }
    }
}

/// `banyan knowledge list`
struct DocumentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the documents of the index.")

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let documents = try await KnowledgeBase(store: try dataOptions.shared(), tools: DataOptions.tools()).documents()
        if output.json {
            Terminal.out(try JSONText.of(documents))
        } else {
            let rows = documents.map { [$0.document, "\($0.passageCount)", $0.label.description, $0.title] }
            Terminal.out(Terminal.table([["document", "passages", "label", "title"]] + rows))
        }
    }
}

/// `banyan knowledge forget`
struct ForgetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "forget", abstract: "Remove every trace of a document from the index.")

    @Argument(help: "The document's key, as `banyan knowledge list` shows it.")
    var document: String
    @OptionGroup var dataOptions: DataOptions

    func run() async throws {
        let store = try dataOptions.owned()
        guard try await KnowledgeBase(store: store, tools: DataOptions.tools()).remove(document) else {
            throw Fault(.documentUnknown, "the index has no document \(document)", remedy: "see `banyan knowledge list`")
        }
        Terminal.out(Terminal.say("\(document) forgotten", "\(document) 已删除"))
        try store.close()
    }
}

extension Fault.Code {
    /// No document of that key is in the index.
    static let documentUnknown = Fault.Code("knowledge.document-unknown", .notFound)
}
