import Core

/// An error that a remote answered with, in the members of OpenAI's form.
///
/// The message is the remote's own and may quote the request, so it goes back to whoever asked and nowhere else; ``fault`` is for everybody else.
public struct RemoteRefusal: Error, Sendable, Hashable {
    /// The name under which the remote model is registered here.
    public var model: String
    public var status: Int
    public var type: String?
    public var code: String?
    public var parameter: String?
    public var message: String?
    /// Seconds, as the remote wrote them.
    public var retryAfter: String?

    /// Reads an error answer. Servers write `{"error": {...}}`, `{"error": "text"}` or `{"message": ...}`; what is none of these is left out.
    /// - Parameter key: taken out of the message, should the remote repeat it.
    init(model: String, status: Int, body: [UInt8], retryAfter: String?, key: String?) {
        let json = String(validating: body, as: UTF8.self).flatMap { try? JSONValue(parsing: $0) }
        let error = json?["error"]?.object == nil ? json : json?["error"]
        func clean(_ value: JSONValue?, _ count: Int) -> String? {
            guard let text = value?.string else { return nil }
            return String((key.map { text.replacing($0, with: "***") } ?? text).prefix(count))
        }
        self.model = model
        self.status = status
        type = clean(error?["type"], 100)
        code = clean(error?["code"], 100)
        parameter = clean(error?["param"], 200)
        // Who may not call the remote is not the caller's business, and such messages repeat parts of keys.
        message = status == 401 || status == 403 ? nil : clean(error?["message"] ?? json?["error"], 2000)
        self.retryAfter = retryAfter.flatMap { Int($0) == nil ? nil : $0 }
    }

    /// The error without the remote's words.
    public var fault: Fault {
        let remedy =
            switch status {
            case 401, 403: "check the remote's key file"
            case 404: "check the address and the remote model's name"
            case 429: "try again later"
            default: "look at that server's log"
            }
        return Fault(.remote, "the remote of \(model) answered with status \(status)", remedy: remedy)
    }
}
