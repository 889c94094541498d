import Core
import Detection
import Labels
import Workflows

/// Finds sensitive data in a text or in records. Its output holds types and places, never a matched value.
public struct DetectNode: StepKind {
    private let detector: RecordDetector
    public let id = "detect"
    public var isRepeatable: Bool { true }
    public let signature = StepSignature(
        inputs: ["text": .init(.string, isRequired: false), "records": .init(.array, isRequired: false)],
        outputs: ["findings": .array, "count": .number, "counts": .object], clearance: .all, labelRule: .joinsInputs)

    public init(detector: Detector) { self.detector = RecordDetector(detector: detector) }

    /// It reads, computes and writes nothing.
    public func leavesNothing(with inputs: Set<String>) -> Bool { true }

    public func run(_ input: StepInput, in context: StepContext) async throws -> StepOutcome {
        let findings = try detector.findings(in: try input.textOrRecords())
        return .done(output: ["findings": .array(findings.map(\.json)), "count": .int(findings.count), "counts": PlacedFinding.counts(findings)])
    }
}
