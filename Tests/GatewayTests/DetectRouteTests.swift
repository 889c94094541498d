import Core
import Models
import Store
import Support
import Testing

@testable import Gateway

/// `/v1/detect` with a service that finds every `x`.
@Suite struct DetectRouteTests {
    private struct Service: DetectionService {
        let types: Set<String> = ["letter", "other"]

        func detect(_ text: String, types: Set<String>?) throws -> (spans: [DetectedSpan], label: String) {
            guard text != "secret fault" else { throw Fault(.json, "it cannot be scanned") }
            guard types?.contains("letter") ?? true else { return ([], "L1") }
            let spans = text.unicodeScalars.enumerated().filter { $0.element == "x" }.map {
                DetectedSpan(type: "letter", start: $0.offset, end: $0.offset + 1, byteStart: $0.offset, byteEnd: $0.offset + 1, confidence: 0.9, recognizer: "r", reasons: ["is a letter"])
            }
            return (spans, spans.isEmpty ? "L1" : "L3{personal}")
        }
    }

    let directory: TemporaryDirectory
    let host: ModelHost

    init() throws {
        directory = try TemporaryDirectory()
        host = try ModelHost(
            registry: ModelRegistry(store: try Store.open(at: directory.path), clock: ManualWallClock()), limits: .init(byteCountMax: 1 << 20, threads: 1, context: 64, slotCount: 1), clock: ManualWallClock())
    }

    private func ask(_ body: JSONValue, keys: Set<String> = [], authorization: String? = nil, serves: Bool = true, method: String = "POST") async -> (status: Int, json: JSONValue, text: String) {
        let gateway = Gateway(host: host, keys: GatewayKeys(hashes: keys), clock: ManualWallClock(), ids: IdentifierSource(), detection: serves ? Service() : nil)
        let answer = await gateway.answer(GatewayRequest(method: method, path: "/v1/detect", authorization: authorization, body: Array(body.text.utf8)))
        guard case .whole(let bytes) = answer.body else { return (0, .null, "") }
        let text = String(decoding: bytes, as: UTF8.self)
        return (answer.status, (try? JSONValue(parsing: text)) ?? .null, text)
    }

    @Test func oneTextAndSeveral() async {
        let one = await ask(["text": "axb"])
        #expect(one.status == 200 && one.json["object"] == "detection" && one.json["label"] == "L3{personal}")
        #expect(one.json["findings"]?[0]?["start"] == 1 && one.json["findings"]?[0]?["reasons"] == nil)
        let several = await ask(["texts": ["a", "xx"], "explain": true])
        #expect(several.json["data"]?.array?.map { $0["findings"]?.array?.count } == [0, 2] && several.json["data"]?[1]?["index"] == 1)
        #expect(several.json["data"]?[1]?["findings"]?[0]?["reasons"] == ["is a letter"])
        #expect(await ask(["text": "x", "types": ["other"]]).json["findings"] == [])
    }

    static let malformed: [JSONValue] = [
        [:], ["text": 1], ["texts": []], ["texts": [1]], ["text": "a", "texts": ["a"]], ["text": "a", "types": "letter"], ["text": "a", "types": ["nonsense"]], ["text": "a", "types": []],
        ["text": "a", "explain": 1], ["texts": .array([JSONValue](repeating: "a", count: 2049))], [1],
    ]

    @Test(arguments: malformed.indices)
    func malformedRequestsAreNamed(index: Int) async {
        let answer = await ask(Self.malformed[index])
        #expect(answer.status == 400 && answer.json["error"]?["type"] == "invalid_request_error")
    }

    /// A text that cannot be scanned is an error, never an empty answer, and is not repeated.
    @Test func itFailsClosed() async {
        let answer = await ask(["texts": ["x", "secret fault"]])
        #expect(answer.status == 400 && answer.json["data"] == nil && !answer.text.contains("secret"))
    }

    @Test func keysMethodsAndAbsence() async {
        let keys: Set<String> = [SHA256.hex(Array("k".utf8))]
        #expect(await ask(["text": "x"], keys: keys).status == 401)
        #expect(await ask(["text": "x"], keys: keys, authorization: "Bearer k").status == 200)
        #expect(await ask(["text": "x"], serves: false).status == 404)
        #expect(await ask(["text": "x"], method: "GET").status == 405)
    }
}
