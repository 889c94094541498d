import ArgumentParser
import Core
import Foundation
import Store
import Traffic
import Workflows

/// Where spans of runs are sent. Nothing is sent unless an address is given, here or by OpenTelemetry's variables.
struct TelemetryOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Send spans of runs to a collector of OpenTelemetry (OTLP over HTTP, as JSON; /v1/traces is added). Without it OTEL_EXPORTER_OTLP_TRACES_ENDPOINT and OTEL_EXPORTER_OTLP_ENDPOINT are looked at; OTEL_EXPORTER_OTLP_HEADERS and OTEL_SERVICE_NAME count too.",
            valueName: "http://host:4318"))
    var otlp: String?

    /// What sends, or nil.
    func exporter(in store: Store, engine: WorkflowEngine) throws -> SpanExporter? {
        let environment = ProcessInfo.processInfo.environment
        guard let settings = try Self.settings(otlp, environment) else { return nil }
        return SpanExporter(store: store, engine: engine, transport: HTTPClient(), settings: settings, clock: SystemWallClock())
    }

    /// Sends spans while a command drives runs, until ``SpanSending/end()``.
    func begin(in store: Store, engine: WorkflowEngine) async throws -> SpanSending {
        let exporter = try exporter(in: store, engine: engine)
        try await exporter?.open()
        return SpanSending(exporter)
    }

    static func settings(_ option: String?, _ environment: [String: String]) throws -> SpanExporter.Settings? {
        func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let address: HTTPAddress
        if let whole = option == nil ? variable("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") : nil {
            address = try HTTPAddress(parsing: whole)
        } else if let base = option ?? variable("OTEL_EXPORTER_OTLP_ENDPOINT") {
            let parsed = try HTTPAddress(parsing: base)
            address = parsed.path.hasSuffix("/v1/traces") ? parsed : parsed.appending("/v1/traces")
        } else {
            return nil
        }
        var settings = SpanExporter.Settings(address: address)
        settings.version = BanyanCommand.configuration.version
        settings.resource = ["service.name": .string(variable("OTEL_SERVICE_NAME") ?? "banyan"), "service.version": .string(settings.version)]
        // Keys: name=value pairs between commas, percent-encoded; what they say is not repeated in errors.
        for pair in (variable("OTEL_EXPORTER_OTLP_HEADERS") ?? "").split(separator: ",") {
            let parts = pair.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.allSatisfy({ ($0 > 0x20 && $0 < 0x7F) && $0 != UInt8(ascii: ":") }), let value = parts[1].removingPercentEncoding, value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
            else { throw ValidationError("OTEL_EXPORTER_OTLP_HEADERS must be NAME=VALUE pairs between commas") }
            settings.headers.append((parts[0], value))
        }
        return settings
    }
}

/// Spans that go out while a command drives runs; none when no address was given.
struct SpanSending: Sendable {
    private let exporter: SpanExporter?
    /// Awaited in ``end()``; a command that fails ends with its process, and the next one sends what is left.
    private let work: Task<Void, Never>?

    init(_ exporter: SpanExporter?) {
        self.exporter = exporter
        work = exporter.map { exporter in Task(priority: .utility) { await exporter.tend() } }
    }

    /// Sends what is left, before the store is closed. A collector that does not answer is waited for five seconds.
    func end() async {
        guard let exporter, let work else { return }
        work.cancel()
        await work.value
        if await exporter.flush(seconds: 5) == false { Terminal.note(Terminal.say("spans wait for the collector; the next command with --otlp sends them", "追踪数据等待收集器；下一次带 --otlp 的命令会发送")) }
    }
}
