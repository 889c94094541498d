/// What was learned completes and corrects what the rules found.
extension RequestReader {
    /// How sure the weights must be.
    struct Trust: Sendable {
        /// To add a kind that no rule found.
        var add: Float = 0.5
        /// To take a rule's kind for the one that the weights see in its words.
        var replace: Float = 0.8
        /// To leave out a kind that a rule found, where no word makes it at least so likely, ...
        var drop: Float = 0.05
        /// ... and its words belong to another kind with at least this probability.
        var other: Float = 0.8
    }

    /// Kinds that stand over other steps, and those that a later look at the whole decides.
    private static let structures: Set<String> = ["map", "loop", "switch"]

    func complete(_ actions: inout [Action], _ units: [RequestUnit], forbidden: Set<String>) {
        guard let weights else { return }
        let senses = weights.senses(units, least: trust.drop)
        func most(_ kind: String) -> Float { senses.filter { $0.kind == kind }.map(\.probability).max() ?? 0 }
        for sense in senses where sense.probability >= trust.add && !Self.structures.contains(sense.kind) && !forbidden.contains(sense.kind) && !actions.contains(where: { $0.kind == sense.kind }) {
            let inside = actions.indices.filter { Double(sense.range.lowerBound) <= actions[$0].order && actions[$0].order < Double(sense.range.upperBound) }
            if sense.probability >= trust.replace, let place = inside.first(where: { most(actions[$0].kind) < 0.2 && weights.kinds.contains(actions[$0].kind) }) { actions.remove(at: place) }
            let context = Self.text(units[..<sense.range.lowerBound].reversed().prefix { !$0.isStop }.reversed() + Array(units[sense.range.lowerBound...].prefix { !$0.isStop }))
            actions.append(Action(
                kind: sense.kind, cue: Self.cue(of: sense.kind), words: Self.text(units[sense.range].prefix(24)), clause: units[..<sense.range.lowerBound].count { $0.isStop }, context: String(context.prefix(200)),
                order: Double(sense.range.lowerBound)))
        }
        let kinds = Set(actions.map(\.kind))
        actions.removeAll { action in
            weights.kinds.contains(action.kind) && !Self.structures.contains(action.kind) && most(action.kind) < trust.drop
                && (trust.other <= 0 || senses.contains { $0.probability >= trust.other && $0.kind != action.kind && kinds.contains($0.kind) && Double($0.range.lowerBound) <= action.order && action.order < Double($0.range.upperBound) })
        }
    }

    /// What stands behind words that mean "for each", to the end of their sentence, is done to each, where no rule has found any; where nothing stands there, what follows.
    func markEach(_ actions: inout [Action], _ units: [RequestUnit]) {
        guard let weights, !actions.contains(where: \.isEach), let each = weights.senses(units, least: trust.add).first(where: { $0.kind == "map" }) else { return }
        func members(_ range: Range<Int>) -> [Int] { actions.indices.filter { range.contains(Int(actions[$0].order)) && actions[$0].way == nil && !actions[$0].isLooped && !Self.isBeforeEach.contains(actions[$0].kind) } }
        let start = units[..<each.range.lowerBound].lastIndex { $0.isStop }.map { $0 + 1 } ?? 0, end = units[each.range.upperBound...].firstIndex(of: .stop(isStrong: true)) ?? units.count
        var chosen = members(start..<end)
        if chosen.isEmpty { chosen = members(end..<units.count) }
        for index in chosen where !(actions[index].kind == "notify" && chosen.count > 1) { actions[index].isEach = true }
    }

    /// What is done once, before the work on each begins.
    private static let isBeforeEach: Set<String> = ["data-list", "data-import", "scan", "tune-tagger", "tune-lora", "evaluate", "deploy", "rollback", "assess", "wait", "await"]

    /// The word of the lexicon that asks for a kind most plainly.
    private static func cue(of kind: String) -> Cue {
        switch kind {
        case "human": .approve
        case "notify": .notify
        case "protect": .mask
        case "model": .write
        case "knowledge-search": .retrieve
        case "knowledge-index": .index
        case "data-import", "media-import": .take
        case "data-export": .export
        case "data-version": .archive
        case "scan": .scan
        case "detect": .look
        case "wait": .wait
        case "http": .fetch
        default: .ignored
        }
    }
}
