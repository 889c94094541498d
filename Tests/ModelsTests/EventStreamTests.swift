import Core
import Testing

@testable import Models

/// Server-sent events and the machine above them, fed bytes.
@Suite struct EventStreamTests {
    private func events(_ text: String, cutEvery count: Int = .max) throws -> [String] {
        var parser = EventStreamParser()
        let bytes = Array(text.utf8)
        let pieces = stride(from: 0, to: bytes.count, by: min(count, max(1, bytes.count))).map { Array(bytes[$0..<min(bytes.count, $0 + min(count, bytes.count))]) }
        return try pieces.flatMap { try parser.feed($0) }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The standard's own rules: comments, fields without a value, line ends of three kinds, a mark at the beginning.
    @Test(arguments: [1, 2, 3, 7, 1000]) func eventsAreTheSameHoweverTheBytesAreCut(size: Int) throws {
        let text = "\u{FEFF}data: one\n\n: comment\nevent: x\nid: 5\ndata:two\r\ndata: 三\r\n\r\ndata\rdata:  x\r\rretry: 3\n\ndata: last without end"
        #expect(try events(text, cutEvery: size) == ["one", "two\n三", "\n x"])
    }

    @Test func randomCutsChangeNothing() throws {
        var random = SeededRandom(seed: 11)
        let whole = (0..<50).map { "data: event \($0) 榕\(["\n\n", "\r\n\r\n", "\r\r"][$0 % 3])" }.joined()
        let expected = try events(whole)
        #expect(expected.count == 50)
        for _ in 0..<20 {
            var parser = EventStreamParser()
            var (found, rest) = ([String](), Array(whole.utf8)[...])
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...40, using: &random))
                rest = rest.dropFirst(piece.count)
                found += try parser.feed(Array(piece)).map { String(decoding: $0, as: UTF8.self) }
            }
            #expect(found == expected)
        }
    }

    @Test func anEventWithoutEndIsBounded() {
        var parser = EventStreamParser(byteCountMax: 100)
        #expect(throws: Fault.self) { _ = try parser.feed(Array("data: \(String(repeating: "x", count: 200))".utf8)) }
        var lines = EventStreamParser(byteCountMax: 100)
        #expect(throws: Fault.self) { for _ in 0..<100 { _ = try lines.feed(Array("data: more\n".utf8)) } }
    }

    @Test func aStreamIsOverOnlyWhenTheRemoteSaysSo() throws {
        var state = RemoteStreamState()
        #expect(try state.feed(Array("data: {\"a\":1}\n\ndata: {\"a\":".utf8)) == [["a": 1]])
        #expect(throws: Fault.self) { try state.end() }
        #expect(try state.feed(Array("2}\n\ndata: [DONE]\n\ndata: {\"a\":3}\n\n".utf8)) == [["a": 2]])
        #expect(state.isDone)
        try state.end()
    }

    @Test(arguments: ["data: nonsense\n\n", "data: [1]\n\n", "data: {\"error\":{\"message\":\"x\"}}\n\n", "data: \u{FFFD}{\n\n"])
    func whatIsNoAnswerIsAFailure(text: String) {
        var state = RemoteStreamState()
        #expect { _ = try state.feed(Array(text.utf8)) } throws: { ($0 as? Fault)?.code == .remote }
    }
}
