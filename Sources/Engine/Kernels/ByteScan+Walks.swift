import CKernels

/// Walks through tables of states.
extension ByteScan {
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

    /// A place where a walk begins, and the kind that says in which of ``Walker/starts``.
    public struct Place: Sendable, Hashable {
        public var at: UInt32, kind: UInt32

        public init(at: UInt32, kind: UInt32 = 0) { (self.at, self.kind) = (at, kind) }
    }

    /// What walks from many places have in common: the table, the states that they begin in (four for each kind of place, by the number that `borders` gives for the byte before, 0 at the start
    /// of the text), classes of bytes, and the class of the end of the text.
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
        _ table: [Int32], _ walker: Walker, over text: [UInt8], reach: Int, from places: [Place], done: inout Int, into stops: inout [ItemStop]
    ) -> Bool {
        let count = places.count
        var isKnown: Int32 = 1
        unsafe fill(&stops, 4_096, ItemStop(item: 0, state: 0, end: 0)) { room in
            unsafe withWalker(table, walker) { walker in
                unsafe text.withUnsafeBufferPointer { text in
                    unsafe places.withUnsafeBytes { places in
                        unsafe room.withMemoryRebound(to: ck_item_stop.self) { out in
                            unsafe ck_walk_all(
                                walker, text.baseAddress, text.count, reach, places.baseAddress?.assumingMemoryBound(to: ck_place.self), count, &done, out.baseAddress, out.count, &isKnown)
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
                            table: table.baseAddress, starts: starts.baseAddress, classes: classes.baseAddress, borders: borders.baseAddress, end_class: Int32(walker.endClass),
                            kind_count: UInt32(walker.starts.count / 4))
                        return unsafe withUnsafePointer(to: &raw) { unsafe body($0) }
                    }
                }
            }
        }
    }

    /// Appends to `out` the values of those ranges `lows[i]...highs[i]`, `i` of `part`, that hold a byte; in order.
    public static func select(_ lows: [UInt8], _ highs: [UInt8], _ values: [Int32], _ part: Range<Int>, byte: UInt8, into out: inout [Int32]) {
        precondition(part.lowerBound >= 0 && part.upperBound <= min(lows.count, highs.count, values.count))
        guard !part.isEmpty else { return }
        unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: part.count) { room in
            let count = unsafe lows.withUnsafeBufferPointer { lows in
                unsafe highs.withUnsafeBufferPointer { highs in
                    unsafe values.withUnsafeBufferPointer { values in
                        let (low, high, value) = unsafe (lows.baseAddress?.advanced(by: part.lowerBound), highs.baseAddress?.advanced(by: part.lowerBound), values.baseAddress?.advanced(by: part.lowerBound))
                        return unsafe ck_select(low, high, value, part.count, byte, room.baseAddress)
                    }
                }
            }
            unsafe out.append(contentsOf: UnsafeBufferPointer(rebasing: room[..<count]))
        }
    }
}
