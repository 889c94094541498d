/// Steps that no verb of their own asks for.
extension RequestReader {
    func addImplied(_ actions: inout [Action], _ hits: [Hit], _ units: [RequestUnit]) {
        // "roll the tagger back": the verb is in two parts.
        if !actions.contains(where: { $0.kind == "rollback" }), let start = units.firstIndex(where: { ["roll", "rolls", "take", "put"].contains($0.word ?? "") }), units[start...].prefix(6).prefix(while: { !$0.isStop }).contains(.word("back")),
            hits.contains(where: { [.model, .tagger, .version, .language].contains($0.cue) })
        {
            actions.append(Action(kind: "rollback", cue: .rollback, words: Self.text(units[start...].prefix(6).prefix { !$0.isStop }), clause: units[..<start].count { $0.isStop }, order: Double(start)))
        }
        // "直到法规处通过": whoever lets something pass is a person.
        if let until = hits.first(where: { $0.cue == .until }), !actions.contains(where: { $0.kind == "human" || $0.kind == "evaluate" }), let passed = hits.first(where: { hit in
            hit.cue == .good && hit.sentence == until.sentence && hit.clause >= until.clause && ["通", "满"].contains(units[hit.start].ideograph.map { String($0) } ?? "") && hit.start >= 2 && units[hit.start - 1].ideograph != nil
        }) {
            actions.append(Action(kind: "human", cue: .approve, words: Self.text(units[passed.start..<passed.end]), clause: passed.clause, order: Double(passed.start)))
        }
        // "answer residents' questions from the knowledge base": what is answered from is searched first.
        if !actions.contains(where: { ["knowledge-search", "knowledge-index"].contains($0.kind) }),
            let answer = actions.first(where: { action in action.kind == "model" && ["回答", "作答", "答复", "解答", "answer", "reply", "respond"].contains(where: action.words.hasPrefix) }),
            hits.contains(where: { $0.cue == .knowledge && $0.clause == answer.clause })
        {
            actions.append(Action(kind: "knowledge-search", cue: .retrieve, words: answer.words, clause: answer.clause, order: answer.order - 0.5))
        }
    }
}
