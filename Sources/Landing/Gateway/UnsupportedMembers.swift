import Core

/// Members that ask for what this server cannot do. Passing over one would give an answer of another kind than was asked for, so it is refused; hints that change nothing in kind are ignored.
extension RequestReader {
    /// - Throws: ``APIError`` naming the member.
    func refuseUnsupportedChat() throws {
        if hasElements("tools"), json["tool_choice"]?.string != "none" { throw unsupported("tools", "calls no tools; leave them out, or send tool_choice \"none\"") }
        if hasElements("functions"), json["function_call"]?.string != "none" { throw unsupported("functions", "calls no functions") }
        if json["modalities"]?.array?.contains("audio") == true { throw unsupported("modalities", "speaks no audio") }
        if isThere("web_search_options") { throw unsupported("web_search_options", "searches no web") }
        if isThere("moderation") { throw unsupported("moderation", "scores no policies") }
    }

    /// - Throws: ``APIError`` naming the member.
    func refuseUnsupportedCompletion() throws {
        if let suffix = json["suffix"]?.string, !suffix.isEmpty { throw unsupported("suffix", "does not write between texts") }
        if let best = json["best_of"]?.int, best > (try count) { throw unsupported("best_of", "returns every answer that it makes; use n") }
    }

    private func isThere(_ name: String) -> Bool { json[name].map { $0 != .null } ?? false }
    private func hasElements(_ name: String) -> Bool { json[name]?.array.map { !$0.isEmpty } ?? false }
    private func unsupported(_ name: String, _ why: String) -> APIError {
        APIError(status: 400, type: "invalid_request_error", code: "unsupported_parameter", parameter: name, message: "\(name): this server \(why)")
    }
}
