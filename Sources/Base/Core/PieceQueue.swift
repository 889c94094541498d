import Synchronization

/// Pieces taken one after another by whoever asks.
final class PieceQueue: Sendable {
    private let pieces: Mutex<ArraySlice<[UInt8]>>

    init(_ pieces: [[UInt8]]) { self.pieces = Mutex(pieces[...]) }

    func next() -> [UInt8]? { pieces.withLock { $0.popFirst() } }
}
