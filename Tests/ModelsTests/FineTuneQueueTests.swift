import Core
import Foundation
import Store
import Support
import Synchronization
import Testing

@testable import Models

/// A tuner whose jobs end when the test says so.
final class FakeTuner: FineTuner {
    private struct State {
        var running = 0
        var runningMax = 0
        var order: [String] = []
        var validated: [String] = []
        var discarded: [String] = []
        var isOpen: Bool
        var files: FineTuneFiles?
    }
    private let state: Mutex<State>
    private let broken: Fault?
    private let trainingFault: Fault?
    private let steps: Int

    /// - Parameters:
    ///   - isOpen: whether jobs end by themselves.
    ///   - broken: what validation says.
    init(isOpen: Bool = true, broken: Fault? = nil, trainingFault: Fault? = nil, steps: Int = 3) {
        state = Mutex(State(isOpen: isOpen))
        (self.broken, self.trainingFault, self.steps) = (broken, trainingFault, steps)
    }

    func open() { state.withLock { $0.isOpen = true } }
    var runningMax: Int { state.withLock(\.runningMax) }
    var order: [String] { state.withLock(\.order) }
    var validated: [String] { state.withLock(\.validated) }
    var discarded: [String] { state.withLock(\.discarded) }
    var files: FineTuneFiles? { state.withLock(\.files) }

    func validate(_ job: FineTuneJob, files: FineTuneFiles) async throws -> [String] {
        state.withLock { $0.validated.append(job.id) }
        if let broken { throw broken }
        return ["2 rows"]
    }

    func train(_ job: FineTuneJob, files: FineTuneFiles, report: @escaping @Sendable (FineTuneReport) async throws -> Void) async throws -> FineTuneOutcome {
        state.withLock {
            $0.running += 1
            $0.runningMax = max($0.runningMax, $0.running)
            $0.order.append(job.id)
            $0.files = files
        }
        defer { state.withLock { $0.running -= 1 } }
        for step in 1...steps {
            var metrics = FineTuneMetrics(step: step, stepCount: steps)
            metrics.trainingLoss = 1 / Double(step)
            try await report(.metrics(metrics))
            try await report(.checkpoint(model: "\(job.proposedName):\(step)", metrics))
        }
        if let trainingFault { throw trainingFault }
        while !state.withLock(\.isOpen) {
            try await Task.sleep(for: .milliseconds(2))
        }
        return FineTuneOutcome(model: job.proposedName, trainedTokens: 100)
    }

    func discard(_ job: FineTuneJob) async { state.withLock { $0.discarded.append(job.id) } }
}

