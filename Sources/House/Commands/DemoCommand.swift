import ArgumentParser
import Console
import Core
import Demonstrations
import Foundation
import Models
import Store

/// `banyan demo …`
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Run a demonstration of a whole domain.", subcommands: [GovernmentCommand.self])
}

/// `banyan demo government`
struct GovernmentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "government",
        abstract: "A city's service hotline, from request to reply.",
        discussion: """
            Every request becomes a durable workflow run: take in (OCR for images), detect sensitive data, grade, protect, retrieve knowledge,
            route, draft a reply with citations, ask a person where needed, close. Stop it at any moment, even with kill -9: the next call goes
            on where it stopped. After a complete round the next call starts a new one.
            """)

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    @Option(name: .long, help: ArgumentHelp("Folder with the demonstration's files.", valueName: "dir"))
    var directory: String = "Demos/government"
    @Option(name: .long, help: ArgumentHelp("Folder of knowledge documents. The default is DIRECTORY/knowledge.", valueName: "dir"))
    var knowledge: String?
    @Option(name: .long, help: ArgumentHelp("Requests, one JSON object a line. The default is DIRECTORY/requests.jsonl.", valueName: "file"))
    var requests: String?
    @Option(name: .long, help: ArgumentHelp("Departments as CSV. The default is DIRECTORY/departments.csv.", valueName: "file"))
    var departments: String?
    @Option(name: .long, help: "Requests under way at once, 1 to 16.")
    var width: Int = 2
    @Option(name: .long, help: "The imported language model that drafts replies; `none` for sentences of the documents. The default is the imported one if there is exactly one.")
    var model: String?
    @Flag(name: .long, help: "Leave human tasks open for people (see `banyan serve`) instead of answering them by a scripted clerk.")
    var leaveTasks = false

    func validate() throws {
        guard (1...16).contains(width) else { throw ValidationError("--width must be 1 to 16") }
    }

    func run() async throws {
        let demonstration = try GovernmentDemonstration(
            files: .init(directory: directory, knowledge: knowledge, requests: requests, departments: departments))
        let store = try dataOptions.owned()
        var options = GovernmentDemonstration.Options()
        options.width = width
        options.leavesTasksOpen = leaveTasks
        options.drafter = try await drafter(in: store)
        options.progress = ProgressLine(isQuiet: output.json).sink
        let report = try await demonstration.run(
            in: store, tools: DataOptions.tools(), clock: SystemWallClock(), ids: IdentifierSource(), options: options)
        try await ConsoleReports(store: store).keep(HotlineReportPage(report: report).page(at: SystemWallClock().now), as: "government")
        try store.close()
        Terminal.out(output.json ? report.json.prettyText : HotlineReportText(report: report).text)
    }

    /// A model that was named must load; one that was found may fail, and replies are then sentences of the documents.
    private func drafter(in store: Store) async throws -> (any ReplyDrafter)? {
        switch try await DrafterChoice(model, in: ModelRegistry(store: store, clock: SystemWallClock())) {
        case .extractive: return nil
        case .undecided(let names):
            Terminal.note(
                Terminal.say(
                    "Several models are imported (\(names.joined(separator: ", "))): replies are extracts; --model NAME lets one draft them.",
                    "已导入多个模型（\(names.joined(separator: "、"))）：答复采用文档摘录；用 --model 名称 指定一个来撰写。"))
            return nil
        case .model(let record):
            do {
                let drafter = try ModelReplyDrafter(record: record, threads: ProcessInfo.processInfo.activeProcessorCount, width: width)
                Terminal.note(Terminal.say("\(record.name) drafts the replies; --model none leaves them to extracts.", "由 \(record.name) 撰写答复；--model none 改用文档摘录。"))
                return drafter
            } catch let fault as Fault where model == nil {
                Terminal.note(Terminal.say("\(record.name) cannot draft (\(fault.message)): replies are extracts.", "\(record.name) 无法撰写（\(fault.message)）：答复采用文档摘录。"))
                return nil
            }
        }
    }
}
