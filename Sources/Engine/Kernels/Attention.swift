import CKernels

/// Keys and values of one layer, in pages of 64 tokens (see `ckernels.h`), and attention over them.
public final class KeyValueLayer: Sendable {
    /// Tokens of a page.
    public static let pageCount = Int(CK_PAGE)
    /// Queries that share one reading of the keys.
    public static let queryCount = Int(CK_QUERIES)

    public let heads: Int
    public let headWidth: Int
    public let pages: Int
    private let keys: AlignedMemory
    private let values: AlignedMemory

    /// - Throws: `kernels.memory`.
    public init(heads: Int, headWidth: Int, pages: Int) throws {
        self.heads = heads
        self.headWidth = headWidth
        self.pages = pages
        let byteCount = pages * heads * headWidth * Self.pageCount * 2
        keys = try AlignedMemory(byteCount: byteCount)
        values = try AlignedMemory(byteCount: byteCount)
    }

    /// Bytes of keys and values together.
    public var byteCount: Int { keys.byteCount + values.byteCount }

    private var headStride: Int { headWidth * Self.pageCount }

    /// Writes one token's keys and values of all heads, which lie one after another.
    public func store(key: UnsafePointer<Float>, value: UnsafePointer<Float>, page: Int, slot: Int) {
        precondition(page >= 0 && page < pages && slot >= 0 && slot < Self.pageCount, "no such page")
        let keyBase = unsafe keys.pointer.assumingMemoryBound(to: UInt16.self), valueBase = unsafe values.pointer.assumingMemoryBound(to: UInt16.self)
        for head in 0..<heads {
            let offset = (page * heads + head) * headStride
            unsafe ck_store_key(key + head * headWidth, Int32(headWidth), keyBase + offset, Int32(slot))
            unsafe ck_store_value(value + head * headWidth, Int32(headWidth), valueBase + offset, Int32(slot))
        }
    }

    /// One query: where it stands and which keys it sees.
    public typealias Query = ck_query

    /// A query over keys `range`.
    public static func query(_ query: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, keys range: Range<Int>) -> Query {
        unsafe ck_query(query: query, out: out, begin: Int32(range.lowerBound), end: Int32(range.upperBound))
    }

    /// softmax(scale * q · k) v for up to ``queryCount`` queries over one head of keys.
    ///
    /// - Parameter scratch: ``scratchCount(keys:)`` floats, a thread's own.
    public func attend(
        _ queries: UnsafePointer<Query>, count: Int, head: Int, pageTable: UnsafePointer<Int32>, scale: Float, scratch: UnsafeMutablePointer<Float>
    ) {
        precondition(count > 0 && count <= Self.queryCount && head >= 0 && head < heads, "shapes of attention do not fit")
        unsafe ck_attend(
            queries, Int32(count), keys.pointer.assumingMemoryBound(to: UInt16.self) + head * headStride,
            values.pointer.assumingMemoryBound(to: UInt16.self) + head * headStride, pageTable, heads * headStride, Int32(headWidth), scale, scratch)
    }

    /// Floats of scratch for sequences of up to `keys` tokens.
    public static func scratchCount(keys: Int) -> Int { queryCount * ((keys + pageCount - 1) / pageCount * pageCount + pageCount) }
}
