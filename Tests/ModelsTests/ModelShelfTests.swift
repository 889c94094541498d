import Core
import Testing

@testable import Models

/// A host's decisions, with numbers for models.
@Suite struct ModelShelfTests {
    private func ready(_ shelf: inout ModelShelf<Int>, _ name: String, _ byteCount: Int, _ model: Int) throws {
        _ = shelf.use(name)
        try shelf.makeRoom(for: name, byteCount: byteCount) { _ in true }
        shelf.begin(name, byteCount: byteCount, task: Task { model })
        shelf.end(name, model)
    }

    @Test func theOneUnusedForLongestGoes() throws {
        var shelf = ModelShelf<Int>(byteCountMax: 100)
        try ready(&shelf, "a", 40, 1)
        try ready(&shelf, "b", 40, 2)
        _ = shelf.use("a")
        try ready(&shelf, "c", 40, 3)
        #expect(shelf.ready == ["a": 1, "c": 3])
        try ready(&shelf, "d", 90, 4)
        #expect(shelf.ready == ["d": 4])
    }

    @Test func whatIsBusyOrOnItsWayStays() throws {
        var shelf = ModelShelf<Int>(byteCountMax: 100)
        try ready(&shelf, "busy", 40, 1)
        shelf.begin("coming", byteCount: 40, task: Task { 2 })
        #expect { try shelf.makeRoom(for: "c", byteCount: 40) { $0 != 1 } } throws: { ($0 as? Fault)?.code == .modelTooLarge }
        #expect(shelf.ready == ["busy": 1])
        #expect { try shelf.makeRoom(for: "c", byteCount: 101) { _ in true } } throws: { ($0 as? Fault)?.message.contains("budget") == true }
    }

    @Test func whoComesWhileAModelLoadsWaitsForTheSameLoad() throws {
        var shelf = ModelShelf<Int>(byteCountMax: 100)
        if shelf.use("a") != nil { Issue.record("it is there") }
        shelf.begin("a", byteCount: 10, task: Task { 7 })
        guard case .loading? = shelf.use("a") else { Issue.record("not loading"); return }
        #expect(shelf.ready.isEmpty)
        shelf.end("a", 7)
        guard case .ready(7)? = shelf.use("a") else { Issue.record("not ready"); return }
    }

    @Test func aLoadThatFailedIsTriedAgain() {
        var shelf = ModelShelf<Int>(byteCountMax: 100)
        shelf.begin("a", byteCount: 10, task: Task { throw Fault(.modelUnknown, "gone") })
        shelf.end("a", nil)
        if shelf.use("a") != nil { Issue.record("it is there") }
    }
}
