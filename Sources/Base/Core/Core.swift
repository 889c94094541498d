/// # Core: what every room needs and no room owns
///
/// Core holds no noun of the domain. It exists so that the rooms above can be deterministic and honest without each inventing
/// the tools: time, randomness and identifiers arrive as parameters (``WallClock``, ``SeededRandom``, ``IdentifierSource``),
/// data crosses rooms as ``JSONValue``, failures carry a remedy (``Fault``), and a secret that must appear in a log appears as
/// ``Redacted``.
///
/// Two decisions a reader will ask about:
///
/// a) **One error type instead of one per room.** A room adds codes (`extension Fault.Code`), not a type. Six identical structs
///    taught nobody anything, and the exit code of a command must be found for an error of *any* room in one place.
/// b) **SHA-256 is written here** rather than taken from swift-crypto: that package costs 156 CPU seconds of every clean release
///    build (of about 360 for everything else), for one 90-line function. `docs/decisions/0002-lean-default-build.md` says when
///    this will be revisited: with the first cipher.
///
/// ## Topics
/// ``Fault``, ``Diagnostic``, ``JSONValue``, ``WallClock``, ``SeededRandom``, ``IdentifierSource``, ``SHA256``, ``Redacted``,
/// ``JobProgress``, ``TextDecoder``, ``Inflater``, ``ByteReader``.
public enum CoreRoom {}
