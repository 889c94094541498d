import Core
import Foundation
import Knowledge
import Labels
import Protection
import Store
import Support
import Testing
import Workflows

@testable import Console

/// A task with every kind of field, asked without sockets.
@Suite struct TaskPageTests {
    let directory: TemporaryDirectory
    let store: Store
    let engine: WorkflowEngine
    let handler: ConsoleHandler
    let task: HumanTask

    /// The head of a PNG of 100 by 50 pixels.
    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 100, 0, 0, 0, 50, 8, 2, 0, 0, 0]
    static let ogg = Array("OggS".utf8) + [UInt8](repeating: 0, count: 60)

    init() async throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
        let clock = ManualWallClock(), ids = IdentifierSource(random: SeededRandom(seed: 3))
        engine = WorkflowEngine(store: store, kinds: [], clock: clock, ids: ids)
        let services = ConsoleServices(
            store: store, engine: engine, knowledge: KnowledgeBase(store: store, tools: ExternalTools(), clock: clock), audit: AuditLog(store: store, clock: clock),
            register: FindingRegister(store: store), clock: clock, ids: ids)
        let users = [("low", Grade.level1), ("li", .level4), ("wang", .level4), ("zhao", .level4)].map {
            ConsoleUser(name: $0.0, tokenSHA256: SHA256.hex(Array("token-\($0.0)".utf8)), clearance: Clearance(upTo: $0.1))
        }
        handler = ConsoleHandler(services: services, configuration: ConsoleConfiguration(signIn: .tokens(users)))
        let image = try store.blobs.put(Self.png), sound = try store.blobs.put(Self.ogg), page = try store.blobs.put(Array("<script>alert(1)</script>".utf8))
        let yaml = """
            workflow: w
            inputs: {text: {type: string, grade: L2}}
            steps:
              - id: ask
                kind: human
                with:
                  title: "T <b>"
                  body: {text: "${input.text}"}
                  candidates: [low, li, wang]
                  approvals: 2
                  form:
                    - {id: boxes, type: image, media: \(image), labels: [a, b], value: [{label: a, x: 1, y: 2, w: 30, h: 40}]}
                    - {id: rows, type: table, columns: [item, {id: n, type: number}], value: [{item: "x|<i>", n: 1}]}
                    - {id: heard, type: audio, media: \(sound)}
                    - {id: read, type: document, media: \(page)}
                    - {id: note, type: text, required: true}
                    - {id: spoken, type: recording}
                    - {id: kinds, type: choice, many: true, options: [p, q]}
                    - {id: count, type: number, most: 5}
            """
        _ = try await engine.start(try WorkflowDefinition(yaml: yaml), input: Labeled(["text": "secret"], Label(.level2)), runID: "run-1")
        _ = try await engine.advance("run-1")
        task = try #require(try await engine.tasks().first)
    }

    private func request(_ path: String, _ session: SessionTable.Session, form: String? = nil, language: String = "en") -> ConsoleRequest {
        var request = ConsoleRequest()
        (request.path, request.host, request.acceptLanguage) = (path, "127.0.0.1:8080", language)
        request.cookies[ConsoleHandler.cookie] = session.id
        if let form { (request.method, request.contentType, request.body) = ("POST", "application/x-www-form-urlencoded", Array("form=\(session.formToken)&\(form)".utf8)) }
        return request
    }

    private func signIn(_ name: String) throws -> SessionTable.Session { try #require(handler.sessions.signIn(token: "token-\(name)")) }
    private func text(_ response: ConsoleResponse) -> String { String(decoding: response.body, as: UTF8.self) }
    private func header(_ name: String, _ response: ConsoleResponse) -> [String] { ConsoleHandler.headers(of: response).filter { $0.name == name }.map(\.value) }

    @Test(arguments: ["en", "zh-CN"])
    func thePageHasEveryFieldAndNoForeignMarkup(language: String) async throws {
        let page = text(await handler.answer(request("/tasks/\(task.id)", try signIn("li"), language: language)))
        for mark in ["data-boxes", "data-rows", "data-seconds", "<audio", "name=\"v.note\"", "name=\"v.kinds.1\"", "name=\"v.count\"", "a | 1 | 2 | 30 | 40", "x\\|&lt;i&gt; | 1", "src=\"/task.js\""] { #expect(page.contains(mark), "\(mark)") }
        #expect(!page.contains("T <b>") && !page.contains("<i>") && !page.contains("alert(1)"))
    }

    @Test func onlyAPageThatRecordsMayListen() async throws {
        let session = try signIn("li")
        let page = await handler.answer(request("/tasks/\(task.id)", session))
        #expect(header("Content-Security-Policy", page).count == 1 && header("Content-Security-Policy", page)[0].contains("script-src 'self'"))
        #expect(header("Permissions-Policy", page) == ["camera=(), microphone=(self), geolocation=()"])
        for path in ["/tasks", "/", "/runs/run-1"] {
            let other = await handler.answer(request(path, session))
            // A run that goes on has the script that follows it; see RunPageTests.
            #expect(header("Content-Security-Policy", other)[0].contains("script-src") == (path == "/runs/run-1") && header("Permissions-Policy", other) == ["camera=(), microphone=(), geolocation=()"])
        }
        let script = await handler.answer(request("/task.js", session))
        #expect(script.contentType.hasPrefix("text/javascript") && text(script).contains("getUserMedia"))
    }

    @Test func picturesAndSoundsAreShownAndAllElseIsADownload() async throws {
        let li = try signIn("li"), low = try signIn("low")
        for (field, type, how) in [("boxes", "image/png", "inline"), ("heard", "audio/ogg", "inline"), ("read", "application/octet-stream", "attachment")] {
            let file = await handler.answer(request("/tasks/\(task.id)/media/\(field)", li))
            #expect(file.contentType == type && header("Content-Disposition", file)[0].hasPrefix(how) && header("X-Content-Type-Options", file) == ["nosniff"])
            #expect(header("Content-Security-Policy", file) == ["default-src 'none'; sandbox"])
            #expect(await handler.answer(request("/tasks/\(task.id)/media/\(field)", low)).status == 403)
        }
        for path in ["media/note", "media/none", "voices/0/spoken/0", "voices/x/spoken/0", "attachments/0", "other/1", "media/boxes/1"] {
            #expect(await handler.answer(request("/tasks/\(task.id)/\(path)", li)).status == 404, "\(path)")
        }
    }

    @Test(arguments: [("v.note=", "note"), ("v.note=n&v.count=x", "count"), ("v.note=n&v.count=6", "count"), ("v.note=n&v.boxes=c+|+1+|+1+|+1+|+1", "boxes"), ("v.note=n&v.boxes=a+|+90+|+1+|+20+|+1", "boxes"), ("v.note=n&v.rows=x+|+y", "rows"), ("v.note=n&v.rows=x+|+1+|+2", "rows")])
    func whatDoesNotFitComesBackWithThePage(form: String, field: String) async throws {
        let answer = await handler.answer(request("/tasks/\(task.id)", try signIn("li"), form: "choice=approve&comment=kept+remark&\(form)"))
        #expect(answer.status == 400)
        #expect(text(answer).contains("field \(field) ") && text(answer).contains("kept remark"))
        #expect(try await engine.task(task.id).voices.isEmpty)
    }

    @Test func twoPeopleAgreeThroughTheConsole() async throws {
        let form = "choice=approve&v.note=fine&v.kinds=&v.kinds.1=1&v.boxes=" + "[{\"label\":\"b\",\"x\":1,\"y\":1,\"w\":5,\"h\":5}]"
        #expect(await handler.answer(request("/tasks/\(task.id)", try signIn("li"), form: form)).status == 303)
        #expect(try await engine.detail("run-1").summary.status == .waiting)
        #expect(await handler.answer(request("/tasks/\(task.id)", try signIn("li"), form: form)).status == 403)
        // The second person finds what the first proposed.
        let wang = try signIn("wang")
        let page = text(await handler.answer(request("/tasks/\(task.id)", wang)))
        #expect(page.contains("value=\"fine\"") && page.contains("b | 1 | 1 | 5 | 5") && page.contains("Proposed"))
        #expect(await handler.answer(request("/tasks/\(task.id)", wang, form: "choice=approve")).status == 303)
        #expect(try await engine.detail("run-1").summary.status == .completed)
        #expect(try await engine.task(task.id).answer?.values["kinds"] == ["q"])
    }

    @Test func othersAreToldThatItIsNotTheirs() async throws {
        let zhao = try signIn("zhao")
        #expect(text(await handler.answer(request("/tasks/\(task.id)", zhao))).contains("This task is for others"))
        #expect(await handler.answer(request("/tasks/\(task.id)", zhao, form: "choice=approve&v.note=x")).status == 403)
        var mine = request("/tasks", zhao)
        mine.query = ["mine": "1"]
        #expect(text(await handler.answer(mine)).contains("Open tasks (0)"))
        mine.cookies[ConsoleHandler.cookie] = try signIn("li").id
        #expect(text(await handler.answer(mine)).contains("Open tasks (1)"))
    }

    @Test(arguments: 0..<200)
    func linesAreReadBackAsTheyWereWritten(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let alphabet: [Character] = ["a", "|", "\\", "\n", "n", "[", "榕", "{"]
        let cells = (0..<Int.random(in: 1...4, using: &random)).map { _ in String((0..<Int.random(in: 0...6, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "a" }) }
        let line = TaskSubmission.line(cells)
        #expect(!line.contains("\n") && TaskSubmission.cells(of: Substring(line)) == cells)
    }
}
