import Core
import Foundation
import Support
import Testing

/// Runs of training that are killed.
enum KilledRuns {
    /// Trains without a stop into `whole`, and into `cut` with a process that is killed some times, each time when it has kept something new; expects the same bytes.
    ///
    /// - Parameter arguments: of the command, without `--out`; the run must last long enough to be killed.
    static func endTheSame(_ arguments: [String], in folder: TemporaryDirectory, kills: Int) throws {
        #expect(try House.banyan(arguments + ["--out", folder.file("whole")]).status == 0)
        for _ in 0..<kills {
            let isKept = FileManager.default.fileExists(atPath: folder.file("cut.run"))
            let process = try ChildProcess(House.binary, arguments + ["--out", folder.file("cut")] + (isKept ? ["--resume"] : []))
            let old = try? FileTree.read(folder.file("cut.run"))
            for _ in 0..<4_000 where (try? FileTree.read(folder.file("cut.run"))) == old { usleep(2_000) }
            process.kill()
            _ = process.wait()
            // It was cut off before its end, or nothing is shown.
            #expect(FileManager.default.fileExists(atPath: folder.file("cut.run")))
        }
        #expect(try House.banyan(arguments + ["--out", folder.file("cut"), "--resume"]).status == 0)
        #expect(try FileTree.read(folder.file("cut")) == FileTree.read(folder.file("whole")))
    }
}
