import CKernels

/// Keys and values of one layer, in pages of 64 tokens (see `ckernels.h`), and attention over them.
public final class KeyValueLayer: Sendable {
    /// Tokens of a page.
    public static let pageCount = Int(CK_PAGE)
    /// Queries that share one reading of the keys.
    public static let queryCount = Int(CK_QUERIES)

    /// How keys and values are held.
    public enum Format: String, Sendable, CaseIterable {
        case f16
        /// int8 with one scale for 32 elements of a key and one for a value: about half the memory.
        case q8

        fileprivate var code: ck_kv_format { self == .f16 ? CK_KV_F16 : CK_KV_Q8 }
    }

    public let heads: Int
    public let headWidth: Int
    public let pages: Int
    public let format: Format
    private let keys: AlignedMemory
    private let values: AlignedMemory
    /// Bytes of one head of a page.
    private let keyBytes: Int
    private let valueBytes: Int

    /// - Throws: `kernels.memory`.
    public init(heads: Int, headWidth: Int, pages: Int, format: Format = .f16) throws {
        self.heads = heads
        self.headWidth = headWidth
        self.pages = pages
        self.format = format
        keyBytes = ck_key_page_bytes(format.code, Int32(headWidth))
        valueBytes = ck_value_page_bytes(format.code, Int32(headWidth))
        keys = try AlignedMemory(byteCount: pages * heads * keyBytes)
        values = try AlignedMemory(byteCount: pages * heads * valueBytes)
    }

    /// Bytes of keys and values together.
    public var byteCount: Int { keys.byteCount + values.byteCount }

    /// Writes one token's keys and values of all heads, which lie one after another.
    public func store(key: UnsafePointer<Float>, value: UnsafePointer<Float>, page: Int, slot: Int) {
        precondition(page >= 0 && page < pages && slot >= 0 && slot < Self.pageCount, "no such page")
        let keyBase = unsafe keys.pointer.assumingMemoryBound(to: UInt8.self), valueBase = unsafe values.pointer.assumingMemoryBound(to: UInt8.self)
        for head in 0..<heads {
            let place = page * heads + head
            unsafe ck_store_key(format.code, key + head * headWidth, Int32(headWidth), keyBase + place * keyBytes, Int32(slot))
            unsafe ck_store_value(format.code, value + head * headWidth, Int32(headWidth), valueBase + place * valueBytes, Int32(slot))
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
        var pages = unsafe ck_pages(
            format: format.code, head_dim: Int32(headWidth), keys: keys.pointer.assumingMemoryBound(to: UInt8.self) + head * keyBytes,
            values: values.pointer.assumingMemoryBound(to: UInt8.self) + head * valueBytes, key_stride: heads * keyBytes, value_stride: heads * valueBytes, table: pageTable)
        unsafe ck_attend(queries, Int32(count), &pages, scale, scratch)
    }

    /// Floats of scratch for sequences of up to `keys` tokens.
    public static func scratchCount(keys: Int) -> Int { queryCount * ((keys + pageCount - 1) / pageCount * pageCount + pageCount) }
}
