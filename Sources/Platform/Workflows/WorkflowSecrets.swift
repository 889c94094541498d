import Core

/// Passwords and keys that steps name as `${secret.NAME}`. A definition holds the name, the journal holds nothing; the value reaches a step's body when it runs.
public struct WorkflowSecrets: Sendable, CustomStringConvertible, CustomReflectable {
    private let values: [String: String]
    /// The most secrets, and the most bytes of one.
    static let countMax = 1_000
    static let byteCountMax = 16 << 10

    public static let none = WorkflowSecrets(values: [:])
    private init(values: [String: String]) { self.values = values }

    /// Reads lines of `NAME=value`; blank ones and those that begin with `#` are left out, and so are blanks around a name or a value.
    ///
    /// - Throws: `workflows.definition` with the number of a line that is no such pair. Nothing of it is quoted.
    public init(text: String) throws {
        var values: [String: String] = [:]
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = ExpressionEvaluation.trimmed(String(line))
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { ExpressionEvaluation.trimmed(String($0)) }
            guard parts.count == 2, Self.isName(parts[0]), !parts[1].isEmpty, parts[1].utf8.count <= Self.byteCountMax, values[parts[0]] == nil, values.count < Self.countMax else {
                throw Fault(.workflowDefinition, "line \(number + 1) of the secrets is no NAME=value, or names one again", remedy: "write one a line; names are letters, digits, '-' and '_'")
            }
            values[parts[0]] = parts[1]
        }
        self.values = values
    }

    public var names: Set<String> { Set(values.keys) }
    func value(_ name: String) -> String? { values[name] }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 100 && text.unicodeScalars.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-" || $0 == "_") }
    }

    public var description: String { "\(values.count) secrets" }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension WorkflowChecker {
    /// Secrets that enter where they may not, other values where only secrets may, and secrets that there are not.
    func badSecrets(_ step: Step) -> [Diagnostic] { badSecrets(step.with, step.kind, step.id) + (step.undo.map { badSecrets($0.with, $0.kind, step.id) } ?? []) }

    private func badSecrets(_ with: [String: Binding], _ kind: String, _ step: String) -> [Diagnostic] {
        with.sorted { $0.key < $1.key }.flatMap { name, binding -> [Diagnostic] in
            let named = Set(binding.references.filter { $0.source == Reference.secret })
            guard kinds[kind]?.signature.inputs[name]?.isSecret == true else {
                return named.isEmpty ? [] : [Self.error("secret", "the input \(name) takes no secrets: what enters it is journaled", step)]
            }
            guard case .reference(let reference) = binding, reference.source == Reference.secret else {
                return [Self.error("secret", "the input \(name) takes a secret only: write \"${secret.NAME}\"", step)]
            }
            guard let secrets, !secrets.contains(reference.field) else { return [] }
            return [Self.error("secret", "there is no secret \(reference.field): the operator adds it to the file of secrets", step)]
        }
    }
}
