import CKernels

/// Passes over bytes that find where a detector has to look: words with digits, known literals, bytes that may hide something. Places are offsets of a text of at
/// most 4 GiB. Rejected: one automaton for everything (its table leaves the caches, and most bytes of a text begin nothing).
public enum ByteScan {
    /// A range of bytes.
    public struct Span: Sendable, Hashable {
        public var start: UInt32
        public var end: UInt32
        public init(start: UInt32, end: UInt32) {
            self.start = start
            self.end = end
        }
        @inlinable public var range: Range<Int> { Int(start)..<Int(end) }
    }

    /// A literal at a place.
    public struct Hit: Sendable, Hashable {
        public var start: UInt32
        public var length: UInt32
        public var id: UInt32
        public init(start: UInt32, length: UInt32, id: UInt32) {
            self.start = start
            self.length = length
            self.id = id
        }
    }

    /// A place where a decoder may have work.
    public struct Mark: Sendable, Hashable {
        /// What stands there: an @, an escape of a URL, of HTML or of a language, a scalar that stands for another, a run of numerals.
        public enum Kind: UInt32, Sendable { case at, percent, entity, escape, fold, numerals }
        public var place: UInt32
        public var rawKind: UInt32
        public init(place: UInt32, rawKind: UInt32) {
            self.place = place
            self.rawKind = rawKind
        }
        public var kind: Kind { Kind(rawValue: rawKind) ?? .fold }
    }

    /// How a scalar of the basic plane counts for ``marks(in:kinds:into:)``.
    public enum Fold: UInt8, Sendable { case none, weak, strong, numeral }

    /// ASCII words (letters and digits) that hold a digit.
    public static func words(in text: [UInt8], into out: inout [Span]) {
        unsafe fill(&out, text.count / 2 + 1, Span(start: 0, end: 0)) { room in
            unsafe text.withUnsafeBufferPointer { bytes in
                unsafe room.withMemoryRebound(to: ck_span.self) { unsafe ck_find_words(bytes.baseAddress, bytes.count, $0.baseAddress) }
            }
        }
    }

    /// Where a decoder may have work. `kinds` has a ``Fold`` for each of 65,536 scalars.
    public static func marks(in text: [UInt8], kinds: [UInt8], into out: inout [Mark]) {
        precondition(kinds.count == 65_536)
        unsafe fill(&out, text.count + 8, Mark(place: 0, rawKind: 0)) { room in
            unsafe text.withUnsafeBufferPointer { bytes in
                unsafe room.withMemoryRebound(to: ck_mark.self) { marks in
                    unsafe kinds.withUnsafeBufferPointer { unsafe ck_find_marks(bytes.baseAddress, bytes.count, $0.baseAddress, marks.baseAddress) }
                }
            }
        }
    }

    /// Every place of every literal of `set`, by places; at most 64 of one place.
    public static func literals(_ set: LiteralSet, in text: [UInt8], into out: inout [Hit]) {
        var place = 0
        var all: [Hit] = []
        out.removeAll(keepingCapacity: true)
        repeat {
            unsafe fill(&all, 8_192, Hit(start: 0, length: 0, id: 0)) { room in
                unsafe text.withUnsafeBufferPointer { bytes in
                    unsafe room.withMemoryRebound(to: ck_hit.self) { hits in
                        unsafe set.withTable { unsafe ck_find_literals(bytes.baseAddress, bytes.count, place, $0, hits.baseAddress, hits.count, &place) }
                    }
                }
            }
            out.append(contentsOf: all)
        } while place < text.count
    }

    /// Runs of letters, digits and `+/=-_` of at least `least` bytes, at most `countMax` of them.
    public static func runs(in text: [UInt8], least: Int, countMax: Int) -> [Span] {
        var out: [Span] = []
        unsafe fill(&out, countMax, Span(start: 0, end: 0)) { room in
            unsafe text.withUnsafeBufferPointer { bytes in
                unsafe room.withMemoryRebound(to: ck_span.self) { unsafe ck_find_runs(bytes.baseAddress, bytes.count, least, $0.baseAddress, $0.count) }
            }
        }
        return out
    }

    /// Steps through a table of states from `walk.place` on; see ``Walk``.
    public static func step(_ table: [Int32], classes: [UInt8], over text: [UInt8], limit: Int, from state: Int32, _ walk: inout Walk) {
        precondition(classes.count == 256 && limit <= text.count)
        var (place, count) = (walk.place, 0)
        let result = unsafe table.withUnsafeBufferPointer { table in
            unsafe classes.withUnsafeBufferPointer { classes in
                unsafe text.withUnsafeBufferPointer { text in
                    unsafe walk.stops.withUnsafeMutableBytes { stops in
                        unsafe ck_walk(
                            table.baseAddress, classes.baseAddress, text.baseAddress, limit, state, &place, stops.baseAddress?.assumingMemoryBound(to: ck_stop.self), &count)
                    }
                }
            }
        }
        (walk.state, walk.next) = (Int32(truncatingIfNeeded: result >> 32), Int32(truncatingIfNeeded: result))
        (walk.place, walk.stopCount) = (place, count)
    }

