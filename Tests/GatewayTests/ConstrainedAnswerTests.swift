import Core
import Foundation
import Inference
import Models
import ModelSupport
import Store
import Support
import Testing

@testable import Gateway

/// `response_format` and `grammar` over a network of random weights, which would never write JSON by itself.
@Suite(.serialized) struct ConstrainedAnswerTests {
    let directory: TemporaryDirectory
    let gateway: Gateway

    init() async throws {
        directory = try TemporaryDirectory()
        gateway = try await TinyGateway.open(in: directory, context: 512).gateway
    }

    private func ask(_ members: String, seed: Int = 1) async -> (status: Int, json: JSONValue) {
        let body = #"{"model":"tiny","messages":[{"role":"user","content":"x"}],"max_tokens":300,"temperature":2,"seed":\#(seed),\#(members)}"#
        let answer = await gateway.answer(GatewayRequest(method: "POST", path: "/v1/chat/completions", authorization: nil, body: Array(body.utf8)))
        guard case .whole(let bytes) = answer.body else { return (answer.status, .null) }
        return (answer.status, (try? JSONValue(parsing: String(decoding: bytes, as: UTF8.self))) ?? .null)
    }

    private func content(_ json: JSONValue) -> (text: String, reason: String?) {
        (json["choices"]?[0]?["message"]?["content"]?.string ?? "", json["choices"]?[0]?["finish_reason"]?.string)
    }

    @Test func aSchemaIsFollowedInItsOrder() async throws {
        let format = #""response_format":{"type":"json_schema","json_schema":{"name":"a","strict":true,"schema":{"type":"object","additionalProperties":false,"required":["size","color"],"properties":{"size":{"type":"integer","minimum":1,"maximum":40},"color":{"enum":["red","blue"]}}}}}"#
        for seed in 0..<12 {
            let (status, json) = await ask(format, seed: seed)
            let (text, reason) = content(json)
            let value = try JSONValue(parsing: text)
            #expect(status == 200 && reason == "stop" && (1...40).contains(value["size"]?.int ?? 0) && ["red", "blue"].contains(value["color"]?.string))
            #expect(text.firstRange(of: "size").map { $0.lowerBound < text.firstRange(of: "color")!.lowerBound } == true)
        }
    }

    @Test func anyObjectAndRulesAreFollowed() async throws {
        var whole = 0
        for seed in 0..<10 {
            let (text, reason) = content(await ask(#""response_format":{"type":"json_object"}"#, seed: seed).json)
            #expect(text.hasPrefix("{"))
            guard reason == "stop" else { continue }
            whole += 1
            #expect(try JSONValue(parsing: text).object != nil)
        }
        #expect(whole > 0)
        let ruled = content(await ask(#""grammar":"root ::= \"ab\"{3} [0-9]""#).json)
        #expect(ruled.text.wholeMatch(of: /ababab[0-9]/) != nil && ruled.reason == "stop")
    }

    @Test(arguments: [
        (#""grammar":"root ::= x""#, "grammar", "line 1"), (#""grammar":"root ::= \"x\"","response_format":{"type":"json_object"}"#, "grammar", "exclude"), (#""response_format":{"type":"json_schema"}"#, "response_format", "must be an object"),
        (#""response_format":{"type":"json_schema","json_schema":{"schema":{"not":{}}}}"#, "response_format", "not is not supported"), (#""response_format":{"type":"grammar"}"#, "response_format", "json_schema"), (#""grammar":7"#, "grammar", "text"),
    ])
    func whatCannotBeFollowedIsRefused(_ members: String, _ parameter: String, _ message: String) async {
        let (status, json) = await ask(members)
        #expect(status == 400 && json["error"]?["param"]?.string == parameter && json["error"]?["message"]?.string?.contains(message) == true, "\(json.text)")
    }
}
