import Core
import Labels
import Store
import Synchronization

/// A request to a hook, as it came over HTTP.
public struct WebhookRequest: Sendable {
    public var name: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    public init(name: String, headers: [(name: String, value: String)], body: [UInt8]) { (self.name, self.headers, self.body) = (name, headers, body) }

    /// A header that is there exactly once, whatever the case of its name.
    func header(_ name: String) -> String? {
        let found = headers.filter { $0.name.lowercased() == name.lowercased() }
        return found.count == 1 ? found[0].value : nil
    }
}

/// What a hook answers: a status of HTTP and JSON.
public struct WebhookAnswer: Sendable {
    public var status: Int
    public var json: JSONValue
    /// Seconds after which it is worth another try.
    public var retryAfter: Int?

    public init(status: Int, json: JSONValue, retryAfter: Int? = nil) { (self.status, self.json, self.retryAfter) = (status, json, retryAfter) }
}

/// Starts runs, or brings events to them, by signed requests.
///
/// A request is signed as ``WebhookNotifier`` signs (a timestamp at most five minutes off) or as GitHub does (`X-Hub-Signature-256`). It names its delivery; a delivery that comes again, or the same signature under another name, is answered with the same
/// run and starts nothing. Deliveries are kept in the store, in the transaction of what they do. What comes in counts as the trigger's grade.
///
/// A name that is no hook and a signature that is wrong are answered alike.
public final class WebhookReceiver: Sendable {
    /// Bytes of a body.
    public static let bodyByteCountMax = 1 << 20
    static let toleranceSeconds = 300.0
    /// Deliveries that are remembered.
    static let deliveryCountMax = 100_000
    /// Requests to one hook, and to all of them together with those that are none, that may come at once; as many are allowed again in a minute.
    static let burst = 60.0, burstOfAll = 1_000.0

    private struct Delivery: Sendable, Codable {
        let run: String
        let body: String
    }
    private static let deliveries = RecordCollection<Delivery>("hook-deliveries")
    private static let counters = RecordCollection<Int>("hook-counters")

    private let store: Store
    private let engine: WorkflowEngine
    private let clock: any WallClock
    private let secret: @Sendable (_ file: String) throws -> [UInt8]
    private let triggers = RecordCollection<WorkflowTrigger>("workflow-triggers")
    private let rates = Mutex<[String: RequestRate]>([:])

    /// - Parameter secret: Reads a file of a secret.
    public init(store: Store, engine: WorkflowEngine, clock: any WallClock, secret: @escaping @Sendable (_ file: String) throws -> [UInt8]) {
        (self.store, self.engine, self.clock, self.secret) = (store, engine, clock, secret)
    }

    /// Answers a request: 202 with the id of the run, again 202 with the same id for a repetition, 401 unsigned or no hook, 400 or 422 malformed, 409 when the run takes no events, 413 too long, 429 too many.
    public func answer(_ request: WebhookRequest) async -> WebhookAnswer {
        guard request.body.count <= Self.bodyByteCountMax else { return Self.failure(413, Fault(.hook, "the body has more than \(Self.bodyByteCountMax) bytes", remedy: "send less")) }
        guard takesAnother() else { return WebhookAnswer(status: 429, json: ["error": "too many requests"], retryAfter: 60) }
        do {
            return try await accept(request)
        } catch let fault as Fault {
            switch fault.code {
            case .hookSignature: return Self.failure(401, fault)
            case .workflowUnknown: return Self.failure(404, fault)
            default: return Self.failure(Self.status(of: fault.code.kind), fault)
            }
        } catch { return Self.failure(500, Fault(.defect, "an unexpected error")) }
    }

    private static func status(of kind: Fault.Kind) -> Int {
        switch kind {
        case .usage, .input, .refused: 422
        case .notFound: 404
        case .conflict, .newer: 409
        case .full: 503
        case .missing, .io, .cancelled, .defect: 500
        }
    }

    private static func failure(_ status: Int, _ fault: Fault) -> WebhookAnswer {
        // What is wrong inside is for the operator, not for whoever sends.
        WebhookAnswer(status: status, json: ["error": .string(status == 500 ? "the hook failed" : fault.message)], retryAfter: status == 503 ? 60 : nil)
    }

    private func takesAnother() -> Bool {
        let now = clock.now
        return rates.withLock { rates in
            // Before the signature is known nobody's own bucket is touched: it would tell which hooks there are, and others could empty it.
            var all = rates[""] ?? RequestRate(burst: Self.burstOfAll, perMinute: Self.burstOfAll, now: now)
            defer { rates[""] = all }
            return all.take(now: now)
        }
    }

    private static let unsigned = Fault(.hookSignature, "there is no hook of that name, or the request is not signed for it", remedy: "check name, secret, timestamp and signature")

