import Core
import Foundation
import Inference
import Models
import ModelSupport
import Store
import Support
import Testing

@testable import Gateway

/// Ends every job at once, but those with the suffix `long`, which wait to be cancelled.
private struct QuickTuner: FineTuner {
    func validate(_ job: FineTuneJob, files: FineTuneFiles) async throws -> [String] {
        guard job.spec.suffix != "broken" else { throw Fault(Fault.Code("tuning.data", .input), "line 1: no answer", remedy: "correct it") }
        return []
    }

    func train(_ job: FineTuneJob, files: FineTuneFiles, report: @escaping @Sendable (FineTuneReport) async throws -> Void) async throws -> FineTuneOutcome {
        for step in 1...3 {
            var metrics = FineTuneMetrics(step: step, stepCount: 3)
            metrics.trainingLoss = 0.5
            try await report(.metrics(metrics))
            try await report(.checkpoint(model: "\(job.proposedName):\(step)", metrics))
        }
        while job.spec.suffix == "long" {
            try await Task.sleep(for: .milliseconds(2))
        }
        return FineTuneOutcome(model: job.proposedName, trainedTokens: 42)
    }

    func discard(_ job: FineTuneJob) async {}
}

/// OpenAI's files and fine-tuning over a tuner that learns nothing.
@Suite(.serialized) struct FineTuningTests {
    let directory: TemporaryDirectory
    let gateway: Gateway
    let queue: FineTuneQueue
    let host: ModelHost

    init() async throws {
        directory = try TemporaryDirectory()
        let clock = ManualWallClock()
        let store = try Store.open(at: directory.file("data"))
        let registry = ModelRegistry(store: store, clock: clock)
        try TinyModel.write(to: directory.file("tiny.gguf"))
        try await registry.add(directory.file("tiny.gguf"))
        try await registry.add(Repository.path("Tests/Fixtures/models/bert.gguf"), name: "encoder", isLeftInPlace: true)
        host = try ModelHost(registry: registry, limits: .init(byteCountMax: 64 << 20, threads: 1, context: 64, slotCount: 1), clock: clock)
        let ids = IdentifierSource(random: SeededRandom(seed: 4))
        queue = FineTuneQueue(files: FileShelf(store: store, clock: clock, ids: ids), tuner: QuickTuner(), clock: clock, ids: ids)
        gateway = Gateway(host: host, keys: GatewayKeys(hashes: []), clock: clock, ids: ids, tuning: queue)
    }

    private func ask(_ method: String, _ path: String, query: String? = nil, _ body: JSONValue? = nil) async -> (status: Int, json: JSONValue) {
        await send(GatewayRequest(method: method, path: path, query: query, body: Array((body?.text ?? "").utf8)))
    }

    private func send(_ request: GatewayRequest) async -> (status: Int, json: JSONValue) {
        let answer = await gateway.answer(request)
        guard case .whole(let bytes) = answer.body else { return (answer.status, .null) }
        let text = String(decoding: bytes, as: UTF8.self)
        return (answer.status, (try? JSONValue(parsing: text)) ?? .string(text))
    }

    private static let rows = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"ho\"}]}\n"

    private func upload(_ content: String = rows, purpose: String = "fine-tune", extra: String = "") async -> (status: Int, json: JSONValue) {
        let form = """
            --XX\r\nContent-Disposition: form-data; name="purpose"\r\n\r\n\(purpose)\r\n\(extra)--XX\r
            Content-Disposition: form-data; name="file"; filename="rows; a.jsonl"\r\nContent-Type: application/octet-stream\r\n\r\n\(content)\r\n--XX--\r\n
            """
        return await send(GatewayRequest(method: "POST", path: "/v1/files", contentType: "multipart/form-data; boundary=XX", body: Array(form.utf8)))
    }

    private func job(_ more: [String: JSONValue] = [:]) async throws -> (status: Int, json: JSONValue) {
        let file = try #require(await upload().json["id"])
        var body: JSONValue = ["model": "tiny", "training_file": file]
        for (name, value) in more { body[name] = value }
        return await ask("POST", "/v1/fine_tuning/jobs", body)
    }

