import Core

/// A set of texts that a model's answer must belong to: what it may write next is known at every byte.
///
/// ```swift
/// let grammar = try Grammar(gbnf: #"root ::= "yes" | "no""#)
/// let schema = try Grammar(jsonSchema: #"{"type": "object", "properties": {"age": {"type": "integer", "minimum": 0}}, "required": ["age"]}"#)
/// grammar.accepts("yes")   // true
/// ```
///
/// Three notations give one form: rules whose parts are bytes, calls of rules and jumps (``GrammarProgram``). A ``GrammarAutomaton`` reads texts with it, byte by byte, as a set of stacks that is
/// made a state of a finite automaton when it is first met; ``TokenConstraint`` walks a vocabulary's trie together with that automaton, so that all tokens that fit are found at once. Since
/// everything below the notations is bytes, tokens that hold half a character need no care.
///
/// Rejected: testing each token by itself, which costs tens of milliseconds for a vocabulary of 150,000; and a table of every state made beforehand, which recursive grammars do not have.
public struct Grammar: Sendable, Hashable {
    /// What it was made of.
    public enum Source: Sendable, Hashable {
        case gbnf(String)
        case jsonSchema(String)
        case jsonObject
    }

    public let source: Source
    let program: GrammarProgram

    /// The longest text of a grammar or schema in bytes.
    public static let byteCountMax = 1 << 20
    /// The most rules, those that repetitions and schemas make included.
    public static let ruleCountMax = 1 << 16
    /// The most places between the parts of all rules.
    public static let nodeCountMax = 1 << 19
    /// The most groups inside one another.
    public static let nestingMax = 100
    /// The greatest number of repetitions that may be written.
    public static let repetitionMax = 20_000

    /// Reads rules in the notation of llama.cpp's GBNF: `name ::= alternatives`, the first to match is `root`. Literals, classes with ranges and `^`, `.`, groups, `* + ? {m} {m,} {m,n}`, comments from `#`.
    ///
    /// - Throws: `inference.grammar` with the line, also for rules that begin with themselves or never end.
    public init(gbnf text: String) throws {
        var parser = try GBNFParser(text)
        try self.init(rules: try parser.parse(), source: .gbnf(text))
    }

    /// Reads a JSON schema; members of objects are written in the order of the text. See ``SchemaCompiler`` for what is understood.
    ///
    /// - Throws: `inference.grammar` naming what is not supported and where.
    public init(jsonSchema text: String) throws {
        guard text.utf8.count <= Self.byteCountMax else { throw Fault.grammar("the schema has more than \(Self.byteCountMax) bytes") }
        try self.init(schema: try JSONValue(parsing: text, depthMax: Self.nestingMax, listing: ["properties"]), text: text)
    }

    /// The same of a value. Its objects have no order, so members are written in the order of their names.
    public init(jsonSchema value: JSONValue) throws { try self.init(jsonSchema: value.text) }

    /// The same of a value in which each object `properties` was read as a list of name, schema, name, schema … (see ``JSONValue/init(parsing:depthMax:listing:)``).
    public init(orderedSchema value: JSONValue) throws {
        guard SchemaOverlap.depth(value) <= Self.nestingMax else { throw Fault.grammar("the schema has more than \(Self.nestingMax) levels") }
        try self.init(schema: value, text: value.text)
    }

    private init(schema: JSONValue, text: String) throws {
        var compiler = SchemaCompiler(schema)
        try self.init(rules: try compiler.compile(), source: .jsonSchema(text))
    }

    /// Any JSON object, up to ``JSONRules/depthMax`` levels deep.
    public static func jsonObject() throws -> Grammar {
        var rules = JSONRules()
        rules.rules[0].expression = rules.freeObject(depth: JSONRules.depthMax)
        return try Grammar(rules: rules.rules, source: .jsonObject)
    }

    init(rules: [GrammarRule], source: Source) throws {
        self.source = source
        program = try GrammarCompiler.compile(rules)
        guard GrammarMatcher(self).isAlive else { throw Fault.grammar("the grammar has more than \(GrammarAutomaton.itemCountMax) ways to begin", remedy: "nest fewer optional parts") }
    }

    /// Whether a whole text belongs to the grammar.
    public func accepts(_ text: String) -> Bool {
        var matcher = GrammarMatcher(self)
        return matcher.advance(Array(text.utf8)) && matcher.canEnd
    }

    /// Grammars of the same source, byte for byte, are equal: two texts that Unicode calls equivalent are two grammars.
    public static func == (left: Grammar, right: Grammar) -> Bool {
        switch (left.source, right.source) {
        case (.gbnf(let one), .gbnf(let other)), (.jsonSchema(let one), .jsonSchema(let other)): one.utf8.elementsEqual(other.utf8)
        case (.jsonObject, .jsonObject): true
        default: false
        }
    }

    /// The source alone counts.
    public func hash(into hasher: inout Hasher) { hasher.combine(source) }
}

extension Fault.Code {
    /// A grammar or JSON schema is malformed, or asks for what no grammar can hold.
    public static let grammar = Fault.Code("inference.grammar", .input)
    /// A grammar left no token that could follow, or costs more than its bounds allow.
    public static let grammarStuck = Fault.Code("inference.grammar-stuck", .input)
}

extension Fault {
    static func grammar(_ what: String, remedy: String = "change the grammar or schema") -> Fault { Fault(.grammar, what, remedy: remedy) }
}