    /// A walk through a table of states: a state is where its row begins. It ends before a step that is not known (`next` is negative), is dead (0), lies at the limit (``end``),
    /// or matches while there is no more room for ``stops`` (any other).
    public struct Walk: Sendable {
        /// A step into a state with matches, and its byte; of steps in a row into one state only the last.
        public struct Stop: Sendable { public var state: Int32, place: UInt32 }

        /// A step with this bit leads to a state with matches.
        public static let match: Int32 = CK_WALK_MATCH
        public static let end: Int32 = CK_WALK_END
        /// The byte of the step that was not taken.
        public var place = 0
        public fileprivate(set) var state: Int32 = 0
        public fileprivate(set) var next: Int32 = 0
        /// The first ``stopCount`` count.
        public fileprivate(set) var stops = [Stop](repeating: Stop(state: 0, place: 0), count: Int(CK_STOP_MAX))
        public fileprivate(set) var stopCount = 0

        public init() {}
    }

    /// What walks from many places have in common: the table, the states that they begin in by the number that `borders` gives for the byte before (0 at the start of the text), classes of
    /// bytes, and the class of the end of the text.
    public struct Walker: Sendable {
        public var starts: [Int32]
        public var classes: [UInt8]
        public var borders: [UInt8]
        public var endClass: Int

        public init(starts: [Int32], classes: [UInt8], borders: [UInt8], endClass: Int) {
            precondition(classes.count == 256 && borders.count == 256)
            (self.starts, self.classes, self.borders, self.endClass) = (starts, classes, borders, endClass)
        }
    }

    /// A step into a state with matches of the walk from place `item`; of steps in a row into one state only the last.
    public struct ItemStop: Sendable { public var item: UInt32, state: Int32, end: UInt32 }

    /// Walks from `places[done]` on; see ``Walk``. Ends when `done` is all of them (true), when there is no more room (true), or before a walk with a step that is not known (false).
    public static func steps(
        _ table: [Int32], _ walker: Walker, over text: [UInt8], reach: Int, from places: [UInt32], done: inout Int, into stops: inout [ItemStop]
    ) -> Bool {
        var isKnown: Int32 = 1
        unsafe fill(&stops, 4_096, ItemStop(item: 0, state: 0, end: 0)) { room in
            unsafe withWalker(table, walker) { walker in
                unsafe text.withUnsafeBufferPointer { text in
                    unsafe places.withUnsafeBufferPointer { places in
                        unsafe room.withMemoryRebound(to: ck_item_stop.self) { out in
                            unsafe ck_walk_all(walker, text.baseAddress, text.count, reach, places.baseAddress, places.count, &done, out.baseAddress, out.count, &isKnown)
                        }
                    }
                }
            }
        }
        return isKnown != 0
    }

    private static func withWalker<Result>(_ table: [Int32], _ walker: Walker, _ body: (UnsafePointer<ck_walker>) -> Result) -> Result {
        unsafe table.withUnsafeBufferPointer { table in
            unsafe walker.starts.withUnsafeBufferPointer { starts in
                unsafe walker.classes.withUnsafeBufferPointer { classes in
                    unsafe walker.borders.withUnsafeBufferPointer { borders in
                        var raw = unsafe ck_walker(
                            table: table.baseAddress, starts: starts.baseAddress, classes: classes.baseAddress, borders: borders.baseAddress, end_class: Int32(walker.endClass))
                        return unsafe withUnsafePointer(to: &raw) { unsafe body($0) }
                    }
                }
            }
        }
    }

    /// The first place of some bytes.
    public static func firstPlace(of bytes: [UInt8], in text: [UInt8]) -> Int? {
        guard !bytes.isEmpty, text.count >= bytes.count else { return nil }
        let place = unsafe text.withUnsafeBufferPointer { text in
            unsafe bytes.withUnsafeBufferPointer { bytes in unsafe ck_find(text.baseAddress, text.count, bytes.baseAddress, bytes.count) }
        }
        return place < 0 ? nil : place
    }

    /// Scalars of UTF-8 that begin in a range.
    public static func scalarCount(_ text: [UInt8], _ range: Range<Int>) -> Int {
        unsafe text.withUnsafeBufferPointer { bytes in range.isEmpty ? 0 : unsafe ck_count_scalars(bytes.baseAddress?.advanced(by: range.lowerBound), range.count) }
    }

    /// How often a byte stands in a range.
    public static func count(of byte: UInt8, in text: [UInt8], _ range: Range<Int>) -> Int {
        precondition(range.lowerBound >= 0 && range.upperBound <= text.count)
        return unsafe text.withUnsafeBufferPointer { bytes in range.isEmpty ? 0 : unsafe ck_count_byte(bytes.baseAddress?.advanced(by: range.lowerBound), range.count, byte) }
    }

    /// Replaces what `out` holds by what `pass` writes into room for `capacity` elements.
    private static func fill<Element>(_ out: inout [Element], _ capacity: Int, _ empty: Element, _ pass: (UnsafeMutableBufferPointer<Element>) -> Int) {
        out.removeAll(keepingCapacity: true)
        // Elements are plain numbers: room that the pass has not written needs no value.
        unsafe withUnsafeTemporaryAllocation(of: Element.self, capacity: capacity) { room in
            let count = unsafe pass(room)
            unsafe out.append(contentsOf: UnsafeBufferPointer(rebasing: room[..<count]))
        }
    }
}
