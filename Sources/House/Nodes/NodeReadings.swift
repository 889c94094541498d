import Core
import Labels
import Store
import Workflows

/// Readings that kinds take, written with the end of their step.
enum NodeReadings {
    /// - Parameter subject: nil writes nothing.
    static func effect(_ values: [(metric: String, value: Double)], of subject: String?, label: Label, in context: StepContext) -> (@Sendable (Transaction) throws -> Void)? {
        guard let subject, !subject.isEmpty else { return nil }
        return { transaction in
            for (metric, value) in values { try Readings.record(metric, of: subject, value: value, label: label, at: context.now, run: context.runID, in: transaction) }
        }
    }
}
