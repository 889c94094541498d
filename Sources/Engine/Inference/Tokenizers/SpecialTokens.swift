/// Finds special tokens in text before anything else sees it. At each place the longest wins, from left to right.
struct SpecialTokens: Sendable {
    /// A part of the text: plain, or the special token that stands there.
    struct Fragment {
        var range: Range<Int>
        var token: Int32?
    }

    /// User-defined tokens, which text always has, and those with control and unknown tokens, which it has on request.
    private let userDefined: ByteTrie, all: ByteTrie
    private let trimsBefore: Set<Int32>, trimsAfter: Set<Int32>

    init(_ vocabulary: Vocabulary) {
        var userDefined: [(bytes: [UInt8], value: Int32)] = [], all = userDefined
        for (id, token) in vocabulary.tokens.enumerated() {
            let entry = (bytes: token, value: Int32(truncatingIfNeeded: id))
            switch vocabulary.kind(id) {
            case .userDefined:
                userDefined.append(entry)
                all.append(entry)
            case .control, .unknown: all.append(entry)
            case .normal, .unused, .byte: break
            }
        }
        self.userDefined = ByteTrie(userDefined)
        self.all = ByteTrie(all)
        (trimsBefore, trimsAfter) = (vocabulary.trimsBefore, vocabulary.trimsAfter)
    }

    /// The text in order; plain fragments are never empty.
    func fragments(_ text: [UInt8], parsesSpecials: Bool) -> [Fragment] {
        let trie = parsesSpecials ? all : userDefined
        if trie.isEmpty { return text.isEmpty ? [] : [Fragment(range: 0..<text.count)] }
        var result: [Fragment] = []
        var start = 0, at = 0
        while at < text.count {
            guard trie.first(text[at]) != nil, let found = trie.longest(text, at, text.count) else { at += 1; continue }
            var end = at
            if trimsBefore.contains(found.value) { while end > start, Self.isSpace(text[end - 1]) { end -= 1 } }
            if end > start { result.append(Fragment(range: start..<end)) }
            result.append(Fragment(range: at..<found.end, token: found.value))
            at = found.end
            if trimsAfter.contains(found.value) { while at < text.count, Self.isSpace(text[at]) { at += 1 } }
            start = at
        }
        if start < text.count { result.append(Fragment(range: start..<text.count)) }
        return result
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}
