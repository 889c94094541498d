import ArgumentParser
import Core
import Foundation
import Support
import Testing

@testable import Commands

/// What a run took and gave on the command line, and where its spans go.
@Suite struct WorkflowValuesTests {
    private static let yaml = """
        workflow: told
        inputs: {texts: {type: array, grade: L3}}
        steps:
          - id: each
            kind: map
            with: {items: "${input.texts}"}
            steps:
              - {id: mask, kind: protect, with: {text: "${each.item}"}}
          - {id: wait, kind: await, with: {event: go}, after: [each]}
        """

    @Test func valuesAreShownUpToL2AndTheRestByNameUnlessItIsAskedFor() throws {
        let folder = try TemporaryDirectory(), data = folder.file("data")
        try folder.write(Array(Self.yaml.utf8), to: "w.yaml")
        let started = try House.banyan(["workflow", "run", folder.file("w.yaml"), "--input", "texts=[\"电话13812345678\"]", "--id", "r", "--data", data])
        #expect(started.status == 0, "\(started.output)")
        let plain = try House.banyan(["workflow", "show", "r", "--data", data]).output
        #expect(!plain.contains("took"))
        let shown = try House.banyan(["workflow", "show", "r", "--values", "--data", data]).output
        // What went in is L3, what came out is masked.
        #expect(!shown.contains("13812345678") && shown.contains("each[0].mask") && shown.contains("--reveal") && shown.contains("gave  L2"), "\(shown)")
        #expect(try House.banyan(["workflow", "show", "r", "--values", "--reveal", "--data", data]).output.contains("电话13812345678"))
        let json = try JSONValue(parsing: try House.banyan(["workflow", "show", "r", "--values", "--json", "--data", data]).output)
        let step = json["steps"]?.array?.first { $0["id"] == "each[0].mask" }
        #expect(step?["inputHidden"] == ["text"] && step?["input"] == nil && step?["output"]?["text"] != nil)
    }

    /// Nobody listens at that port: each command says that spans wait, which it would not if it had none.
    @Test func everyCommandThatDrivesARunSendsItsSpans() throws {
        for arguments in [["r", "go"]] { #expect(try WorkflowSignalCommand.parse(arguments + ["--otlp", "http://h:1"]).telemetry.otlp == "http://h:1") }
        #expect(try WorkflowPauseCommand.parse(["r", "--otlp", "http://h:1"]).telemetry.otlp == "http://h:1")
        #expect(try WorkflowCancelCommand.parse(["r", "--otlp", "http://h:1"]).telemetry.otlp == "http://h:1")
        #expect(try WorkflowForkCommand.parse(["r", "--otlp", "http://h:1"]).telemetry.otlp == "http://h:1")
        #expect(try WorkflowResumeCommand.parse(["--otlp", "http://h:1"]).telemetry.otlp == "http://h:1")
        #expect(try WorkerCommand.parse(["--otlp", "http://h:1"]).telemetry.otlp == "http://h:1")
        #expect(try TaskAnswerCommand.parse(["t", "approve", "--by", "li", "--otlp", "http://h:1"]).telemetry.otlp == "http://h:1")
        let folder = try TemporaryDirectory(), data = folder.file("data")
        try folder.write(Array(Self.yaml.utf8), to: "w.yaml")
        let away = ["--otlp", "http://127.0.0.1:1", "--data", data]
        #expect(try House.banyan(["workflow", "run", folder.file("w.yaml"), "--input", "texts=[]", "--id", "r"] + away).output.contains("spans wait"))
        #expect(try !House.banyan(["workflow", "pause", "r", "--data", data]).output.contains("spans wait"))
        #expect(try House.banyan(["workflow", "pause", "r", "--off"] + away).output.contains("spans wait"))
        let signaled = try House.banyan(["workflow", "signal", "r", "go"] + away).output
        #expect(signaled.contains("spans wait") && signaled.contains("r: completed"), "\(signaled)")
        #expect(try House.banyan(["workflow", "fork", "r", "--from", "wait"] + away).output.contains("spans wait"))
        #expect(try House.banyan(["workflow", "resume"] + away).output.contains("spans wait"))
    }
}