@Suite struct FineTuneQueueTests {
    let directory: TemporaryDirectory
    let store: Store
    let clock = ManualWallClock()

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.file("data"))
    }

    private func queue(_ tuner: FakeTuner, bounds: FineTuneQueue.Bounds = .init(), seed: UInt64 = 1) -> FineTuneQueue {
        let ids = IdentifierSource(random: SeededRandom(seed: seed))
        return FineTuneQueue(files: FileShelf(store: store, clock: clock, ids: ids), tuner: tuner, clock: clock, ids: ids, bounds: bounds)
    }

    private func spec(_ queue: FineTuneQueue) async throws -> FineTuneSpec {
        FineTuneSpec(model: "base", trainingFile: try await queue.files.add(Array("{}".utf8), name: "a.jsonl", purpose: .fineTune).id, seed: 7)
    }

    /// Waits until a job is in a status.
    private func wait(_ queue: FineTuneQueue, _ id: String, _ status: FineTuneJob.Status) async throws {
        for _ in 0..<5000 where try await queue.job(id).status != status { try await Task.sleep(for: .milliseconds(2)) }
        #expect(try await queue.job(id).status == status)
    }

    @Test func aJobIsValidatedTrainedAndLogged() async throws {
        let tuner = FakeTuner()
        let queue = queue(tuner)
        let created = try await queue.create(try await spec(queue))
        #expect(created.status == .validatingFiles && created.id.hasPrefix("ftjob-"))
        await queue.drain()
        let job = try await queue.job(created.id)
        #expect(job.status == .succeeded && job.fineTunedModel == job.proposedName && job.trainedTokens == 100 && job.failure == nil)
        let log = try await queue.log(of: job.id, limit: 100)
        #expect(!log.hasMore && log.elements.map(\.number) == (1...job.eventCount).reversed())
        #expect(log.elements.last?.message == "Created fine-tuning job" && log.elements.contains { $0.message == "2 rows" })
        #expect(log.elements.compactMap(\.metrics).map(\.step) == [3, 2, 1])
        #expect(tuner.files?.training.hasSuffix("/files/\(job.spec.trainingFile)") == true && tuner.discarded.isEmpty)
        let result = try await queue.files.file(try #require(job.resultFiles.first))
        #expect(result.purpose == .fineTuneResults)
        let lines = String(decoding: try queue.files.bytes(of: result), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 4 && lines[0].hasPrefix("step,train_loss") && lines[2] == "2,0.5,,,")
    }

    @Test func jobsTrainOneAtATimeInTheirOrder() async throws {
        let tuner = FakeTuner()
        let queue = queue(tuner)
        var ids: [String] = []
        for _ in 0..<5 { ids.append(try await queue.create(try await spec(queue)).id) }
        await queue.drain()
        #expect(tuner.order == ids && tuner.runningMax == 1 && tuner.validated == ids)
        let page = try await queue.jobs(limit: 2)
        #expect(page.elements.map(\.id) == [ids[4], ids[3]] && page.hasMore)
        let rest = try await queue.jobs(after: ids[3], limit: 3)
        #expect(rest.elements.map(\.id) == [ids[2], ids[1], ids[0]] && !rest.hasMore)
    }

    @Test func pagesOfLogsAndCheckpointsGoOnWhereTheLastEnded() async throws {
        let queue = queue(FakeTuner(steps: 5))
        let job = try await queue.create(try await spec(queue))
        await queue.drain()
        let all = try await queue.log(of: job.id, limit: 100).elements
        var (found, after): ([FineTuneLogEntry], String?) = ([], nil)
        while true {
            let page = try await queue.log(of: job.id, after: after, limit: 4)
            found += page.elements
            after = page.elements.last?.id
            guard page.hasMore else { break }
        }
        #expect(found == all && all.count > 8)
        let first = try await queue.checkpoints(of: job.id, limit: 3)
        #expect(first.elements.map(\.metrics.step) == [5, 4, 3] && first.hasMore)
        let second = try await queue.checkpoints(of: job.id, after: first.elements.last?.id, limit: 3)
        #expect(second.elements.map(\.metrics.step) == [2, 1] && !second.hasMore)
    }

    @Test func cancellingEndsAJobAndLetsTheNextBegin() async throws {
        let tuner = FakeTuner(isOpen: false)
        let queue = queue(tuner)
        let one = try await queue.create(try await spec(queue)), two = try await queue.create(try await spec(queue)), three = try await queue.create(try await spec(queue))
        try await wait(queue, one.id, .running)
        try await wait(queue, two.id, .queued)
        #expect(try await queue.cancel(two.id).status == .cancelled)
        #expect(try await queue.cancel(one.id).status == .cancelled)
        tuner.open()
        await queue.drain()
        #expect(try await queue.job(three.id).status == .succeeded && tuner.order == [one.id, three.id] && tuner.runningMax == 1)
        #expect(Set(tuner.discarded) == [one.id, two.id])
        #expect(try await queue.job(one.id).resultFiles.isEmpty)
        await #expect(throws: Fault.self) { try await queue.cancel(three.id) }
    }

    @Test func aRestartGoesOnWithTheJobThatRanAndThenWithTheOthers() async throws {
        let first = FakeTuner(isOpen: false)
        let before = queue(first)
        let one = try await before.create(try await spec(before)), two = try await before.create(try await spec(before))
        try await wait(before, one.id, .running)
        try await wait(before, two.id, .queued)
        await before.stop()
        // The end of a process is no end of a job.
        #expect(try await before.job(one.id).status == .running && first.discarded.isEmpty)
        try await store.write { _ in }
        let second = FakeTuner()
        let after = queue(second, seed: 2)
        try await after.resume()
        await after.drain()
        #expect(second.order == [one.id, two.id] && second.validated.isEmpty)
        #expect(try await after.job(one.id).status == .succeeded)
        // Steps that were taken twice stand once in what was measured.
        let result = try await after.files.file(try #require(try await after.job(one.id).resultFiles.first))
        #expect(String(decoding: try after.files.bytes(of: result), as: UTF8.self).split(separator: "\n").count == 4)
    }

    @Test func whatTheTunerFindsWrongFailsTheJob() async throws {
        let fault = Fault(Fault.Code("tuning.data", .input), "line 3: no answer", remedy: "correct it")
        let queue = queue(FakeTuner(broken: fault))
        let job = try await queue.create(try await spec(queue))
        await queue.drain()
        let failed = try await queue.job(job.id)
        #expect(failed.status == .failed && failed.failure?.code == "tuning.data" && failed.failure?.parameter == "training_file" && failed.failure?.message.contains("line 3") == true)
        let tuner = FakeTuner(trainingFault: fault)
        let other = self.queue(tuner, seed: 3)
        let second = try await other.create(try await spec(other))
        await other.drain()
        #expect(try await other.job(second.id).failure?.parameter == nil && tuner.discarded == [second.id])
        #expect(try await other.log(of: second.id, limit: 1).elements.first?.level == .error)
    }

    @Test func queuesLogsAndFilesAreBounded() async throws {
        var bounds = FineTuneQueue.Bounds()
        (bounds.openCount, bounds.entryCount, bounds.checkpointCount, bounds.jobCount) = (2, 6, 2, 3)
        let tuner = FakeTuner(isOpen: false, steps: 9)
        let queue = queue(tuner, bounds: bounds)
        let one = try await queue.create(try await spec(queue))
        _ = try await queue.create(try await spec(queue))
        let third = try await spec(queue)
        await #expect { try await queue.create(third) } throws: { ($0 as? Fault)?.code == .fineTuneFull }
        tuner.open()
        await queue.drain()
        let job = try await queue.job(one.id)
        // Messages are kept whatever comes.
        #expect(job.checkpointCount == 2 && job.status == .succeeded)
        let log = try await queue.log(of: one.id, limit: 100).elements
        #expect(log.count { $0.metrics != nil } < 9 && log.first?.message == "The job has successfully completed")
        for _ in 0..<3 {
            _ = try await queue.create(third)
            await queue.drain()
        }
        #expect(try await queue.jobs(limit: 100).elements.count == 3)
        await #expect(throws: Fault.self) { try await queue.job(one.id) }
        await #expect(throws: Fault.self) { try await queue.log(of: one.id, limit: 1) }
    }

    @Test func jobsWithoutTheirFilesAreRefused() async throws {
        let queue = queue(FakeTuner())
        await #expect(throws: Fault.self) { try await queue.create(FineTuneSpec(model: "base", trainingFile: "file-none", seed: 1)) }
        let result = try await queue.files.add([1], name: "r.csv", purpose: .fineTuneResults)
        await #expect(throws: Fault.self) { try await queue.create(FineTuneSpec(model: "base", trainingFile: result.id, seed: 1)) }
    }

    @Test func aFileThatAJobNeedsStays() async throws {
        let tuner = FakeTuner(isOpen: false)
        let queue = queue(tuner)
        let job = try await queue.create(try await spec(queue))
        await #expect { try await queue.removeFile(job.spec.trainingFile) } throws: { ($0 as? Fault)?.code == .fileInUse }
        tuner.open()
        await queue.drain()
        try await queue.removeFile(job.spec.trainingFile)
        await #expect { try await queue.files.file(job.spec.trainingFile) } throws: { ($0 as? Fault)?.code == .fileUnknown }
    }
}

@Suite struct FileShelfTests {
    let directory: TemporaryDirectory
    init() throws { directory = try TemporaryDirectory() }

    private func shelf(_ store: Store, seed: UInt64 = 1, bounds: FileShelf.Bounds = .init()) -> FileShelf {
        FileShelf(store: store, clock: ManualWallClock(), ids: IdentifierSource(random: SeededRandom(seed: seed)), bounds: bounds)
    }

    @Test func filesSurviveARestartAndLeaveNothingWhenDeleted() async throws {
        let store = try Store.open(at: directory.file("data"))
        let one = try await shelf(store).add([1, 2, 3], name: "../../etc/\u{7}pass\"wd", purpose: .fineTune)
        #expect(one.name == "passwd" && one.byteCount == 3)
        try store.close()
        let again = try Store.open(at: directory.file("data"))
        let shelf = shelf(again, seed: 2)
        #expect(try await shelf.all() == [one] && (try shelf.bytes(of: one)) == [1, 2, 3])
        let two = try await shelf.add([1, 2, 3], name: "b", purpose: .fineTune)
        #expect(try await shelf.all().map(\.id) == [two.id, one.id])
        try await shelf.remove(one.id)
        // Equal bytes are not shared.
        #expect(try shelf.bytes(of: two) == [1, 2, 3])
        #expect(!FileManager.default.fileExists(atPath: shelf.path(of: one)))
        await #expect(throws: Fault.self) { try await shelf.remove(one.id) }
    }

    @Test func whatACrashLeftIsSwept() async throws {
        let store = try Store.open(at: directory.file("data"))
        let shelf = shelf(store)
        let one = try await shelf.add([1], name: "a", purpose: .fineTune)
        try directory.write([9], to: "data/files/file-left")
        try await shelf.sweep()
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.file("data/files")) == [one.id])
    }

    @Test func filesAreBounded() async throws {
        var bounds = FileShelf.Bounds()
        (bounds.fileByteCount, bounds.byteCount, bounds.count) = (10, 25, 3)
        let shelf = shelf(try Store.open(at: directory.file("data")), bounds: bounds)
        func add(_ count: Int) async throws { try await shelf.add([UInt8](repeating: 1, count: count), name: "a", purpose: .fineTune) }
        await #expect { try await add(11) } throws: { ($0 as? Fault)?.code == .fileBound }
        await #expect { try await add(0) } throws: { ($0 as? Fault)?.code == .fileEmpty }
        try await add(10)
        try await add(10)
        await #expect { try await add(6) } throws: { ($0 as? Fault)?.code == .fileBound }
        try await add(5)
        try await shelf.remove(try await shelf.all()[2].id)
        try await add(1)
        await #expect(throws: Fault.self) { try await add(1) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.file("data/files")).count == 3)
    }
}
