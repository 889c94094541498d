import Foundation

/// A request, without the server's types: pages can be tested with no socket.
struct ConsoleRequest: Sendable {
    var method = "GET"
    var path = "/"
    var query: [String: String] = [:]
    var host = ""
    var origin: String?
    var cookies: [String: String] = [:]
    var acceptLanguage = ""
    var contentType = ""
    var body: [UInt8] = []

    /// Path parts between slashes, percent-decoded.
    var parts: [String] { path.split(separator: "/").map { $0.removingPercentEncoding ?? String($0) } }
}

/// An answer.
struct ConsoleResponse: Sendable {
    var status = 200
    var contentType = "text/html; charset=utf-8"
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    static func html(_ page: HTML, status: Int = 200) -> ConsoleResponse { ConsoleResponse(status: status, body: Array(page.markup.utf8)) }

    static func text(_ text: String, status: Int = 200, contentType: String = "text/plain; charset=utf-8") -> ConsoleResponse {
        ConsoleResponse(status: status, contentType: contentType, body: Array(text.utf8))
    }

    /// 303: the browser gets the page, and reloading it repeats nothing.
    static func redirect(to path: String, headers: [(name: String, value: String)] = []) -> ConsoleResponse {
        ConsoleResponse(status: 303, headers: [("Location", path)] + headers)
    }
}
