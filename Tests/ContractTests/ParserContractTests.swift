import Core
import Knowledge
import Support
import Testing

/// What every document parser must keep: foreign bytes give a document or a fault of kind input, never a trap and never a hang.
@Suite struct ParserContractTests {
    static let parsers = DocumentParsers.all(tools: ExternalTools())
    static let ids = parsers.map(\.id)

    /// The tools that a parser needs may be absent here; then it must say so.
    static func isAcceptable(_ error: any Error) -> Bool {
        guard let fault = error as? Fault else { return false }
        return [.input, .missing, .cancelled].contains(fault.code.kind) && fault.remedy != nil
    }

    private func parser(_ id: String) throws -> any DocumentParser { try #require(Self.parsers.first { $0.id == id }) }

    @Test func idsAndExtensionsAreUnique() {
        #expect(Set(Self.ids).count == Self.ids.count)
        let extensions = Self.parsers.flatMap(\.fileExtensions)
        #expect(Set(extensions).count == extensions.count)
        #expect(extensions.allSatisfy { $0 == $0.lowercased() && !$0.hasPrefix(".") && !$0.isEmpty })
    }

    @Test(arguments: ids)
    func randomBytesAreReadOrRefused(id: String) async throws {
        let parser = try parser(id)
        let isExternal = ["pdf", "image"].contains(id)
        for seed in 0..<(isExternal ? 3 : 60) {
            var random = SeededRandom(seed: UInt64(seed))
            let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            await refusesOrReads(parser, bytes)
        }
    }

    @Test(arguments: ids)
    func damagedDocumentsAreReadOrRefused(id: String) async throws {
        let parser = try parser(id)
        let names = try FileTree.files(below: Repository.path("Demos/government/knowledge"))
        let name = try #require(names.first { name in parser.fileExtensions.contains(DocumentFile(name: name, bytes: []).fileExtension) })
        let whole = try FileTree.read(Repository.path("Demos/government/knowledge/" + name))
        let isExternal = ["pdf", "image"].contains(id)
        for seed in 0..<(isExternal ? 2 : 25) {
            var random = SeededRandom(seed: UInt64(seed))
            var bytes = Array(whole.prefix(Int.random(in: 0...whole.count, using: &random)))
            for _ in 0..<8 where !bytes.isEmpty { bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random) }
            await refusesOrReads(parser, bytes)
        }
    }

    private func refusesOrReads(_ parser: any DocumentParser, _ bytes: [UInt8]) async {
        do {
            let document = try await parser.parse(DocumentFile(name: "foreign." + (parser.fileExtensions.first ?? ""), bytes: bytes))
            #expect(document.blocks.allSatisfy { !$0.text.isEmpty })
        } catch {
            #expect(Self.isAcceptable(error), "\(type(of: error))")
        }
    }

    /// Markup nested without end must not exhaust the stack.
    @Test(arguments: ["<div>", "<ul><li>", "<table><tr><td>", "> ", "#", "\"", "[", "<w:p>", "<!--", "&"])
    func deepNestingIsHarmless(unit: String) async throws {
        let text = String(repeating: unit, count: 20_000)
        for parser in Self.parsers where !["pdf", "image"].contains(parser.id) {
            await refusesOrReads(parser, Array(text.utf8))
        }
        await refusesOrReads(try parser("word"), ZipBuilder([.init(stored: Array(text.utf8), name: "word/document.xml")]).bytes)
    }
}
