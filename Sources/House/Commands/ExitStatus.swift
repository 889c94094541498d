import ArgumentParser
import Core

/// What the exit status of `banyan` means. Scripts may rely on these numbers.
///
/// | status | meaning |
/// | --- | --- |
/// | 0 | done |
/// | 1 | a defect of Banyan, or a check that found something (`audit verify`, `workflow check`) |
/// | 2 | damaged or malformed input |
/// | 3 | something named does not exist |
/// | 4 | another process or version is in the way |
/// | 5 | refused by a label, a policy or a missing permission |
/// | 6 | a program that Banyan needs is not installed |
/// | 7 | the system failed a read, write or bind |
/// | 8 | a disk or a bounded resource is full |
/// | 9 | cancelled or out of time |
/// | 64 | the command line is malformed |
public struct ExitStatus: Sendable, Hashable {
    public let status: Int32

    public init(_ kind: Fault.Kind) {
        status =
            switch kind {
            case .defect: 1
            case .input: 2
            case .notFound: 3
            case .conflict, .newer: 4
            case .refused: 5
            case .missing: 6
            case .io: 7
            case .full: 8
            case .cancelled: 9
            case .usage: 64
            }
    }

    /// The value that ArgumentParser exits with.
    var code: ExitCode { ExitCode(status) }
    /// A check ran and found something.
    static let found = ExitCode(1)
}
