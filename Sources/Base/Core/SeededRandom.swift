import Synchronization

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed gives the same numbers on every machine. Not for secrets.
public struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Gives out identifiers: `PREFIX-` and 16 letters and digits, unique within the source.
public final class IdentifierSource: Sendable {
    private let random: Mutex<any RandomNumberGenerator & Sendable>

    /// - Parameter random: the default is the system's generator; give a ``SeededRandom`` to repeat a run.
    public init(random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) { self.random = Mutex(random) }

    /// A new identifier that begins with `prefix`, e.g. `run-7k…`; 80 random bits.
    public func next(_ prefix: String) -> String { "\(prefix)-\(token(length: 16))" }

    /// `length` characters of Crockford's base 32 (no I, L, O, U), 5 bits each. With the system's generator fit for a one-time link.
    public func token(length: Int) -> String {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
        return random.withLock { generator in
            String((0..<length).map { _ in alphabet[Int(generator.next() & 31)] })
        }
    }
}
