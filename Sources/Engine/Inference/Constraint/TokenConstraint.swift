import Core
import Synchronization

/// A grammar over the tokens of one vocabulary. Shared by all answers under it; what was found once is remembered, within bounds.
public final class TokenConstraint: Sendable {
    /// Where an answer stands. Small: the stacks of the grammar, usually a few dozen numbers.
    public struct State: Sendable {
        fileprivate var generation: Int
        fileprivate var number: Int32
        fileprivate var stacks: [Int32]
        fileprivate var canEnd: Bool
    }

    private struct Memory {
        var automaton: GrammarAutomaton
        /// Masks by state; and those of short tokens by the state that stands for all that no short token tells apart.
        var masks = MaskMemory(countMax: maskCountMax)
        var shortMasks = MaskMemory(countMax: maskCountMax)
        var generation = 0
        var walkedCount = 0
    }

    /// Masks that are kept; a mask is a bit for each token.
    static let maskCountMax = 256
    /// Places that one mask may visit: some seconds. Beyond, the grammar is refused.
    static let visitCountMax = 1 << 23

    let trie: TokenTrie
    private let memory: Mutex<Memory>

    public init(_ grammar: Grammar, _ trie: TokenTrie) {
        self.trie = trie
        memory = Mutex(Memory(automaton: GrammarAutomaton(grammar.program)))
    }

    /// Places of the vocabulary's trees that were walked through so far: what masks cost.
    var walkedCount: Int { memory.withLock { $0.walkedCount } }
    /// Masks that are held now.
    var maskCount: Int { memory.withLock { $0.masks.count + $0.shortMasks.count } }

    /// Before the first token.
    public var start: State {
        memory.withLock { memory in
            let number = memory.automaton.start, written = memory.automaton.written(number)
            return State(generation: memory.generation, number: number, stacks: written.stacks, canEnd: written.canEnd)
        }
    }

    /// The tokens that may follow.
    /// - Throws: `inference.grammar-stuck` when finding them costs more than the bound.
    func mask(_ state: State) throws -> TokenMask {
        try memory.withLock { memory in
            if memory.automaton.isFull {
                memory.automaton.forget()
                memory.masks.forget()
                memory.shortMasks.forget()
                memory.generation += 1
            }
            let number = Self.number(state, &memory)
            if let known = memory.masks.find(number) { return known }
            let common = memory.automaton.common(number), limit = memory.automaton.visitCount + Self.visitCountMax
            var mask: TokenMask
            if let known = memory.shortMasks.find(common) {
                mask = known
            } else {
                mask = try short(common, &memory, limit)
                memory.shortMasks.keep(mask, for: common)
            }
            try Self.walk(trie.long, number, &memory, limit, &mask)
            mask.canEnd = memory.automaton.canEnd(number)
            memory.masks.keep(mask, for: number)
            return mask
        }
    }

    /// The short tokens that may follow. In a run of free characters those made of such characters fit by their length alone, and only what else others have is read.
    private func short(_ state: Int32, _ memory: inout Memory, _ limit: Int) throws -> TokenMask {
        for (number, slice) in trie.slices.enumerated() {
            guard let run = memory.automaton.run(state, of: slice.bytes, number: number, most: TokenTrie.shortCountMax, limit: limit) else { continue }
            var mask = slice.upTo[run.isEndless ? TokenTrie.shortCountMax : run.states.count - 1]
            for (count, tree) in slice.rest.enumerated() {
                guard let state = run.state(count) else { break }
                try Self.walk(tree, state, &memory, limit, &mask)
            }
            return mask
        }
        var mask = TokenMask(words: Array(repeating: 0, count: (trie.tokenCount + 63) / 64))
        try Self.walk(trie.short, state, &memory, limit, &mask)
        return mask
    }

    /// How many tokens may follow, and whether the text may end.
    /// - Throws: `inference.grammar-stuck` when finding them costs more than the bound.
    public func following(_ state: State) throws -> (count: Int, mayEnd: Bool) {
        let mask = try mask(state)
        return (mask.count, mask.canEnd)
    }

