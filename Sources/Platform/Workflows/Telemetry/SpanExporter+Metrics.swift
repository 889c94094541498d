import Core

extension SpanExporter {
    /// For `/metrics`.
    public var metricsText: String {
        var text = PrometheusText()
        let statistics = statistics
        text.family("banyan_otlp_spans_total", .counter, "Spans by what the collector did with them.")
        text.sample(["result": "sent"], Double(statistics.sent))
        text.sample(["result": "refused"], Double(statistics.refused))
        text.family("banyan_otlp_failures_total", .counter, "Requests to the collector that failed and were tried again.")
        text.sample([:], Double(statistics.failures))
        text.family("banyan_otlp_runs_waiting", .gauge, "Runs with spans to send.")
        text.sample([:], Double(waitingCount))
        return text.text
    }
}

extension Fault.Code {
    /// A collector did not take spans.
    public static let workflowExport = Fault.Code("workflows.export", .io)
}
