import Core
import Foundation
import Support
import Testing

/// The schema that editors read from the repository is what the command writes.
@Suite struct WorkflowSchemaFileTests {
    /// After a new kind: `banyan workflow schema > docs/workflow.schema.json`.
    @Test func theFileIsWhatTheCommandPrints() throws {
        let written = String(decoding: try FileTree.read(Repository.path("docs/workflow.schema.json")), as: UTF8.self)
        let printed = try House.banyan(["workflow", "schema"])
        #expect(printed.status == 0 && printed.output.trimmingCharacters(in: .whitespacesAndNewlines) == written.trimmingCharacters(in: .whitespacesAndNewlines))
    }
}