    @Test func filesAreKeptListedReadAndDeleted() async throws {
        let one = await upload(), two = await upload("a\r\n--X\r\n\r\n")
        #expect(one.status == 200 && one.json["object"] == "file" && one.json["filename"] == "rows; a.jsonl" && one.json["purpose"] == "fine-tune" && one.json["bytes"]?.int == Self.rows.utf8.count)
        let (first, second) = (try #require(one.json["id"]?.string), try #require(two.json["id"]?.string))
        #expect(first.hasPrefix("file-"))
        let list = await ask("GET", "/v1/files")
        #expect(list.json["data"]?.array?.compactMap { $0["id"]?.string } == [second, first] && list.json["has_more"] == false)
        let page = await ask("GET", "/v1/files", query: "limit=1&order=asc")
        #expect(page.json["data"]?[0]?["id"]?.string == first && page.json["has_more"] == true)
        #expect(await ask("GET", "/v1/files", query: "after=\(first)&order=asc").json["data"]?[0]?["id"]?.string == second)
        #expect(await ask("GET", "/v1/files", query: "purpose=fine-tune-results").json["data"]?.array?.isEmpty == true)
        #expect(await ask("GET", "/v1/files/\(first)").json["id"]?.string == first)
        #expect(await ask("GET", "/v1/files/\(second)/content").json.string == "a\r\n--X\r\n\r\n")
        let deleted = await ask("DELETE", "/v1/files/\(first)")
        #expect(deleted.json["deleted"] == true && deleted.json["id"]?.string == first)
        let gone = await ask("GET", "/v1/files/\(first)")
        #expect(gone.status == 404 && gone.json["error"]?["param"] == "id" && gone.json["error"]?["type"] == "invalid_request_error")
    }

    @Test func wrongUploadsAreToldWhatIsWrong() async {
        #expect(await upload(purpose: "assistants").json["error"]?["param"] == "purpose")
        #expect(await upload("").status == 400)
        #expect(await upload(extra: "--XX\r\nContent-Disposition: form-data; name=\"expires_after[seconds]\"\r\n\r\n9\r\n").json["error"]?["code"] == "unsupported_parameter")
        for (type, body) in [("application/json", "{}"), ("multipart/form-data", "x"), ("multipart/form-data; boundary=XX", "--XX\r\nno end"), ("multipart/form-data; boundary=XX", "--XX--")] {
            let answer = await send(GatewayRequest(method: "POST", path: "/v1/files", contentType: type, body: Array(body.utf8)))
            #expect(answer.status == 400, "\(type) \(body)")
        }
    }

    @Test func aJobIsMadeAndEndsWithAModel() async throws {
        let made = try await job(["suffix": "mine", "seed": 5, "method": ["type": "dpo", "dpo": ["hyperparameters": ["beta": 0.2, "n_epochs": 2, "batch_size": "auto"]]], "metadata": ["team": "a"]])
        #expect(made.status == 200 && made.json["object"] == "fine_tuning.job" && made.json["status"] == "validating_files" && made.json["seed"] == 5)
        #expect(made.json["method"] == ["type": "dpo", "dpo": ["hyperparameters": ["beta": 0.2, "n_epochs": 2, "batch_size": "auto", "learning_rate_multiplier": "auto"]]])
        let id = try #require(made.json["id"]?.string)
        await queue.drain()
        let done = await ask("GET", "/v1/fine_tuning/jobs/\(id)")
        #expect(done.json["status"] == "succeeded" && done.json["trained_tokens"] == 42 && done.json["error"] == .null)
        #expect(done.json["fine_tuned_model"]?.string == "tiny:mine-\(id.suffix(6))")
        let result = try #require(done.json["result_files"]?[0]?.string)
        #expect(await ask("GET", "/v1/files/\(result)/content").json.string?.hasPrefix("step,train_loss") == true)
        let events = await ask("GET", "/v1/fine_tuning/jobs/\(id)/events", query: "limit=2")
        #expect(events.json["data"]?[0]?["object"] == "fine_tuning.job.event" && events.json["has_more"] == true)
        let after = try #require(events.json["data"]?[1]?["id"]?.string)
        #expect(await ask("GET", "/v1/fine_tuning/jobs/\(id)/events", query: "after=\(after)&limit=100").json["data"]?.array?.last?["message"] == "Created fine-tuning job")
        let points = await ask("GET", "/v1/fine_tuning/jobs/\(id)/checkpoints")
        #expect(points.json["data"]?.array?.compactMap { $0["step_number"]?.int } == [3, 2, 1] && points.json["data"]?[0]?["fine_tuning_job_id"]?.string == id)
        #expect(await ask("GET", "/v1/fine_tuning/jobs", query: "metadata%5Bteam%5D=a").json["data"]?.array?.count == 1)
        #expect(await ask("GET", "/v1/fine_tuning/jobs", query: "metadata%5Bteam%5D=b").json["data"]?.array?.isEmpty == true)
    }

    @Test func aJobThatRunsCanBeCancelledOnce() async throws {
        let id = try #require(try await job(["suffix": "long"]).json["id"]?.string)
        for _ in 0..<5000 where await ask("GET", "/v1/fine_tuning/jobs/\(id)").json["status"] != "running" { try await Task.sleep(for: .milliseconds(2)) }
        #expect(await ask("POST", "/v1/fine_tuning/jobs/\(id)/cancel").json["status"] == "cancelled")
        await queue.drain()
        #expect(await ask("POST", "/v1/fine_tuning/jobs/\(id)/cancel").status == 400)
        #expect(await ask("GET", "/v1/fine_tuning/jobs/\(id)").json["fine_tuned_model"] == .null)
    }

    @Test func aJobOverWrongDataFailsWithTheReason() async throws {
        let id = try #require(try await job(["suffix": "broken"]).json["id"]?.string)
        await queue.drain()
        let failed = await ask("GET", "/v1/fine_tuning/jobs/\(id)").json
        #expect(failed["status"] == "failed" && failed["error"]?["code"] == "tuning.data" && failed["error"]?["param"] == "training_file")
    }

    @Test(arguments: [
        (#"{"training_file":"none"}"#, 400, "training_file"), (#"{"validation_file":"none"}"#, 400, "validation_file"), (#"{"model":"none"}"#, 404, nil), (#"{"model":"encoder"}"#, 400, "model"),
        (#"{"suffix":"a b"}"#, 400, "suffix"), (#"{"seed":-1}"#, 400, "seed"), (#"{"method":{"type":"reinforcement"}}"#, 400, "method"),
        (#"{"hyperparameters":{"n_epochs":0}}"#, 400, "hyperparameters"), (#"{"hyperparameters":{"batch_size":1.5}}"#, 400, "hyperparameters"),
        (#"{"integrations":[{"type":"wandb"}]}"#, 400, "integrations"), (#"{"metadata":{"a":1}}"#, 400, "metadata"),
    ] as [(String, Int, String?)])
    func wrongJobsAreToldWhatIsWrong(members: String, status: Int, parameter: String?) async throws {
        let answer = try await job(try JSONValue(parsing: members).object ?? [:])
        #expect(answer.status == status && answer.json["error"]?["param"]?.string == parameter)
    }

    @Test func unknownJobsAndAddressesAreErrorsInOpenAIsForm() async {
        for path in ["/v1/fine_tuning/jobs/none", "/v1/fine_tuning/jobs/none/events", "/v1/fine_tuning/jobs/none/checkpoints"] {
            let answer = await ask("GET", path)
            #expect(answer.status == 404 && answer.json["error"]?["code"] == "fine_tune_not_found")
        }
        for path in ["/v1/fine_tuning/jobs/none/pause", "/v1/fine_tuning", "/v1/files/a/b/c"] { #expect(await ask("POST", path).json["error"]?["code"] == "unknown_url") }
        #expect(await ask("GET", "/v1/fine_tuning/jobs", query: "limit=0").status == 400)
        let without = Gateway(host: host, keys: GatewayKeys(hashes: []), clock: ManualWallClock(), ids: IdentifierSource())
        #expect(await without.answer(GatewayRequest(method: "GET", path: "/v1/files")).status == 404)
    }

    @Test func longBodiesAreReadFromCallersWithAKeyOnly() {
        let guarded = Gateway(host: host, keys: GatewayKeys(hashes: [SHA256.hex(Array("secret".utf8))]), clock: ManualWallClock(), ids: IdentifierSource(), tuning: queue)
        #expect(guarded.bodyByteCountMax(of: "/v1/files", authorization: nil) == Gateway.bodyByteCountMax)
        #expect(guarded.bodyByteCountMax(of: "/v1/files", authorization: "Bearer secret") == Gateway.uploadByteCountMax)
        #expect(guarded.bodyByteCountMax(of: "/v1/embeddings", authorization: "Bearer secret") == Gateway.bodyByteCountMax)
    }
}
