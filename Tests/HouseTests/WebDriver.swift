import Core
import Foundation

/// A small client of the W3C WebDriver protocol: enough to sign in, click, type, attach a file and take a picture.
final class WebDriver: Sendable {
    private let base: String
    private let session: String

    /// Starts a headless session on a chromedriver that listens on `port`.
    init(port: Int, language: String = "zh-CN") async throws {
        base = "http://127.0.0.1:\(port)"
        let arguments: JSONValue = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1440,960", "--hide-scrollbars",
            .string("--lang=\(language)"),
        ]
        let answer = try await Self.send(
            "POST", base + "/session",
            ["capabilities": ["alwaysMatch": ["goog:chromeOptions": ["args": arguments, "prefs": ["intl.accept_languages": .string(language)]]]]])
        guard let id = answer["value"]?["sessionId"]?.string else { throw WebDriverFailure("no session: \(answer.text.prefix(300))") }
        session = base + "/session/" + id
    }

    func open(_ url: String) async throws { _ = try await call("POST", "/url", ["url": .string(url)]) }
    func quit() async { _ = try? await Self.send("DELETE", session, nil) }
    func title() async throws -> String { try await call("GET", "/title")["value"]?.string ?? "" }
    func url() async throws -> String { try await call("GET", "/url")["value"]?.string ?? "" }
    func source() async throws -> String { try await call("GET", "/source")["value"]?.string ?? "" }

    func click(_ selector: String) async throws {
        _ = try await call("POST", "/element/\(try await element(selector))/click", [:])
    }

    func type(_ text: String, into selector: String) async throws {
        _ = try await call("POST", "/element/\(try await element(selector))/value", ["text": .string(text)])
    }

    func text(of selector: String) async throws -> String {
        try await call("GET", "/element/\(try await element(selector))/text")["value"]?.string ?? ""
    }

    /// How many elements match.
    func count(_ selector: String) async throws -> Int {
        try await call("POST", "/elements", ["using": "css selector", "value": .string(selector)])["value"]?.array?.count ?? 0
    }

    /// The window as PNG.
    func screenshot() async throws -> Data {
        guard let text = try await call("GET", "/screenshot")["value"]?.string, let data = Data(base64Encoded: text) else {
            throw WebDriverFailure("no screenshot")
        }
        return data
    }

    private func element(_ selector: String) async throws -> String {
        let answer = try await call("POST", "/element", ["using": "css selector", "value": .string(selector)])
        guard let id = answer["value"]?.object?.values.first?.string else { throw WebDriverFailure("nothing matches \(selector)") }
        return id
    }

    private func call(_ method: String, _ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
        let answer = try await Self.send(method, session + path, body)
        if let error = answer["value"]?["error"]?.string {
            throw WebDriverFailure("\(path): \(error): \((answer["value"]?["message"]?.string ?? "").prefix(200))")
        }
        return answer
    }

    /// Through curl: Foundation's client on Linux fails on chromedriver's headers ("Failed writing header").
    private static func send(_ method: String, _ url: String, _ body: JSONValue?) async throws -> JSONValue {
        guard let curl = House.program("curl") else { throw WebDriverFailure("curl is not installed") }
        let data = body.map { ["--header", "Content-Type: application/json", "--data-binary", $0.text] } ?? []
        let (status, output) = try ChildProcess(curl, ["--silent", "--max-time", "60", "--noproxy", "*", "--request", method, url] + data).finish()
        guard status == 0 else { throw WebDriverFailure("curl ended with \(status)") }
        return try JSONValue(parsing: output)
    }
}

struct WebDriverFailure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
