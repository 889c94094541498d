import CKernels
import Core

/// # Kernels: the safe face of the processor's work
///
/// The C room below computes and checks nothing; this one owns the memory, checks every shape once a call, and divides work among threads. Nobody else imports `CKernels`.
///
/// The idea: **weights are packed at load** into groups of 16 rows, so that one vector of 16 lanes serves 16 rows and no lane ever has to be summed with its neighbor;
/// **activations are quantized** to int8 by blocks of 32 with the sum of each block kept, so that weights can stay unsigned (the instruction multiplies unsigned by signed) and the
/// offset is corrected by the sum. A product of a matrix with many tokens works on register tiles of 32 rows by 6 tokens, one with a single token streams the weights once at
/// the speed of the memory.
///
/// Rejected: calling a BLAS (it has no quantized products), and Swift's SIMD types (without the target's flags they compile to calls). The C is written with clang's vector
/// extensions, so AVX-512, AVX2, NEON and plain C are one text.
///
/// ## Topics
/// ``PackedMatrix``, ``Activations``, ``ThreadPool``, ``AlignedMemory``, ``VectorMath``
public enum KernelsRoom {}

/// The instruction sets that kernels are compiled for.
public enum InstructionSet: String, Sendable, CaseIterable {
    case scalar, avx2, avx512, neon

    /// The best that this processor has.
    public static var best: InstructionSet { InstructionSet(ck_best_isa()) }

    /// Uses this set on the calling thread from now on, if the processor has it, and returns the one in use. For tests and comparisons, with a ``ThreadPool`` of width 1.
    @discardableResult
    public func use() -> InstructionSet { InstructionSet(ck_use_isa(raw)) }

    private init(_ raw: ck_isa) {
        switch raw {
        case CK_AVX2: self = .avx2
        case CK_AVX512: self = .avx512
        case CK_NEON: self = .neon
        default: self = .scalar
        }
    }

    private var raw: ck_isa {
        switch self {
        case .scalar: CK_SCALAR
        case .avx2: CK_AVX2
        case .avx512: CK_AVX512
        case .neon: CK_NEON
        }
    }
}

/// Zeroed memory at an address that vectors and huge pages like; freed with the value.
public final class AlignedMemory: Sendable {
    public let byteCount: Int
    private let address: UInt

    /// - Throws: `kernels.memory` when the system has no room.
    public init(byteCount: Int) throws {
        guard byteCount > 0, let memory = unsafe ck_allocate(byteCount) else {
            throw Fault(.kernelMemory, "no memory for \(byteCount >> 20) MiB", remedy: "close other programs, or use a smaller model or context")
        }
        self.byteCount = byteCount
        address = UInt(bitPattern: memory)
    }

    deinit { unsafe ck_release(UnsafeMutableRawPointer(bitPattern: address), byteCount) }

    /// The first byte. Valid as long as this value is.
    @inlinable
    public var pointer: UnsafeMutableRawPointer { unsafe start() }

    @usableFromInline
    func start() -> UnsafeMutableRawPointer {
        // A live allocation is never at address zero.
        unsafe UnsafeMutableRawPointer(bitPattern: address).unsafelyUnwrapped
    }

    /// The memory as floats.
    @inlinable
    public var floats: UnsafeMutablePointer<Float> { unsafe pointer.assumingMemoryBound(to: Float.self) }

    /// Gives memory that was freed back to the system. Reading a model file frees tens of megabytes at once, which the C library would keep for the process.
    public static func returnFreed() { ck_return_freed() }

    /// From now on, memory of a mebibyte and more that is freed goes back to the system at once. A scan takes large buffers for each piece of a text, and the C library would keep them after the first few.
    public static func returnFreedAtOnce() { ck_return_freed_at_once() }

    /// Memory that one pass after another works in. Larger pieces lie on huge pages as a whole: scattered small pages meet in the same sets of the caches, differently in every process.
    public static func working(byteCount: Int) throws -> AlignedMemory {
        let page = 2 << 20
        return try AlignedMemory(byteCount: byteCount < page / 8 ? byteCount : (byteCount + page - 1) / page * page)
    }

    /// Room for `count` floats.
    public static func floats(_ count: Int) throws -> AlignedMemory { try AlignedMemory(byteCount: max(1, count) * 4 + 64) }
}

extension Fault.Code {
    /// The system has no memory for a buffer.
    public static let kernelMemory = Fault.Code("kernels.memory", .full)
    /// A matrix has a shape that its format cannot hold.
    public static let kernelShape = Fault.Code("kernels.shape", .input)
}
