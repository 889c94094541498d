import Core
import Foundation
import Labels
import Support
import Testing
import Traffic
import Workflows

/// Hooks and notices over real connections: one server, and this process as the systems around it.
@Suite struct HookServeTests {
    private static let secret = "0123456789abcdef-hook"

    private func post(_ port: Int, _ path: String, headers: [(name: String, value: String)], _ body: [UInt8], method: String = "POST") async throws -> (status: Int, json: JSONValue) {
        let request = OutgoingRequest(method: method, address: try HTTPAddress(parsing: "http://127.0.0.1:\(port)\(path)"), headers: headers, body: body)
        let answer = try await HTTPClient().send(request)
        let text = TextDecoder.decode(try await answer.body.collect(byteCountMax: 1 << 20)).text
        return (answer.status, (try? JSONValue(parsing: text)) ?? .null)
    }

    @Test func aSignedRequestStartsARunOfARunningServer() async throws {
        let folder = try TemporaryDirectory()
        let data = folder.file("data"), file = folder.file("hook.yaml"), secret = folder.file("secret")
        try folder.write(Array("workflow: hooked\ninputs: {name: {type: string, grade: L2}}\nsteps:\n  - {id: note, kind: knowledge-search, with: {text: \"${input.name}\"}}\n".utf8), to: "hook.yaml")
        try folder.write(Array("\(Self.secret)\n".utf8), to: "secret")
        // A secret that others can read is none.
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: secret)
        #expect(try House.banyan(["workflow", "schedule", "add", "orders", file, "--webhook", "--secret-file", secret, "--data", data]).status == 64)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret)
        #expect(try House.banyan(["workflow", "schedule", "add", "orders", file, "--webhook", "--secret-file", secret, "--map", "name=order.name", "--data", data]).output.contains("/v1/hooks/orders"))
        let server = try ChildProcess(House.binary, ["serve", "--port", "0", "--data", data], environment: ["BANYAN_LANG": "en"], errorToOutput: true)
        defer {
            server.interrupt()
            _ = server.wait()
        }
        let line = try #require(server.line(containing: "Banyan console on"))
        let port = try #require(line.split(separator: ":").compactMap { Int($0.prefix { $0.isNumber }) }.first { $0 > 0 })
        // Our own notifier against our own hook.
        let notifier = try WebhookNotifier(
            address: try HTTPAddress(parsing: "http://127.0.0.1:\(port)/v1/hooks/orders"), secret: Array(Self.secret.utf8), clearance: .all, transport: HTTPClient(), clock: SystemWallClock())
        try await notifier.post(["order": ["name": "泵"]], id: "first")
        let body = Array(#"{"order":{"name":"阀"}}"#.utf8)
        let headers = [("X-GitHub-Event", "push"), ("X-GitHub-Delivery", "second"), ("X-Hub-Signature-256", "sha256=" + hexText(SHA256.authenticate(body, key: Array(Self.secret.utf8))))]
        let first = try await post(port, "/v1/hooks/orders", headers: headers, body), again = try await post(port, "/v1/hooks/orders", headers: headers, body)
        #expect(first.status == 202 && again.status == 202 && first.json["run"] == again.json["run"] && again.json["repeated"] == true)
        #expect(try await post(port, "/v1/hooks/orders", headers: [], body).status == 401)
        #expect(try await post(port, "/v1/hooks/none", headers: headers, body).status == 401)
        #expect(try await post(port, "/v1/hooks/orders", headers: headers, [], method: "GET").status == 405)
        #expect(try await post(port, "/v1/hooks/orders", headers: headers, [UInt8](repeating: 32, count: (1 << 20) + 1)).status == 413)
        var list = ""
        for _ in 0..<200 where !list.contains("completed") || list.components(separatedBy: "completed").count < 3 {
            try await Task.sleep(for: .milliseconds(100))
            list = try House.banyan(["workflow", "list", "--data", data]).output
        }
        #expect(list.components(separatedBy: "completed").count == 3, "\(list)")
    }

    /// What a step writes to somebody is delivered while its run runs; what no channel may take is seen in the outbox.
    @Test func noticesOfARunLeaveWithItAndGraveOnesStay() async throws {
        let folder = try TemporaryDirectory()
        let data = folder.file("data"), hookData = folder.file("hook-data"), secret = folder.file("secret")
        try folder.write(Array("\(Self.secret)\n".utf8), to: "secret")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret)
        // The receiver of the notices is a hook of another Banyan.
        try folder.write(Array("workflow: told\ninputs: {title: {type: string, grade: L2}}\nsteps:\n  - {id: note, kind: knowledge-search, with: {text: \"${input.title}\"}}\n".utf8), to: "told.yaml")
        #expect(try House.banyan(["workflow", "schedule", "add", "told", folder.file("told.yaml"), "--webhook", "--secret-file", secret, "--data", hookData]).status == 0)
        let server = try ChildProcess(House.binary, ["serve", "--port", "0", "--data", hookData], environment: ["BANYAN_LANG": "en"], errorToOutput: true)
        defer {
            server.interrupt()
            _ = server.wait()
        }
        let line = try #require(server.line(containing: "Banyan console on"))
        let port = try #require(line.split(separator: ":").compactMap { Int($0.prefix { $0.isNumber }) }.first { $0 > 0 })
        try folder.write(Array("workflow: tell\ninputs: {what: {type: string, grade: L2}}\nsteps:\n  - {id: tell, kind: notify, with: {to: ops, title: \"${input.what}\", text: x}}\n".utf8), to: "tell.yaml")
        let channel = ["--webhook", "http://127.0.0.1:\(port)/v1/hooks/told", "--webhook-secret-file", secret, "--data", data]
        #expect(try House.banyan(["workflow", "run", folder.file("tell.yaml"), "--input", "what=水压", "--grade", "L1"] + channel + ["--notice-grade", "L1"]).status == 0)
        var outbox = try House.banyan(["workflow", "outbox", "--data", data, "--json"]).output
        #expect(try JSONValue(parsing: outbox)["waiting"]?.array?.isEmpty == true)
        #expect(try House.banyan(["workflow", "list", "--data", hookData]).output.contains("told-"))
        // L2 on a channel for L1: it stays, and says why.
        #expect(try House.banyan(["workflow", "run", folder.file("tell.yaml"), "--input", "what=水压", "--grade", "L2"] + channel + ["--notice-grade", "L1"]).status == 0)
        outbox = try House.banyan(["workflow", "outbox", "--data", data]).output
        #expect(outbox.contains("given up") && outbox.contains("nodes.label") && !outbox.contains("水压"))
        #expect(try House.banyan(["workflow", "outbox", "--retry", "--data", data]).output.contains("1 notices wait again"))
    }
}
