import Core
import Inference

/// Small safetensors files.
enum SafetensorsCorpus {
    static let files: [[UInt8]] = [
        file(
            #"{"__metadata__":{"format":"pt"},"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"f":{"dtype":"F32","shape":[2],"data_offsets":[8,16]},"l":{"dtype":"I64","shape":[],"data_offsets":[16,24]},"t":{"dtype":"BOOL","shape":[2],"data_offsets":[24,26]},"e":{"dtype":"F32","shape":[0,3],"data_offsets":[26,26]}}"#,
            count: 26),
        file(#"{"f":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"h":{"dtype":"F16","shape":[2,2],"data_offsets":[8,16]}}"#, count: 16),
        file(#"{"x":{"dtype":"BF16","shape":[1,4,1],"data_offsets":[0,8]},"i":{"dtype":"I8","shape":[4],"data_offsets":[8,12]},"j":{"dtype":"I32","shape":[1],"data_offsets":[12,16]}}  "#, count: 16),
    ]

    private static func file(_ header: String, count: Int) -> [UInt8] {
        let text = Array(header.utf8)
        return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> ($0 * 8)) } + text + (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37) }
    }
}

/// A language model with one layer whose matrices are all of one type and hold given bytes again and again.
enum BlockModel {
    private static let (width, vocabulary, inner) = (256, 32, 256)

    static func write(_ type: TensorType, filledWith bytes: [UInt8], to path: String) throws {
        var writer = GGUFWriter()
        writer.set("general.architecture", "llama")
        for (key, value) in [
            "block_count": 1, "context_length": 64, "embedding_length": width, "feed_forward_length": inner, "attention.head_count": 4, "attention.head_count_kv": 2,
        ].sorted(by: { $0.key < $1.key }) {
            writer.set("llama.\(key)", .uint(UInt64(value)))
        }
        writer.set("tokenizer.ggml.model", "gpt2")
        writer.set("tokenizer.ggml.tokens", .strings((0..<vocabulary).map { [UInt8(97 + $0 % 26), UInt8(65 + $0)] }))
        func matrix(_ name: String, _ inputs: Int, _ outputs: Int) {
            let count = type.byteCount(of: inputs * outputs) ?? 0
            writer.add(name: name + ".weight", shape: [inputs, outputs], type: type, bytes: (0..<count).map { bytes.isEmpty ? 0 : bytes[$0 % bytes.count] })
        }
        func vector(_ name: String) { writer.add(name: name + ".weight", shape: [width], type: .f32, bytes: (0..<width).flatMap { _ in [0, 0, 0x80, 0x3F] as [UInt8] }) }
        matrix("token_embd", width, vocabulary)
        vector("output_norm")
        vector("blk.0.attn_norm")
        vector("blk.0.ffn_norm")
        for (name, outputs) in [("attn_q", width), ("attn_k", width / 2), ("attn_v", width / 2), ("attn_output", width), ("ffn_gate", inner), ("ffn_up", inner), ("ffn_down", width)] {
            matrix("blk.0." + name, width, outputs)
        }
        try writer.write(to: path)
    }
}

/// Templates of published models, cut into tags and the text between them.
struct TemplateCorpus: Sendable {
    let sources: [String]
    let contexts: [[String: JSONValue]]
    private let pieces: [String]
    private let mutator: Mutator

    /// Bounds that a debug build reaches in tenths of a second.
    static let bounds: ChatTemplate.Bounds = {
        var bounds = ChatTemplate.Bounds()
        bounds.textByteCount = 64 << 10
        bounds.nodeCount = 20_000
        bounds.work = 1 << 20
        return bounds
    }()

    init(_ fixture: JSONValue) {
        sources = (fixture["templates"]?.array ?? []).compactMap { $0["source"]?.string }
        contexts = (fixture["contexts"]?.object ?? [:]).sorted { $0.key < $1.key }.compactMap(\.value.object)
        pieces = sources.flatMap(Self.cut)
        let words = [
            "{{", "}}", "{%", "%}", "{#", "#}", "{%-", "-%}", "endfor", "endif", "for x in messages", "if x is defined", "set ns = namespace(a=1)", "ns.a", "loop.index0", "loop.cycle(1,2)", "range(100000)",
            "range(-9223372036854775807, 9223372036854775807, 3)", "messages[0]", "messages[::-1]", "[-9223372036854775808:]", "9223372036854775807", "-9223372036854775808", "1e308", "0", "** 64", "// 0", "% 0", "* 1000000",
            "~", "|", "|tojson(indent=4)", "|join(',')", "|map(attribute='role')", "|selectattr('role', 'equalto', 'user')|list", "|length", "|reverse", "|sort", "|unique", "|groupby('role')", "|batch(3)", "|slice(3)",
            "|dictsort", "|round(99)", "|int(base=99)", "|indent(9999)", "|truncate(1)", "|wordwrap(1)", "|center(10000)", "|format(1)", "|replace('', 'x')", "|default(x)", "|trim", ".split('')", ".split(none, -1)", ".strip()", ".format(1)", ".items()",
            ".append(messages)", ".pop(-1)", ".insert(-5, 1)", "raise_exception('x')", "strftime_now('%Y%j%Z%f%s%%%')", "'%*d' % (9, 1)", "'%.99999f' % 1", "macro f(a, b=f) ", "f(f)", "caller()", "(", ")", "[", "]", "{", "}", "'", "\"", "\\", "\\u", "not ", "is ", "in ", "else", "elif 1", "\n",
            "\r", "\u{0}", "你好", "🙂", "lipsum", "self", "__class__", "mro()",
        ]
        mutator = Mutator(words: words.map { Array($0.utf8) }, others: sources.map { Array($0.utf8) })
    }

    /// Tags and texts in turn.
    private static func cut(_ source: String) -> [String] {
        var pieces: [String] = []
        var piece = ""
        for character in source {
            if character == "{", !piece.hasSuffix("{"), !piece.isEmpty {
                pieces.append(piece)
                piece = ""
            }
            piece.append(character)
            if piece.hasSuffix("}}") || piece.hasSuffix("%}") {
                pieces.append(piece)
                piece = ""
            }
        }
        return pieces + [piece]
    }

    /// A published template with changed bytes, or with tags dropped, doubled and exchanged, or one of random tags.
    func mutated(_ random: inout SeededRandom) -> [UInt8] {
        let source = sources.randomElement(using: &random) ?? ""
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return mutator.mutate(Array(source.utf8), &random)
        case 1: return Array((0..<Int.random(in: 1...12, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }.joined().utf8)
        default:
            var own = Self.cut(source)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<own.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: own[place] = pieces.randomElement(using: &random) ?? ""
                case 1: own.insert(pieces.randomElement(using: &random) ?? "", at: place)
                case 2: own[place] = String(decoding: mutator.mutate(Array(own[place].utf8), &random), as: UTF8.self)
                default: own.swapAt(place, Int.random(in: 0..<own.count, using: &random))
                }
            }
            return Array(own.joined().utf8)
        }
    }
}
