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

    /// Where a decoder may have work. `kinds` has a ``Fold`` for each of 65,536 scalars, `blocks` 1 for each 64 of them among which one counts.
    public static func marks(in text: [UInt8], kinds: [UInt8], blocks: [UInt8], into out: inout [Mark]) {
        precondition(kinds.count == 65_536 && blocks.count == 1_024)
        unsafe fill(&out, text.count + 8, Mark(place: 0, rawKind: 0)) { room in
            unsafe text.withUnsafeBufferPointer { bytes in
                unsafe room.withMemoryRebound(to: ck_mark.self) { marks in
                    unsafe kinds.withUnsafeBufferPointer { kinds in
                        unsafe blocks.withUnsafeBufferPointer { unsafe ck_find_marks(bytes.baseAddress, bytes.count, kinds.baseAddress, $0.baseAddress, marks.baseAddress) }
                    }
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

    /// Whether bytes are UTF-8.
    public static func isUTF8(_ text: [UInt8]) -> Bool { unsafe text.withUnsafeBufferPointer { unsafe ck_is_utf8($0.baseAddress, $0.count) != 0 } }

    /// Replaces `out` by the kinds of words: 1 + ((2 · the set of a word's bytes + whether a letter begins it) · `most` + its length − 1) · 8 + the class of the byte behind it, which is 0 at the
    /// end of the text; or 0 for a word longer than `most`.
    /// - Parameters:
    ///   - parts: For each byte the bit of the part of letters and digits that it belongs to; five parts.
    ///   - sets: For each union of parts the number of the set.
    ///   - followers: For each byte its class behind a word, 1…7.
    public static func kinds(of words: [Span], in text: [UInt8], parts: [UInt8], sets: [UInt8], followers: [UInt8], most: Int, into out: inout [UInt32]) {
        precondition(parts.count == 256 && sets.count == 32 && followers.count == 256 && words.allSatisfy { $0.start <= $0.end && Int($0.end) <= text.count })
        unsafe fill(&out, words.count, 0) { room in
            unsafe text.withUnsafeBufferPointer { text in
                unsafe words.withUnsafeBytes { words in
                    unsafe parts.withUnsafeBufferPointer { parts in
                        unsafe sets.withUnsafeBufferPointer { sets in
                            unsafe followers.withUnsafeBufferPointer { followers in
                                unsafe ck_word_kinds(
                                    text.baseAddress, text.count, words.baseAddress?.assumingMemoryBound(to: ck_span.self), room.count, parts.baseAddress, sets.baseAddress, followers.baseAddress, most,
                                    room.baseAddress)
                            }
                        }
                    }
                }
            }
            return room.count
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
    static func fill<Element>(_ out: inout [Element], _ capacity: Int, _ empty: Element, _ pass: (UnsafeMutableBufferPointer<Element>) -> Int) {
        out.removeAll(keepingCapacity: true)
        // Elements are plain numbers: room that the pass has not written needs no value.
        unsafe withUnsafeTemporaryAllocation(of: Element.self, capacity: capacity) { room in
            let count = unsafe pass(room)
            unsafe out.append(contentsOf: UnsafeBufferPointer(rebasing: room[..<count]))
        }
    }
}
