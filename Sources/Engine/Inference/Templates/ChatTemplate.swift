import Core

/// A chat template: the small program, written in Jinja, by which a model's makers lay out a conversation.
///
/// The subset is what the templates of published models use, with the settings of the transformers library: `trim_blocks` and `lstrip_blocks` on, loop
/// controls and `generation` blocks known, `tojson` without escaping of non-ASCII. Statements: `if`, `for`, `set`, `macro`, `call`, `filter`, `with`,
/// `raw`, `generation`, `break`, `continue`. Inheritance, `include` and recursive loops are refused.
///
/// Where this differs from Python's jinja2 3.1:
/// - Objects of the context have no order of their own. Their keys are rendered in the order of ``ChatTemplate/keyOrder``, the rest sorted by bytes.
/// - Integers have 64 bits; a result beyond them is a fault. `lower` knows no final sigma.
/// - Filters that give generators in Python (`select`, `map`, `items`, …) and `range` give lists here, so they can be counted and printed.
/// - Lists and dictionaries may be changed (`append`, `extend`, `insert`, `pop`, `update`, `setdefault`), which the sandbox of transformers refuses.
/// - There is no markup type: `safe` changes nothing, and text that is escaped twice is escaped twice.
/// - `strftime_now` takes its time from the caller and tells it in UTC, with the names of the C locale. `date_string` is not set unless the context
///   brings it, as in transformers; templates then make it with `strftime_now`.
///
/// A template is foreign: every loop, nesting and text has a bound, and a hostile template ends in a ``Fault`` with code `inference.chat-template`.
///
/// ```swift
/// let template = try ChatTemplate("{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}")
/// let prompt = try template.render(["messages": [["role": "user", "content": "Hello"]]], now: clock.now)
/// ```
public struct ChatTemplate: Sendable {
    /// Bytes of a template.
    public static let byteCountMax = 256 << 10
    /// What one rendering may use.
    public struct Bounds: Sendable, Hashable {
        /// Bytes of the rendered conversation, and of any text made on the way.
        public var textByteCount = 16 << 20
        /// Statements, expressions and rounds of loops evaluated.
        public var nodeCount = 1_000_000
        /// Bytes read and written in all operations on texts and lists; a list costs ``ChatTemplate/elementCost`` an element.
        public var work = 256 << 20

        public init() {}
    }

    /// What an element of a list costs of ``Bounds/work``.
    public static let elementCost = 16
    /// Blocks and brackets inside one another in a template; statements and operations inside one another in one call; lists and objects inside one another.
    public static let depthMax = 64
    /// Calls of macros inside one another.
    public static let macroDepthMax = 32
    /// Statements and operations inside one another over all calls of macros: what keeps the stack small.
    public static let stackDepthMax = 256
    /// The longest list that `range` gives, as in Jinja's sandbox.
    public static let rangeCountMax = 100_000
    /// Keys of objects that are rendered before all others, in this order: that of the tool definitions and messages that models were trained on.
    public static let keyOrder = ["type", "function", "role", "content", "name", "description", "arguments", "parameters", "properties", "required"]

    /// ChatML: how conversations of models without a template are written.
    public static let chatML =
        "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"

    let program: TemplateProgram

    /// Parses a template. Line ends may be `\n`, `\r\n` or `\r`; one at the end of the template is dropped, as Jinja does.
    ///
    /// Unknown filters, tests and functions are found when they are evaluated, not here.
    /// - Throws: ``Fault`` with code `inference.chat-template` that names line and column.
    public init(_ source: String) throws {
        guard source.utf8.count <= Self.byteCountMax else {
            throw Fault(
                .chatTemplate, "the chat template has \(source.utf8.count) bytes, more than \(Self.byteCountMax)",
                remedy: "use the template of the model's tokenizer_config.json")
        }
        let bytes = TemplateLexer.normalized(Array(source.utf8))
        do {
            var lexer = TemplateLexer(bytes)
            var parser = TemplateParser(try lexer.tokens())
            program = try parser.program(source: bytes)
        } catch let problem as TemplateProblem {
            throw problem.fault(in: bytes)
        }
    }

    /// Renders a conversation.
    ///
    /// - Parameters:
    ///   - context: `messages` (objects with `role`, `content` …), `bos_token`, `eos_token`, `add_generation_prompt`, `tools`, `documents` and whatever else
    ///     the template asks for. A missing name is undefined: it renders as nothing, an attribute of it is a fault. Only names that the template mentions are read.
    ///   - now: seconds since 1970, for `strftime_now`.
    ///   - bounds: what the rendering may use; the default suits conversations of a million tokens.
    /// - Throws: ``Fault`` with code `inference.chat-template` that names line and column, when the template fails, refuses the conversation
    ///   (`raise_exception`; the words of the template are given, not values) or passes a bound.
    public func render(_ context: [String: JSONValue], now: Double, bounds: Bounds = Bounds()) throws -> String {
        let evaluator = TemplateEvaluator(program, now: now, bounds: bounds)
        defer { evaluator.dismantle() }
        do {
            return String(decoding: try evaluator.render(context), as: UTF8.self)
        } catch let problem as TemplateProblem {
            throw TemplateProblem(problem.text, at: problem.offset ?? evaluator.offset).fault(in: program.source)
        }
    }
}

/// What is wrong with a template, before the place in it is known.
struct TemplateProblem: Error {
    let text: String
    /// A byte of the template; nil where only the evaluator knows.
    let offset: Int?

    init(_ text: String, at offset: Int? = nil) {
        self.text = text
        self.offset = offset
    }

    func fault(in source: [UInt8]) -> Fault {
        let end = min(max(offset ?? 0, 0), source.count)
        let line = source[..<end].reduce(1) { $1 == 10 ? $0 + 1 : $0 }
        let start = source[..<end].lastIndex(of: 10).map { $0 + 1 } ?? 0
        let column = source[start..<end].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
        return Fault(
            .chatTemplate, "chat template, line \(line), column \(column): \(text)",
            remedy: "compare the template with that of the model's tokenizer_config.json, and the conversation with what the model takes")
    }
}
