import Core

/// One line of a validation set: what a run is given, and what must come out of it.
///
/// ```
/// {"inputs": {"path": "a.csv"}, "expect": "outputs.count == 3 && !contains(text(outputs.records), \"138\")"}
/// {"inputs": {"path": "b.csv"}, "expected": {"count": 2}}
/// ```
/// `outputs` has the newest value of each name that a step of the workflow gives, and what the definition gives itself; `steps` has them by step, `inputs` what went in. `expected` holds when each of its members is the same in `outputs`.
public struct TrialCase: Sendable {
    enum Test: Sendable {
        case expression(Expression)
        case values([String: JSONValue])
    }

    /// Its line in the file.
    public let line: Int
    public let inputs: [String: JSONValue]
    let test: Test
    /// The most cases of a set.
    public static let countMax = 1_000
    /// The most bytes of a set.
    public static let byteCountMax = 16 << 20
    static let names: Set<String> = ["outputs", "steps", "inputs"]

    /// Reads a set, a JSON object a line; empty lines are skipped.
    /// - Throws: `workflows.trial` with the line of the mistake; it quotes no value.
    public static func read(_ text: String) throws -> [TrialCase] {
        guard text.utf8.count <= byteCountMax else { throw refuse("the validation set has more than \(byteCountMax) bytes") }
        var cases: [TrialCase] = []
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() where !line.allSatisfy(\.isWhitespace) {
            guard cases.count < countMax else { throw refuse("the validation set has more than \(countMax) cases") }
            cases.append(try TrialCase(String(line), line: number + 1))
        }
        guard !cases.isEmpty else { throw refuse("the validation set has no case") }
        return cases
    }

    init(_ text: String, line: Int) throws {
        guard let members = (try? JSONValue(parsing: text))?.object else { throw Self.refuse("line \(line) is not a JSON object") }
        guard let inputs = members["inputs"]?.object else { throw Self.refuse("line \(line) has no object `inputs`") }
        guard Set(members.keys).isSubset(of: ["inputs", "expect", "expected"]) else { throw Self.refuse("line \(line) has members other than inputs, expect and expected") }
        switch (members["expect"], members["expected"]) {
        case (.string(let text)?, nil):
            do { test = .expression(try Expression(text, names: Self.names)) } catch let fault as Fault { throw Self.refuse("line \(line): \(fault.message)") }
        case (nil, .object(let values)?) where !values.isEmpty: test = .values(values)
        default: throw Self.refuse("line \(line) needs either `expect`, an expression, or `expected`, an object of values")
        }
        (self.inputs, self.line) = (inputs, line)
    }

    /// Whether values that came out are what is wanted. An expression that fails over them says no.
    /// - Throws: `workflows.trial` when the expression gives neither true nor false.
    func holds(outputs: [String: JSONValue], steps: [String: JSONValue]) throws -> Bool {
        switch test {
        case .values(let wanted): return wanted.allSatisfy { name, value in outputs[name].map { Self.same($0, value) } ?? false }
        case .expression(let expression):
            guard let value = try? expression.value(["outputs": .object(outputs), "steps": .object(steps), "inputs": .object(inputs)]) else { return false }
            guard let truth = value.bool else { throw Self.refuse("line \(line): `expect` gives neither true nor false") }
            return truth
        }
    }

    /// 3 and 3.0 are the same, inside of lists and objects too.
    static func same(_ left: JSONValue, _ right: JSONValue) -> Bool {
        if let first = left.double, let second = right.double { return first == second }
        if let first = left.array, let second = right.array { return first.count == second.count && zip(first, second).allSatisfy { same($0, $1) } }
        if let first = left.object, let second = right.object { return first.count == second.count && first.allSatisfy { name, value in second[name].map { same(value, $0) } ?? false } }
        return left == right
    }

    private static func refuse(_ what: String) -> Fault { Fault(.workflowTrial, what, remedy: "see docs/rooms/planning.md for the form of a validation set") }
}

extension Fault.Code {
    /// A validation set is not what it must be.
    public static let workflowTrial = Fault.Code("workflows.trial", .input)
}

/// How many cases of a set a plan met.
public struct TrialScore: Sendable, Hashable {
    public let met: Int
    public let count: Int

    public init(met: Int, count: Int) { (self.met, self.count) = (met, count) }

    public var share: Double { count == 0 ? 0 : Double(met) / Double(count) }

    /// Where the share of all such cases lies, with 95 % confidence (Wilson 1927, "Probable inference, the law of succession, and statistical inference"). For one plan on its own: a best one of many was chosen by the same cases.
    public var interval: ClosedRange<Double> {
        guard count > 0 else { return 0...1 }
        let n = Double(count), z = 1.959963984540054, middle = share + z * z / (2 * n), width = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot(), scale = 1 + z * z / n
        // At the ends rounding must not leave a share that was never contradicted outside.
        return (met == 0 ? 0 : max(0, (middle - width) / scale))...(met == count ? 1 : min(1, (middle + width) / scale))
    }
}
