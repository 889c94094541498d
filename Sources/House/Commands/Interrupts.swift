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

    /// - Parameter restore: called before the process ends by a signal.
    init(restore: @escaping @Sendable () -> Void) {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [action] in
                if number == SIGINT, let body = action.body.withLock({ $0 }) { return body() }
                restore()
                exit(128 + number)
            }
            source.resume()
            sources.append(source)
        }
    }

    /// What Ctrl-C does from now on; nil: it ends the process.
    func onInterrupt(_ body: (@Sendable () -> Void)?) { action.body.withLock { $0 = body } }

    deinit { for source in sources { source.cancel() } }
}