    /// Takes a token; false, and no other state, if it does not fit.
    @discardableResult
    public func advance(_ state: inout State, _ token: Int32) -> Bool {
        guard trie.spellings.indices.contains(Int(token)) else { return false }
        let bytes = trie.spellings[Int(token)]
        guard !bytes.isEmpty else { return false }
        return memory.withLock { memory in
            var number = Self.number(state, &memory)
            for byte in bytes { number = memory.automaton.next(number, byte) }
            guard number >= 0 else { return false }
            let written = memory.automaton.written(number)
            state = State(generation: memory.generation, number: number, stacks: written.stacks, canEnd: written.canEnd)
            return true
        }
    }

    /// Whether the text may end, and whether it must.
    public func end(_ state: State) -> (may: Bool, must: Bool) { (state.canEnd, state.stacks.isEmpty) }

    /// Tokens that spell what must follow in any case. They are a guess of how the model would cut it into tokens, no more.
    func forced(_ state: State, count: Int) -> [Int32] {
        guard count > 0 else { return [] }
        let text = memory.withLock { memory in
            let number = Self.number(state, &memory)
            return memory.automaton.forced(number, count: 16 * count)
        }
        return trie.tokens(spelling: text, count: count)
    }

    private static func number(_ state: State, _ memory: inout Memory) -> Int32 {
        state.generation == memory.generation ? state.number : memory.automaton.state(of: state.stacks, canEnd: state.canEnd)
    }

    /// Goes through the tree of tokens and the automaton at once; a branch whose first byte does not fit is passed over whole.
    private static func walk(_ tree: TokenBranches, _ state: Int32, _ memory: inout Memory, _ limit: Int, _ mask: inout TokenMask) throws {
        guard !tree.bytes.isEmpty else { return }
        var states = [Int32](repeating: -1, count: tree.depthMax + 1)
        states[0] = state
        var place = 0, walked = 0
        defer { memory.walkedCount += walked }
        while place < tree.bytes.count {
            walked += 1
            let depth = Int(tree.depths[place])
            let next = memory.automaton.next(states[depth - 1], tree.bytes[place])
            guard next >= 0 else {
                place = Int(tree.ends[place])
                continue
            }
            states[depth] = next
            for index in Int(tree.tokenStarts[place])..<Int(tree.tokenStarts[place + 1]) {
                let token = Int(tree.tokens[index])
                mask.words[token >> 6] |= 1 << UInt64(token & 63)
                mask.count += 1
            }
            place += 1
            guard memory.automaton.visitCount < limit else { throw Fault(.grammarStuck, "finding the next token costs more than the grammar's bound", remedy: "make the grammar less ambiguous: let alternatives begin differently") }
        }
    }
}

/// The constraints of one model: its trie is made when the first is asked for, and those asked for last are kept.
public final class ConstraintShelf: Sendable {
    /// Grammars that are kept.
    public static let countMax = 8

    private struct Shelf {
        var trie: TokenTrie?
        var constraints: [(grammar: Grammar, constraint: TokenConstraint)] = []
    }

    private let tokenizer: any Tokenizer
    private let shelf = Mutex(Shelf())

    public init(_ tokenizer: any Tokenizer) { self.tokenizer = tokenizer }

    /// The constraint for a grammar; the same one for the same grammar.
    public func constraint(for grammar: Grammar) -> TokenConstraint {
        shelf.withLock { shelf in
            if let place = shelf.constraints.firstIndex(where: { $0.grammar == grammar }) {
                let found = shelf.constraints.remove(at: place)
                shelf.constraints.append(found)
                return found.constraint
            }
            let trie = shelf.trie ?? TokenTrie(tokenizer)
            shelf.trie = trie
            let constraint = TokenConstraint(grammar, trie)
            shelf.constraints.append((grammar, constraint))
            if shelf.constraints.count > Self.countMax { shelf.constraints.removeFirst() }
            return constraint
        }
    }
}