    private func accept(_ request: WebhookRequest) async throws -> WebhookAnswer {
        guard let trigger = try await store.read({ [triggers] in try $0.get(request.name, in: triggers) }), case .webhook(let hook) = trigger.cause else {
            _ = WebhookSignature(request)?.isBy([0], body: request.body)
            throw Self.unsigned
        }
        let now = clock.now
        guard let signature = WebhookSignature(request), let secret = try? secret(hook.secretFile), signature.isBy(secret, body: request.body) else { throw Self.unsigned }
        if let at = signature.at, (at - now).magnitude > Self.toleranceSeconds { throw Self.unsigned }
        let isAllowed = rates.withLock { rates in
            var rate = rates[request.name] ?? RequestRate(burst: Self.burst, perMinute: Self.burst, now: now)
            defer { if rates[request.name] != nil || rates.count <= WorkflowScheduler.countMax { rates[request.name] = rate } }
            return rate.take(now: now)
        }
        guard isAllowed else { return WebhookAnswer(status: 429, json: ["error": "too many requests"], retryAfter: 60) }
        guard let id = signature.delivery, (1...200).contains(id.utf8.count) else { throw Fault(.hook, "the request names no delivery", remedy: "send Banyan-Delivery or X-GitHub-Delivery") }
        if signature.isGitHub, request.header("X-GitHub-Event") == "ping" { return WebhookAnswer(status: 200, json: ["pong": true]) }
        guard let text = String(validating: request.body, as: UTF8.self), let body = try? JSONValue(parsing: text, depthMax: 64), body.object != nil else {
            throw Fault(.hook, "the body is not a JSON object", remedy: "send application/json")
        }
        let keys = ["\(trigger.id)|d|\(SHA256.hex(Array(id.utf8)))", "\(trigger.id)|s|\(hexText(signature.mac))"]
        let delivery = (keys: keys, hash: SHA256.hex(request.body), run: "\(trigger.id)-\(SHA256.hex(Array("\(trigger.id)\u{0}\(id)".utf8)).prefix(16))")
        if let event = hook.event { return try await signal(event, hook, trigger, body, delivery) }
        let definition = try WorkflowDefinition(yaml: trigger.definition)
        let values = try hook.values(of: body, standard: trigger.input.object ?? [:], for: definition)
        let input = Labeled(values, Label(trigger.grade))
        try engine.checkStart(definition, input: input)
        let known = try await store.write { [clock] in try Self.remember(delivery.keys, delivery.hash, delivery.run, at: clock.now, in: $0) }
        // A repetition starts the run, too, if a crash came between the two: the run's id is the same.
        let run = try await engine.start(definition, input: input, runID: known ?? delivery.run)
        return WebhookAnswer(status: 202, json: ["run": .string(run), "repeated": .bool(known != nil)])
    }

    private func signal(_ event: String, _ hook: WebhookTrigger, _ trigger: WorkflowTrigger, _ body: JSONValue, _ delivery: (keys: [String], hash: String, run: String)) async throws -> WebhookAnswer {
        guard let run = hook.run.flatMap({ WebhookTrigger.value(at: $0, in: body)?.string }) else { throw Fault(.hook, "the body does not name a run", remedy: "see where the trigger looks for it") }
        // A hook reaches the runs of its own workflow only.
        guard try await engine.workflow(of: run) == trigger.workflow else { throw Fault(.workflowUnknown, "there is no such run of workflow \(trigger.workflow)", remedy: "name a run that has not ended") }
        let repeated = Mutex(false)
        try await engine.signal(run, event: event, payload: Labeled(body.object ?? [:], Label(trigger.grade))) { [clock] transaction in
            let isKnown = try Self.remember(delivery.keys, delivery.hash, run, at: clock.now, in: transaction) != nil
            repeated.withLock { $0 = isKnown }
            return !isKnown
        }
        return WebhookAnswer(status: 202, json: ["run": .string(run), "repeated": .bool(repeated.withLock { $0 })])
    }

    /// Remembers a delivery.
    /// - Returns: the run that it meant before; nil when it is new.
    private static func remember(_ keys: [String], _ body: String, _ run: String, at: Double, in transaction: Transaction) throws -> String? {
        for key in keys {
            guard let known = try transaction.get(key, in: deliveries) else { continue }
            guard known.body == body else { throw Fault(.hookRepeated, "this delivery came with another body before", remedy: "give each delivery a name of its own") }
            return known.run
        }
        for key in keys { try transaction.put(Delivery(run: run, body: body), as: key, sort: timestampText(at), in: deliveries) }
        let count = (try transaction.get("all", in: counters) ?? 0) + keys.count
        let surplus = max(0, count - deliveryCountMax)
        for (key, _) in try transaction.list(deliveries, limit: surplus) where surplus > 0 { try transaction.remove(key, in: deliveries) }
        try transaction.put(count - surplus, as: "all", in: counters)
        return nil
    }
}
