import Core
import Knowledge
import Labels
import Protection
import Store
import Support
import Testing
import Workflows

@testable import Console

/// The console over a store with one finished run, one open task and one document, asked without sockets.
@Suite struct ConsoleHandlerTests {
    /// Asks a person; what is asked has the label of the step's input.
    struct Ask: StepKind {
        let id = "ask"
        let signature = StepSignature(inputs: ["text": .init(.string)], outputs: ["choice": .string, "comment": .string], clearance: .all, labelRule: .joinsInputs)
        func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
            .person(HumanTaskRequest(title: "审核 <b>", body: ["text": input.values["text"] ?? ""], choices: ["approve", "return"], label: input.label))
        }
    }

    static let secret = "林晓芸 13800138000"
    let directory: TemporaryDirectory
    let store: Store
    let engine: WorkflowEngine
    let services: ConsoleServices
    let clock = ManualWallClock()
    let users: [ConsoleUser]

    init() async throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
        let ids = IdentifierSource(random: SeededRandom(seed: 9))
        engine = WorkflowEngine(store: store, kinds: [Ask()], clock: clock, ids: ids)
        let knowledge = KnowledgeBase(store: store, tools: ExternalTools(), clock: clock)
        let audit = AuditLog(store: store, clock: clock)
        let register = FindingRegister(store: store)
        services = ConsoleServices(store: store, engine: engine, knowledge: knowledge, audit: audit, register: register, clock: clock, ids: ids)
        users = [("low", Grade.level2), ("high", .level4)].map {
            ConsoleUser(name: $0.0, tokenSHA256: SHA256.hex(Array("token-\($0.0)".utf8)), clearance: Clearance(upTo: $0.1))
        }
        let definition = try WorkflowDefinition(yaml: "workflow: w\ninputs: {text: {type: string, grade: L3}}\nsteps:\n  - {id: a, kind: ask, with: {text: \"${input.text}\"}}")
        _ = try await engine.start(definition, input: Labeled(["text": .string(Self.secret)], Label(.level3, [.personal])), runID: "run-1")
        _ = try await engine.advance("run-1")
        _ = try await knowledge.ingest(DocumentFile(name: "guide.md", bytes: Array("# 居住证办理\n\n办理居住证需要身份证明和居住证明。".utf8)), label: .bottom)
        _ = try await knowledge.ingest(DocumentFile(name: "inner.md", bytes: Array("# 内部口径\n\n居住证内部口径不得外传。".utf8)), label: Label(.level3))
        try await audit.record(AuditEntry(actor: "workflow", action: "grade", subject: "r<1>"))
        let graded = GradedSubject(subject: "r1", run: "run-1", label: Label(.level3), results: [], counts: ["mobile": 1], gradedAt: 1)
        let report = ConsoleReport(
            title: .init(zh: "轮 <i>", en: "round <i>"), at: 1,
            sections: [
                .init(title: .init(zh: "质量", en: "Quality"), content: .shares([.init(name: .init(zh: "甲", en: "a"), right: 0, of: 0)])),
                .init(title: .init(zh: "表", en: "Table"), content: .table(heads: [.init(zh: "项", en: "h")], rows: [[.init(zh: "<b>", en: "<b>")]])),
                .init(title: .init(zh: "数", en: "Counts"), content: .counts([.init(name: .init(zh: "乙", en: "b"), count: 3)])),
            ])
        try await ConsoleReports(store: store).keep(report, as: "job")
        let store = store
        try await store.write { try register.record(graded, in: $0) }
    }

    private func handler() -> ConsoleHandler {
        ConsoleHandler(services: services, configuration: ConsoleConfiguration(signIn: .tokens(users)))
    }

    private func get(_ path: String, query: [String: String] = [:], cookie: String? = nil, language: String = "en") -> ConsoleRequest {
        var request = ConsoleRequest()
        (request.path, request.query, request.host, request.acceptLanguage) = (path, query, "127.0.0.1:8080", language)
        if let cookie { request.cookies[ConsoleHandler.cookie] = cookie }
        return request
    }

    private func signIn(_ handler: ConsoleHandler, _ name: String) throws -> SessionTable.Session { try #require(handler.sessions.signIn(token: "token-\(name)")) }

    private func text(_ response: ConsoleResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    private func post(_ path: String, _ form: String, _ session: SessionTable.Session) -> ConsoleRequest {
        var request = get(path, cookie: session.id)
        (request.method, request.contentType, request.body) = ("POST", "application/x-www-form-urlencoded", Array(form.utf8))
        return request
    }

    static let pages = ["/", "/runs", "/runs/run-1", "/tasks", "/knowledge", "/findings", "/audit", "/reports"]

    @Test(arguments: pages)
    func nothingIsShownWithoutSigningIn(page: String) async {
        let answer = await handler().answer(get(page))
        #expect(answer.status == 303 && answer.body.isEmpty)
        #expect(answer.headers.contains { $0.name == "Location" && $0.value == "/signin" })
    }

    @Test(arguments: pages, ["zh-CN", "en-US"])
    func everyPageRendersInBothLanguages(page: String, language: String) async throws {
        let handler = handler()
        let session = try signIn(handler, "high")
        let answer = await handler.answer(get(page, cookie: session.id, language: language))
        #expect(answer.status == 200)
        let markup = text(answer)
        #expect(markup.contains(language.hasPrefix("zh") ? "总览" : "Overview"))
        #expect(!markup.contains("审核 <b>") && !markup.contains("r<1>") && !markup.contains("<i>"))
        // A run that goes on has the one script that follows it.
        #expect(markup.ranges(of: "<script").count == (page == "/runs/run-1" ? 1 : 0))
    }

    @Test func aTaskAboveTheReadersClearanceIsNamedNotShown() async throws {
        let handler = handler()
        let task = try #require(try await engine.tasks().first)
        let low = try signIn(handler, "low")
        let high = try signIn(handler, "high")
        #expect(!text(await handler.answer(get("/tasks/\(task.id)", cookie: low.id))).contains("13800138000"))
        #expect(text(await handler.answer(get("/tasks/\(task.id)", cookie: high.id))).contains("13800138000"))
        let refused = await handler.answer(post("/tasks/\(task.id)", "form=\(low.formToken)&choice=approve", low))
        #expect(refused.status == 403)
        #expect(try await engine.task(task.id).status == .open)
    }

    @Test func searchShowsOnlyWhatTheClearancePermits() async throws {
        let handler = handler()
        let low = text(await handler.answer(get("/knowledge", query: ["q": "居住证"], cookie: try signIn(handler, "low").id)))
        let high = text(await handler.answer(get("/knowledge", query: ["q": "居住证"], cookie: try signIn(handler, "high").id)))
        #expect(low.contains("guide.md") && !low.contains("inner.md"))
        #expect(high.contains("inner.md"))
    }

    @Test func anApprovalIsRecordedOnceWithItsPersonAndCarriesTheRunOn() async throws {
        let handler = handler()
        let task = try #require(try await engine.tasks().first)
        let session = try signIn(handler, "high")
        let answer = await handler.answer(post("/tasks/\(task.id)", "form=\(session.formToken)&choice=approve&comment=ok", session))
        #expect(answer.status == 303)
        #expect(try await engine.detail("run-1").summary.status == .completed)
        #expect(try await engine.task(task.id).answer?.by == "high")
        #expect(try await services.audit.newest(1).first?.entry.action == "answer")
        let again = await handler.answer(post("/tasks/\(task.id)", "form=\(session.formToken)&choice=return", session))
        #expect(again.status == 409)
    }

    @Test func aFormFromElsewhereIsRefused() async throws {
        let handler = handler()
        let task = try #require(try await engine.tasks().first)
        let session = try signIn(handler, "high")
        for form in ["choice=approve", "form=wrong&choice=approve", "form=\(try signIn(handler, "high").formToken)&choice=approve"] {
            #expect(await handler.answer(post("/tasks/\(task.id)", form, session)).status == 403)
        }
        var foreign = post("/tasks/\(task.id)", "form=\(session.formToken)&choice=approve", session)
        foreign.origin = "http://evil.example"
        #expect(await handler.answer(foreign).status == 403)
        #expect(try await engine.task(task.id).status == .open)
    }

    @Test(arguments: ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", ""])
    func requestsUnderAnotherNameAreRefused(host: String) async throws {
        let handler = handler()
        var request = get("/", cookie: try signIn(handler, "high").id)
        request.host = host
        #expect(await handler.answer(request).status == 421)
    }

    @Test(arguments: ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
    func theLanguageChoiceNeverLeadsAway(target: String) async {
        let answer = await handler().answer(get("/language", query: ["to": "en", "back": target]))
        #expect(answer.headers.first { $0.name == "Location" }?.value == "/")
    }

    @Test func attachmentsAreDownloadsOnly() async throws {
        let handler = handler()
        let task = try #require(try await engine.tasks().first)
        let session = try signIn(handler, "high")
        var request = post("/tasks/\(task.id)", "", session)
        request.contentType = "multipart/form-data; boundary=B"
        let page = "<script>alert(1)</script>"
        request.body = Array(
            ("--B\r\nContent-Disposition: form-data; name=\"form\"\r\n\r\n\(session.formToken)\r\n--B\r\nContent-Disposition: form-data; name=\"choice\"\r\n\r\napprove\r\n"
                + "--B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"x.html\"\r\nContent-Type: text/html\r\n\r\n\(page)\r\n--B--\r\n").utf8)
        #expect(await handler.answer(request).status == 303)
        let file = await handler.answer(get("/tasks/\(task.id)/attachments/0", cookie: session.id))
        #expect(text(file) == page)
        #expect(file.contentType == "application/octet-stream")
        #expect(file.headers.contains { $0.name == "Content-Disposition" && $0.value.hasPrefix("attachment") })
        let low = try signIn(handler, "low")
        #expect(await handler.answer(get("/tasks/\(task.id)/attachments/0", cookie: low.id)).status == 403)
        for path in ["/tasks/\(task.id)/attachments/1", "/tasks/\(task.id)/attachments/-1", "/tasks/\(task.id)/attachments/x"] {
            #expect(await handler.answer(get(path, cookie: session.id)).status == 404)
        }
    }

    @Test func theCookieCannotBeReadByScriptsOrSentFromElsewhere() async {
        var request = get("/signin")
        (request.method, request.body) = ("POST", Array("token=token-high".utf8))
        let cookie = await handler().answer(request).headers.first { $0.name == "Set-Cookie" }?.value ?? ""
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
    }

    @Test(arguments: ["/nothing", "/runs/none", "/tasks/none", "/runs/run-1/x", "/%2e%2e/etc/passwd"])
    func unknownPagesSayWhatToDo(path: String) async throws {
        let handler = handler()
        let answer = await handler.answer(get(path, cookie: try signIn(handler, "high").id))
        #expect(answer.status == 404)
        #expect(text(answer).contains("Remedy"))
    }

    @Test func theAuditPageVerifies() async throws {
        let handler = handler()
        let page = text(await handler.answer(get("/audit", query: ["verify": "1"], cookie: try signIn(handler, "high").id)))
        #expect(page.contains("The chain is intact"))
    }
}
