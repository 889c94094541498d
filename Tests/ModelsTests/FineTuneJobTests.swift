import Core
import Testing

@testable import Models

@Suite struct FineTuneJobTests {
    private static let outcome = FineTuneOutcome(model: "base:own", trainedTokens: 12)
    private static let failure = FineTuneJob.Failure(code: "tuning.data", message: "no row", parameter: "training_file")
    private static let events: [FineTuneJob.Event] = [.validated, .started, .succeeded(outcome), .failed(failure), .cancelled]

    /// Where each event leads from each status; everything else changes nothing.
    private static let ways: [FineTuneJob.Status: [FineTuneJob.Event: FineTuneJob.Status]] = [
        .validatingFiles: [.validated: .queued, .failed(failure): .failed, .cancelled: .cancelled],
        .queued: [.started: .running, .failed(failure): .failed, .cancelled: .cancelled],
        .running: [.succeeded(outcome): .succeeded, .failed(failure): .failed, .cancelled: .cancelled],
    ]

    private func job(in status: FineTuneJob.Status) -> FineTuneJob {
        var job = FineTuneJob(id: "ftjob-abcdef123456", number: 1, spec: FineTuneSpec(model: "base", trainingFile: "file-1", seed: 1), createdAt: 5)
        let path: [FineTuneJob.Event] =
            switch status {
            case .validatingFiles: []
            case .queued: [.validated]
            case .running: [.validated, .started]
            case .succeeded: [.validated, .started, .succeeded(Self.outcome)]
            case .failed: [.failed(Self.failure)]
            case .cancelled: [.cancelled]
            }
        let moves = path.map { job.apply($0, at: 6) }
        #expect(!moves.contains(false))
        #expect(job.status == status)
        return job
    }

    @Test(arguments: FineTuneJob.Status.allCases) func aJobMovesAlongItsWaysOnly(status: FineTuneJob.Status) {
        for event in Self.events {
            let before = job(in: status)
            var after = before
            let moved = after.apply(event, at: 9)
            if let target = Self.ways[status]?[event] {
                #expect(moved && after.status == target)
                #expect(after.finishedAt == (target.isFinal ? 9 : nil) && (target != .running || after.startedAt == 9))
            } else {
                #expect(!moved && after == before)
            }
        }
    }

    @Test func anEndSaysWhatCameOut() {
        let done = job(in: .succeeded)
        #expect(done.fineTunedModel == "base:own" && done.trainedTokens == 12 && done.failure == nil)
        #expect(job(in: .failed).failure == Self.failure)
        #expect(done.proposedName == "base:ft-123456")
    }
}
