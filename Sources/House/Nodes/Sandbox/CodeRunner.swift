import Core

/// A program to run on a value, as the `code` kind asks for it.
public struct CodeRequest: Sendable, Hashable {
    /// A program that the operator allowed, by its name.
    public var program: String
    /// What the program is to carry out; nil when the program itself is what runs.
    public var source: String?
    public var arguments: [String]
    /// What it reads from its standard input.
    public var input: [UInt8]

    public init(program: String, source: String? = nil, arguments: [String] = [], input: [UInt8]) {
        (self.program, self.source, self.arguments, self.input) = (program, source, arguments, input)
    }
}

/// Runs code for the `code` kind: a box on this machine, or whatever a test gives.
public protocol CodeRunner: Sendable {
    /// What the program wrote.
    /// - Throws: `nodes.code` when the program did not end well, `nodes.sandbox` when it may not be run or a protection is missing.
    func run(_ request: CodeRequest) async throws -> [UInt8]
}

extension Fault.Code {
    /// A program did not end well or gave no answer that fits.
    public static let nodeCode = Fault.Code("nodes.code", .input)
    /// Code is not allowed here, or the box cannot be built with all of its protections.
    public static let nodeSandbox = Fault.Code("nodes.sandbox", .refused)
}
