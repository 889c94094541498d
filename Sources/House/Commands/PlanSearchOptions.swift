import ArgumentParser
import Core
import Demonstrations
import Foundation
import Store
import Workflows

/// `--search` of `banyan workflow plan`.
struct PlanSearchOptions: ParsableArguments {
    @Flag(name: .customLong("search"), help: "Try variants of the plan on a validation set, as runs of the journal, and keep the best. Steps that reach outside are never run.")
    var isOn = false
    @Option(name: .long, help: ArgumentHelp("The validation set: lines of {\"inputs\": {…}, \"expect\": EXPRESSION} or {\"inputs\": {…}, \"expected\": {…}}.", valueName: "file"))
    var validation: String?
    @Option(name: .long, help: ArgumentHelp("The most trials, a plan on a case each. The default is 400.", valueName: "n"))
    var budget = 400
    @Option(name: .long, help: ArgumentHelp("Begin no trial after so many seconds. The default is 600.", valueName: "n"))
    var seconds = 600.0
    @Option(name: .customLong("search-seed"), help: ArgumentHelp("What the variants are drawn by. The default is 1.", valueName: "n"))
    var seed: UInt64 = 1
    @Option(name: .long, help: ArgumentHelp("Searches of one id share their trials. By default it follows from request and validation set; name another when files that they import have changed.", valueName: "id"))
    var searchID: String?
    @Option(name: .long, help: ArgumentHelp("The folder below which trials import. By default the one named last, else import in the data directory.", valueName: "dir"))
    var importRoot: String?

    func validate() throws {
        guard isOn else {
            if validation != nil || searchID != nil { throw ValidationError("--validation and --search-id need --search") }
            return
        }
        guard validation != nil else { throw ValidationError("--search needs --validation FILE") }
        guard (1...100_000).contains(budget) else { throw ValidationError("--budget must be 1 to 100000") }
        guard seconds > 0, seconds <= 604_800 else { throw ValidationError("--seconds must be positive, a week at most") }
        if let searchID { guard (1...64).contains(searchID.utf8.count), searchID.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 || $0 == UInt8(ascii: "-") }) else { throw ValidationError("--search-id takes letters, digits and -, 64 at most") } }
    }
}

/// A search as the command carries it out and shows it.
struct PlanSearchRun {
    let outcome: PlanSearch.Outcome
    let counts: PlanTrials.Counts
    let searchID: String

    init(_ options: PlanSearchOptions, request: String, name: String, planner: WorkflowPlanner, data: DataOptions) async throws {
        guard let file = options.validation else { throw ValidationError("--search needs --validation FILE") }
        let text = TextDecoder.decode(try FileTree.read(file, byteCountMax: TrialCase.byteCountMax)).text
        let cases = try TrialCase.read(text)
        let id = options.searchID ?? String(SHA256.hex(Array("\(name)\n\(request)\n\(text)".utf8)).prefix(12))
        let store = try data.owned()
        // Hosts, code and folders to export to are not named: no step of a trial may need them.
        let nodes = try NodeOptions.parse(options.importRoot.map { ["--import-root", $0] } ?? [])
        let trials = PlanTrials(engine: try await DataOptions.platform(in: store, nodes: nodes).engine, cases: cases, searchID: id, seconds: options.seconds)
        let kinds = planner.understand(request).asked
        outcome = try await PlanSearch(planner: planner, seed: options.seed, inserts: trials.kinds.subtracting(["model"]).sorted()).search(
            from: kinds, request: request, name: name, cases: cases.count, budget: options.budget, enough: 1, refusal: trials.refusal, score: trials.score)
        (counts, searchID) = (trials.counts, id)
        try store.close()
    }

    static func score(_ candidate: PlanSearch.Candidate) -> TrialScore { TrialScore(met: candidate.scores.count { $0 == 1 }, count: candidate.caseCount) }

    private static func interval(_ score: TrialScore) -> String { "\(Terminal.rounded(score.interval.lowerBound, 2))–\(Terminal.rounded(score.interval.upperBound, 2))" }

    private static func line(_ candidate: PlanSearch.Candidate) -> [String] {
        let score = score(candidate)
        return ["\(score.met)/\(score.count)", Terminal.rounded(score.share, 2), interval(score), candidate.plan.explanations.filter { !$0.isGlue }.map(\.kind).joined(separator: " → ")]
    }

    /// What it set, as `data-clean.duplicates=false`.
    private var settings: [String] {
        outcome.best.settings.sorted { $0.key < $1.key }.flatMap { kind, values in values.sorted { $0.key < $1.key }.map { "\(kind).\($0.key)=\($0.value.text)" } }
    }

    /// The best plan with its score in a comment.
    var yaml: String {
        func line(_ candidate: PlanSearch.Candidate) -> String { let score = Self.score(candidate); return "\(score.met)/\(score.count), 95 % \(Self.interval(score))" }
        return "# score: \(line(outcome.best)); first plan: \(line(outcome.first)); trials: \(outcome.evaluations); search: \(searchID)\n" + outcome.best.plan.definition.yaml
    }

    /// For a terminal.
    var text: String {
        var lines = [Terminal.table([["", Terminal.say("met", "达标"), Terminal.say("share", "比例"), "95 %", Terminal.say("steps", "步骤")], [Terminal.say("first plan", "最初方案")] + Self.line(outcome.first), [Terminal.say("best variant", "最佳变体")] + Self.line(outcome.best)])]
        if !settings.isEmpty { lines.append(Terminal.say("settings: ", "设置：") + settings.joined(separator: ", ")) }
        lines.append(Terminal.say("\(outcome.variants) variants, \(outcome.evaluations) trials: \(counts.started) run, \(counts.carriedOn) carried on, \(counts.found) there already; search \(searchID)", "变体 \(outcome.variants) 个，试验 \(outcome.evaluations) 次：新运行 \(counts.started)，续跑 \(counts.carriedOn)，已有 \(counts.found)；搜索 \(searchID)"))
        for (reason, count) in refused { lines.append(Terminal.say("not tried, \(count): \(reason.english)", "未试验 \(count) 个：\(reason.chinese)")) }
        if outcome.isCutShort { lines.append(Terminal.say("the time was up: the same command goes on from here", "时间已到：再次执行同一命令可继续")) }
        return lines.joined(separator: "\n")
    }

    private var refused: [(reason: PlanReason, count: Int)] { outcome.refused.sorted { ($1.value, $0.key.english) < ($0.value, $1.key.english) }.prefix(20).map { ($0.key, $0.value) } }

    var json: JSONValue {
        func json(_ candidate: PlanSearch.Candidate) -> JSONValue {
            let score = Self.score(candidate)
            return [
                "met": .int(score.met), "cases": .int(score.count), "score": .double(score.share), "low": .double(score.interval.lowerBound), "high": .double(score.interval.upperBound), "yaml": .string(candidate.plan.definition.yaml),
                "settings": .object(candidate.settings.mapValues { .object($0) }), "path": .array(candidate.path.map { .string($0.rawValue) }),
            ]
        }
        return [
            "id": .string(searchID), "best": json(outcome.best), "first": json(outcome.first), "variants": .int(outcome.variants), "trials": .int(outcome.evaluations),
            "runs": ["started": .int(counts.started), "carriedOn": .int(counts.carriedOn), "found": .int(counts.found), "failed": .int(counts.failed)],
            "refused": .array(refused.map { ["reason": .string(Terminal.say($0.reason.english, $0.reason.chinese)), "count": .int($0.count)] }), "cutShort": .bool(outcome.isCutShort),
        ]
    }
}
