import Core
import Labels
import Protection
import Store
import Workflows

/// Answers requests: who is it, may they, which page.
struct ConsoleHandler: Sendable {
    let services: ConsoleServices
    let configuration: ConsoleConfiguration
    let sessions: SessionTable

    init(services: ConsoleServices, configuration: ConsoleConfiguration) {
        self.services = services
        self.configuration = configuration
        sessions = SessionTable(signIn: configuration.signIn, ids: services.ids, clock: services.clock)
    }

    /// With every answer, unless it has its own. No script is allowed because no page has one but a task's and a run's, and no page may listen but one that records. Referrers stay on this origin; `no-referrer` would make browsers send
    /// forms with the origin `null`, which the check of forms refuses.
    static let securityHeaders: [(name: String, value: String)] = [
        ("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"), ("X-Frame-Options", "DENY"), ("Cache-Control", "no-store"),
        ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    ]

    /// All headers of an answer.
    static func headers(of answer: ConsoleResponse) -> [(name: String, value: String)] {
        securityHeaders.filter { header in !answer.headers.contains { $0.name == header.name } } + answer.headers
    }

    static let cookie = "banyan_session"

    func answer(_ request: ConsoleRequest) async -> ConsoleResponse {
        let language = Language(request)
        // A page of another site can make a browser send requests here under that site's name (DNS rebinding): only our own names are served.
        guard isOwnHost(request.host) else { return .text("421: unknown host\n", status: 421) }
        do {
            return try await route(request, language)
        } catch let fault as Fault {
            return .html(ErrorPage(fault: fault, language: language).html, status: Self.status(of: fault.code.kind))
        } catch {
            return .html(ErrorPage(fault: Fault(.defect, "an unexpected error of kind \(type(of: error))"), language: language).html, status: 500)
        }
    }

    static func status(of kind: Fault.Kind) -> Int {
        switch kind {
        case .usage, .input: 400
        case .notFound: 404
        case .conflict, .newer: 409
        case .refused: 403
        case .full: 507
        case .cancelled: 503
        case .missing, .io, .defect: 500
        }
    }

    /// Whether a request was sent under a name that this server knows as its own.
    func isOwnHost(_ host: String) -> Bool {
        let name = host.hasPrefix("[") ? String(host.prefix { $0 != "]" }.dropFirst()) : String(host.prefix { $0 != ":" })
        if ["127.0.0.1", "localhost", "::1", configuration.host].contains(name) { return true }
        // Listening on every address means being called by names we do not know; the users' tokens protect then.
        if case .tokens = configuration.signIn { return ["0.0.0.0", "::"].contains(configuration.host) }
        return false
    }

    private func route(_ request: ConsoleRequest, _ language: Language) async throws -> ConsoleResponse {
        switch (request.method, request.parts) {
        case ("GET", ["healthz"]): return .text("ok\n")
        case ("GET", ["console.css"]): return .text(StyleSheet.text, contentType: "text/css; charset=utf-8")
        case ("GET", ["task.js"]): return .text(TaskPage.script, contentType: "text/javascript; charset=utf-8")
        case ("GET", ["run.js"]): return .text(RunPage.script, contentType: "text/javascript; charset=utf-8")
        case ("GET", ["language"]): return languageChoice(request)
        case ("GET", ["signin"]), ("POST", ["signin"]): return try signIn(request, language)
        default: break
        }
        guard let session = sessions.session(request.cookies[Self.cookie]) else { return .redirect(to: "/signin") }
        guard ["GET", "POST"].contains(request.method) else { return .text("405: only GET and POST\n", status: 405) }
        let frame = Frame(session: session, language: language, path: request.path, timeZone: configuration.timeZone)
        return request.method == "POST" ? try await post(request, session, frame) : try await page(request, frame)
    }

    private func page(_ request: ConsoleRequest, _ frame: Frame) async throws -> ConsoleResponse {
        switch request.parts {
        case []: return .html(try await OverviewPage(services: services, frame: frame).html())
        case ["reports"]: return .html(try await ReportsPage(services: services, frame: frame).html())
        case ["runs"]: return .html(try await RunsPage(services: services, frame: frame, request: request).html())
        case let parts where parts.count == 2 && parts[0] == "runs": return try await RunPage(services: services, frame: frame, request: request, id: parts[1]).response()
        case let parts where parts.count == 3 && parts[0] == "runs" && parts[2] == "live": return try await RunPage(services: services, frame: frame, request: request, id: parts[1]).fragment()
        case ["tasks"]: return .html(try await TasksPage(services: services, frame: frame, request: request).html())
        case let parts where parts.count == 2 && parts[0] == "tasks": return try await TaskPage(services: services, frame: frame, id: parts[1]).response()
        case let parts where parts.count > 3 && parts[0] == "tasks": return try await file(task: parts[1], Array(parts[2...]), frame: frame)
        case ["knowledge"]: return .html(try await KnowledgePage(services: services, frame: frame, query: request.query["q"] ?? "").html())
        case ["findings"]: return .html(try await FindingsPage(services: services, frame: frame, request: request).html())
        case ["audit"]: return .html(try await AuditPage(services: services, frame: frame, verifies: request.query["verify"] == "1").html())
        default: throw Fault(.consolePage, "there is no page of that address", remedy: "go back to the overview")
        }
    }

    private func languageChoice(_ request: ConsoleRequest) -> ConsoleResponse {
        let choice = Language(rawValue: request.query["to"] ?? "") ?? .zh
        let back = request.query["back"] ?? "/"
        // Only a path of this console: "//other.example" would leave it.
        let path = back.hasPrefix("/") && !back.hasPrefix("//") && !back.contains("\\") ? back : "/"
        return .redirect(to: path, headers: [("Set-Cookie", "banyan_language=\(choice.rawValue); Path=/; SameSite=Strict; Max-Age=31536000")])
    }

    private func signIn(_ request: ConsoleRequest, _ language: Language) throws -> ConsoleResponse {
        let token = request.method == "POST" ? try FormData(contentType: request.contentType, body: request.body).fields["token"] : request.query["token"]
        guard let token, !token.isEmpty else { return .html(SignInPage(language: language, hasFailed: false).html) }
        guard let session = sessions.signIn(token: token) else { return .html(SignInPage(language: language, hasFailed: true).html, status: 401) }
        return .redirect(
            to: "/",
            headers: [("Set-Cookie", "\(Self.cookie)=\(session.id); Path=/; HttpOnly; SameSite=Strict; Max-Age=\(Int(SessionTable.lifetimeSeconds))")])
    }

    private func post(_ request: ConsoleRequest, _ session: SessionTable.Session, _ frame: Frame) async throws -> ConsoleResponse {
        let form = try FormData(contentType: request.contentType, body: request.body)
        guard form.fields["form"] == session.formToken, request.origin.map({ $0.hasSuffix("//" + request.host) }) ?? true else {
            throw Fault(.consoleForgery, "the form did not come from this console", remedy: "open the page again and repeat")
        }
        switch request.parts {
        case ["signout"]:
            sessions.signOut(session.id)
            return .redirect(to: "/signin", headers: [("Set-Cookie", "\(Self.cookie)=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")])
        case let parts where parts.count == 2 && parts[0] == "tasks":
            return try await answer(task: parts[1], form: form, session: session, frame: frame)
        default: throw Fault(.consolePage, "there is no form of that address", remedy: "go back to the overview")
        }
    }
}
