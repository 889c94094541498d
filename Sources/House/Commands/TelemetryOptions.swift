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
