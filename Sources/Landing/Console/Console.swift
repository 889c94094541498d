import Core
import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import Knowledge
import Labels
import Logging
import NIOCore
import Protection
import Store
import Workflows

/// # Console: the platform in a browser
///
/// Server-rendered pages and SVG: a page is a function from data to ``HTML``, which escapes by default; the content-security policy forbids what a page
/// does not need. Two pages have a script: a human task's, because boxes are dragged and sounds recorded in the browser, and a run's, which follows the run; both work without. ``ConsoleHandler`` answers plain values, so pages are tested without sockets; ``ConsoleServer`` is the thin adapter to
/// Hummingbird.
///
/// What a person sees follows their clearance: a value whose label it does not permit is named, not shown.
///
/// Rejected: a JavaScript front end (a build chain and a second language for lists and forms) and templates (`docs/decisions/0004-html-without-templates.md`).
public enum ConsoleRoom {}

/// What the console shows and acts on.
public struct ConsoleServices: Sendable {
    let store: Store
    let engine: WorkflowEngine
    let knowledge: KnowledgeBase
    let audit: AuditLog
    let register: FindingRegister
    let clock: any WallClock
    let ids: IdentifierSource

    public init(
        store: Store, engine: WorkflowEngine, knowledge: KnowledgeBase, audit: AuditLog, register: FindingRegister, clock: any WallClock,
        ids: IdentifierSource
    ) {
        self.store = store
        self.engine = engine
        self.knowledge = knowledge
        self.audit = audit
        self.register = register
        self.clock = clock
        self.ids = ids
    }
}

/// Where the console listens and who may sign in.
public struct ConsoleConfiguration: Sendable {
    /// How a person proves who they are.
    public enum SignIn: Sendable {
        /// A link that works once; its user is `operator`, cleared up to L4. For loopback addresses.
        case oneTimeLink(token: String)
        case tokens([ConsoleUser])
    }
    public var host: String
    /// 0 takes any free port.
    public var port: Int
    public var signIn: SignIn
    /// Times are shown in this zone. The default is the machine's.
    public var timeZone: TimeZone

    public init(host: String = "127.0.0.1", port: Int = 8080, signIn: SignIn, timeZone: TimeZone = .current) {
        self.host = host
        self.port = port
        self.signIn = signIn
        self.timeZone = timeZone
    }
}

/// Serves the console over HTTP/1.1.
public struct ConsoleServer: Sendable {
    private let handler: ConsoleHandler
    private let configuration: ConsoleConfiguration
    private let gateway: Gateway?
    private let hooks: WebhookReceiver?

    /// - Parameters:
    ///   - gateway: answers the API's paths on the same port; nil for none.
    ///   - hooks: answers `/v1/hooks/NAME`; nil for none.
    public init(services: ConsoleServices, configuration: ConsoleConfiguration, gateway: Gateway? = nil, hooks: WebhookReceiver? = nil) {
        self.hooks = hooks
        handler = ConsoleHandler(services: services, configuration: configuration)
        self.configuration = configuration
        self.gateway = gateway
    }

    /// Serves until SIGINT, SIGTERM or cancellation, then finishes what is under way.
    /// - Throws: `console.port-in-use`.
    public func run(onReady: @escaping @Sendable (_ port: Int) async -> Void) async throws {
        let (handler, gateway, hooks) = (handler, gateway, hooks)
        let watch = ClientWatch()
        let responder = CallbackResponder<ConnectedContext> { request, context in
            if let hooks, let name = Self.hook(request.uri.path) { return await Self.answer(request, hook: name, hooks) }
            if let gateway, Gateway.serves(request.uri.path) { return await Self.answer(request, handler: handler, gateway: gateway, client: (watch, context.channel)) }
            return await Self.answer(request, handler: handler)
        }
        var logger = Logger(label: "banyan.console")
        logger.logLevel = .error
        let application = Application(
            responder: responder, server: .http1(configuration: .init(additionalChannelHandlers: [ClientWatch.Handler(watch)])), configuration: .init(address: .hostname(configuration.host, port: configuration.port), serverName: nil),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? 0) }, logger: logger)
        do {
            try await application.runService()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw Fault(.consolePort, "port \(configuration.port) is in use", remedy: "stop the other program, or choose another port with --port")
        }
    }

    private static func answer(_ request: Request, handler: ConsoleHandler) async -> Response {
        var plain = ConsoleRequest()
        plain.method = request.method.rawValue
        plain.path = request.uri.path
        plain.query = FormData.urlDecoded(request.uri.query ?? "")
        plain.host = request.head.authority ?? ""
        plain.origin = request.headers[.origin]
        plain.acceptLanguage = request.headers[.acceptLanguage] ?? ""
        plain.contentType = request.headers[.contentType] ?? ""
        for pair in (request.headers[.cookie] ?? "").split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
            if parts.count == 2 { plain.cookies[parts[0]] = parts[1] }
        }
        do {
            plain.body = Array(buffer: try await request.body.collect(upTo: FormData.byteCountMax))
        } catch {
            return Self.response(.text("413: the form is too large\n", status: 413))
        }
        return Self.response(await handler.answer(plain))
    }

    /// An API request: only under our own names and never from a page of another site, like the pages.
    private static func answer(_ request: Request, handler: ConsoleHandler, gateway: Gateway, client: (watch: ClientWatch, channel: any Channel)) async -> Response {
        let host = request.head.authority ?? ""
        guard handler.isOwnHost(host), request.headers[.origin].map({ $0.hasSuffix("//" + host) }) ?? true else { return response(.text("421: unknown host\n", status: 421)) }
        let authorization = request.headers[.authorization]
        let byteCountMax = gateway.bodyByteCountMax(of: request.uri.path, authorization: authorization)
        guard let body = try? Array(buffer: await request.body.collect(upTo: byteCountMax)) else { return response(GatewayAnswer.tooLarge, client) }
        let plain = GatewayRequest(
            method: request.method.rawValue, path: request.uri.path, query: request.uri.query, authorization: authorization, contentType: request.headers[.contentType], body: body)
        return response(await client.watch.run(for: client.channel) { await gateway.answer(plain) }, client)
    }

    private static func response(_ answer: GatewayAnswer, _ client: (watch: ClientWatch, channel: any Channel)) -> Response {
        var headers: HTTPFields = [.contentType: answer.contentType]
        for (name, value) in answer.headers { if let field = HTTPField.Name(name) { headers.append(HTTPField(name: field, value: value)) } }
        switch answer.body {
        case .whole(let bytes): return Response(status: .init(code: answer.status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
        case .stream(let pieces):
            // Iterators of one stream share its place, and each pull is a task of its own.
            @Sendable func next() async -> [UInt8]? {
                var iterator = pieces.makeAsyncIterator()
                return await iterator.next()
            }
            let body = ResponseBody { writer in
                // A write notices a client that is gone, but only when there is something to write.
                while let piece = await client.watch.run(for: client.channel, next) { try await writer.write(ByteBuffer(bytes: piece)) }
                try await writer.finish(nil)
            }
            return Response(status: .init(code: answer.status), headers: headers, body: body)
        }
    }

    private static func response(_ answer: ConsoleResponse) -> Response {
        var headers: HTTPFields = [.contentType: answer.contentType]
        for (name, value) in ConsoleHandler.headers(of: answer) {
            if let field = HTTPField.Name(name) { headers.append(HTTPField(name: field, value: value)) }
        }
        return Response(status: .init(code: answer.status), headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}
