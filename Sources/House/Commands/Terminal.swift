import Core
import Foundation
import Synchronization

/// Prints for people: results to standard output, progress and errors to standard error.
public enum Terminal {
    /// The language of messages: Chinese when the locale's name begins with `zh`, otherwise English. `BANYAN_LANG` wins.
    public enum Language: String, Sendable { case zh, en }

    static var language: Language {
        let environment = ProcessInfo.processInfo.environment
        let locale = environment["BANYAN_LANG"] ?? environment["LC_ALL"] ?? environment["LANG"] ?? ""
        return locale.lowercased().hasPrefix("zh") ? .zh : .en
    }

    /// `zh` or `en`, by the language of the terminal.
    static func say(_ en: String, _ zh: String) -> String { language == .zh ? zh : en }

    static func out(_ text: String) { print(text) }

    static func note(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    static func error(_ fault: Fault) {
        var text = "banyan: \(fault.message)"
        if let remedy = fault.remedy { text += "\n" + say("  remedy: ", "  处理办法：") + remedy }
        note(text)
    }

    static var errorIsTerminal: Bool { isatty(2) == 1 }

    /// Text padded to `width` columns; a Chinese character takes two.
    static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - columns(text)))
    }

    static func columns(_ text: String) -> Int { TextColumns.of(text) }

    /// A number with `places` decimals.
    static func seconds(_ duration: Duration) -> Double { Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18 }

    static func rounded(_ value: Double, _ places: Int) -> String { String(format: "%.\(places)f", value) }

    /// A bar of `width` columns for a share of 0…1.
    static func bar(_ share: Double, width: Int = 20) -> String {
        let full = Int((min(1, max(0, share)) * Double(width)).rounded())
        return String(repeating: "█", count: full) + String(repeating: "·", count: width - full)
    }

    /// Rows as aligned columns.
    static func table(_ rows: [[String]]) -> String {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in rows.map { column < $0.count ? columns($0[column]) : 0 }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { $0.offset == row.count - 1 ? $0.element : pad($0.element, widths[$0.offset]) }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}

/// Draws progress on one line of standard error when that is a terminal, and a line a phase otherwise.
final class ProgressLine: Sendable {
    private struct State {
        var phase = ""
        var lastDrawn: ContinuousClock.Instant?
    }
    private let state = Mutex(State())
    private let isQuiet: Bool

    init(isQuiet: Bool) { self.isQuiet = isQuiet }

    /// The sink to hand to a long job.
    var sink: ProgressSink { { self.show($0) } }

    private func show(_ progress: JobProgress) {
        guard !isQuiet else { return }
        let isTerminal = Terminal.errorIsTerminal
        state.withLock { state in
            let isNewPhase = state.phase != progress.phase
            let isEnd = progress.done == progress.total
            let now = ContinuousClock.now
            // Ten times a second is enough for an eye.
            if !isNewPhase, !isEnd, let last = state.lastDrawn, now - last < .milliseconds(100) { return }
            state.phase = progress.phase
            state.lastDrawn = now
            if isTerminal {
                let share = progress.total.map { $0 == 0 ? 1 : Double(progress.done) / Double($0) }
                let text = "\(Terminal.pad(progress.phase, 12)) \(share.map { Terminal.bar($0) } ?? "…") \(progress.done)\(progress.total.map { "/\($0)" } ?? "")"
                FileHandle.standardError.write(Data(("\r" + text + "\u{1B}[K" + (isEnd ? "\n" : "")).utf8))
            } else if isNewPhase {
                Terminal.note("\(progress.phase) …")
            }
        }
    }
}
