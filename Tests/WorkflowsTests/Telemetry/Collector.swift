import Core
import Labels
import Store
import Synchronization
import Testing

@testable import Workflows

/// A collector that keeps what it is sent, and misbehaves when it is told to.
final class Collector: HTTPTransport {
    struct State {
        var bodies: [JSONValue] = []
        /// What it answers next; 200 when there is nothing.
        var answers: [Int] = []
        /// Takes the body, then the process that sent it dies.
        var diesAfter = 0
        var rejects = 0
    }
    let state = Mutex(State())

    func send(_ request: OutgoingRequest) async throws -> IncomingAnswer {
        let body = try JSONValue(parsing: String(decoding: request.body, as: UTF8.self))
        return try state.withLock { state in
            let status = state.answers.isEmpty ? 200 : state.answers.removeFirst()
            if status == 0 { throw Fault(.transportUnreachable, "nobody is there") }
            if status == 200 { state.bodies.append(body) }
            if state.diesAfter > 0 {
                state.diesAfter -= 1
                if state.diesAfter == 0 { throw CancellationError() }
            }
            let answer: JSONValue = state.rejects > 0 ? ["partialSuccess": ["rejectedSpans": .string("\(state.rejects)")]] : [:]
            return IncomingAnswer(status: status, body: ByteChunks([Array(answer.text.utf8)]))
        }
    }

    /// Spans by batch.
    var batches: [[JSONValue]] { state.withLock { $0.bodies.map { $0["resourceSpans"]?[0]?["scopeSpans"]?[0]?["spans"]?.array ?? [] } } }
    var ids: [String] { batches.joined().map { ($0["traceId"]?.string ?? "") + ($0["spanId"]?.string ?? "") } }
}

/// Kinds for runs with everything in them: a step that fails as its text says, one that asks, one that counts tokens.
enum TraceKinds {
    static let secret = "13800138000"
    static let shaky = ScriptedStep("shaky", inputs: ["text": .init(.any), "fails": .init(.number, isRequired: false)]) { input, context in
        guard context.attempt > input.values["fails"]?.int ?? 0 else { throw Fault(.workflowTimeout, "not yet") }
        return .done(output: ["text": .string(secret)])
    }
    static let asks = ScriptedStep("asks", inputs: ["text": .init(.any)], outputs: ["choice": .string, "comment": .string]) { input, _ in
        .person(HumanTaskRequest(title: secret, body: [:], choices: ["yes"], label: input.label))
    }
    static let speaks = ScriptedStep("speaks", inputs: ["text": .init(.any)]) { _, _ in
        .done(output: ["text": .string(secret)], usage: StepUsage(model: "small", tokensRead: 100, tokensWritten: 20, milliseconds: 5))
    }
    static let all: [any StepKind] = [shaky, asks, speaks] + Kinds.all

    static let yaml = """
        workflow: everything
        inputs: {text: {type: string, grade: L4}}
        workflows:
          inner:
            inputs: {x: {type: string, grade: L4}}
            steps: [{id: in, kind: copy, with: {text: "${input.x}"}}]
            outputs: {text: "${in.text}"}
        steps:
          - {id: first, kind: shaky, with: {text: "${input.text}", fails: 2}, retry: {attempts: 3, delay: 0}, undo: {kind: copy, with: {text: "${first.text}"}}}
          - {id: said, kind: speaks, with: {text: "${first.text}"}}
          - id: each
            kind: map
            with: {items: ["a", "b", "c"]}
            parallel: 2
            steps:
              - {id: one, kind: speaks, with: {text: "${each.item}"}}
              - {id: called, kind: call, workflow: inner, with: {x: "${one.text}"}}
            gives: "${called.text}"
          - id: refine
            kind: loop
            with: {value: "${said.text}"}
            max: 2
            steps: [{id: better, kind: copy, with: {text: "${refine.value}"}}]
            gives: "${better.text}"
            until: {value: "${better.text}", equals: "never"}
          - {id: nap, kind: wait, with: {seconds: 30}, after: [each]}
          - {id: ask, kind: asks, with: {text: "${said.text}"}, after: [nap]}
          - id: route
            kind: switch
            with: {value: "${ask.choice}"}
            cases: [{equals: "yes", steps: [{id: end, kind: shaky, with: {text: x, fails: LAST}}]}]
        """
}
