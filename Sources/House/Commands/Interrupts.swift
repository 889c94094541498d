import Dispatch
import Foundation
import Synchronization

/// Signals as events: Ctrl-C calls what is under way instead of ending the process, and an end from outside gives the terminal back first.
final class Interrupts {
    private final class Action: Sendable {
        let body = Mutex<(@Sendable () -> Void)?>(nil)
    }

    private let action = Action()
    private var sources: [any DispatchSourceSignal] = []

    /// - Parameters:
    ///   - restore: called before the process ends by a signal.
    ///   - endsProcess: whether signals other than Ctrl-C end it.
    init(restore: @escaping @Sendable () -> Void, endsProcess: Bool = true) {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [action] in
                if number == SIGINT || !endsProcess, let body = action.body.withLock({ $0 }) { return body() }
                restore()
                exit(128 + number)
            }
            source.resume()
            sources.append(source)
        }
    }

    /// Any of the signals calls `body`, whose work then ends by itself.
    convenience init(cancelling body: @escaping @Sendable () -> Void) {
        self.init(restore: {}, endsProcess: false)
        onInterrupt(body)
    }

    /// What Ctrl-C does from now on; nil: it ends the process.
    func onInterrupt(_ body: (@Sendable () -> Void)?) { action.body.withLock { $0 = body } }

    /// Gives the signals back to the system.
    func end() {
        for source in sources { source.cancel() }
        sources = []
        for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
    }
}
