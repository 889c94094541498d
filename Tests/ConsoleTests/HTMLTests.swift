import Core
import Labels
import Testing

@testable import Console

@Suite struct HTMLTests {
    @Test func interpolatedTextIsEscapedAndMarkupIsNot() {
        let text = "<script>alert('\"&')</script>"
        let page: HTML = "<p title=\"\(text)\">\(text)</p>\("<b>x</b>" as HTML)\(5)"
        #expect(page.markup == "<p title=\"\(HTML.escaped(text))\">\(HTML.escaped(text))</p><b>x</b>5")
        #expect(HTML.escaped(text) == "&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;")
    }

    @Test(arguments: 0..<200)
    func escapedTextHoldsNothingThatMarkupIsMadeOf(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let alphabet: [Unicode.Scalar] = ["<", ">", "&", "\"", "'", "a", "榕", "\u{0}", "\u{1B}", "\n", ";", "#"]
        var view = String.UnicodeScalarView()
        for _ in 0..<20 { view.append(alphabet.randomElement(using: &random) ?? "x") }
        let escaped = HTML.escaped(String(view))
        #expect(!escaped.contains { "<>\"'".contains($0) })
        #expect(escaped.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
        let back = escaped.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&amp;", with: "&")
        #expect(back == String(view).replacing("\u{0}", with: "\u{FFFD}").replacing("\u{1B}", with: "\u{FFFD}"))
    }

    @Test func chartsSurviveEmptyAndZeroData() {
        for html in [Chart.bars([], title: "t"), Chart.bars([(name: "a", count: 0, tone: "tone-1")], title: "t"), Chart.shares([], title: "t"), Chart.columns([], title: "t")] {
            #expect(html.markup.contains("<svg") && html.markup.contains("</svg>"))
        }
    }

    @Test func everyPhraseHasBothLanguages() {
        for phrase in Phrase.allCases where phrase != .otherLanguage {
            let (zh, en) = (phrase.text(.zh), phrase.text(.en))
            #expect(zh.unicodeScalars.contains { $0.value > 0x2E80 }, "\(phrase) has no Chinese")
            #expect(!en.isEmpty && en != zh)
        }
    }

    @Test func searchTermsAreMarkedAndTheRestEscaped() {
        #expect(KnowledgePage.marked("a<医保>办理", terms: ["医保"]).markup == "a&lt;<mark>医保</mark>&gt;办理")
    }
}

@Suite struct FormDataTests {
    private func multipart(_ parts: [(headers: String, bytes: [UInt8])], boundary: String = "XYZ") -> (type: String, body: [UInt8]) {
        var body: [UInt8] = []
        for part in parts { body += Array("--\(boundary)\r\n\(part.headers)\r\n\r\n".utf8) + part.bytes + Array("\r\n".utf8) }
        return ("multipart/form-data; boundary=\(boundary)", body + Array("--\(boundary)--\r\n".utf8))
    }

    @Test func readsFieldsAndFiles() throws {
        let bytes: [UInt8] = [0, 13, 10, 45, 45, 88, 255]
        let (type, body) = multipart([
            (headers: "Content-Disposition: form-data; name=\"comment\"", bytes: Array("同意".utf8)),
            (headers: "Content-Disposition: form-data; name=\"files\"; filename=\"证明.png\"\r\nContent-Type: image/png", bytes: bytes),
            (headers: "Content-Disposition: form-data; name=\"files\"; filename=\"\"\r\nContent-Type: application/octet-stream", bytes: []),
        ])
        let form = try FormData(contentType: type, body: body)
        #expect(form.fields == ["comment": "同意"])
        #expect(form.files == [.init(field: "files", name: "证明.png", mediaType: "image/png", bytes: bytes)])
    }

    @Test func namesOfFilesLoseTheirPath() throws {
        let (type, body) = multipart([(headers: "Content-Disposition: form-data; name=\"f\"; filename=\"../../etc/pass\u{7}wd\"", bytes: [1])])
        #expect(try FormData(contentType: type, body: body).files.map(\.name) == ["passwd"])
    }

    @Test func urlEncodedFormsAreDecoded() throws {
        let form = try FormData(contentType: "application/x-www-form-urlencoded", body: Array("a=1+2&b=%E6%A6%95&a=3&c".utf8))
        #expect(form.fields == ["a": "3", "b": "榕", "c": ""])
    }

    @Test func boundsAreEnforced() {
        let many = (0...FormData.fileCountMax).map { (headers: "Content-Disposition: form-data; name=\"f\"; filename=\"\($0)\"", bytes: [UInt8(1)]) }
        let long = [(headers: "Content-Disposition: form-data; name=\"f\"", bytes: [UInt8](repeating: 65, count: FormData.fieldByteCountMax + 1))]
        for parts in [many, long] {
            let (type, body) = multipart(parts)
            #expect { try FormData(contentType: type, body: body) } throws: { ($0 as? Fault)?.code == .consoleForm }
        }
    }

    @Test(arguments: 0..<300)
    func anyBodyIsReadOrRefusedWithoutATrap(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let (type, whole) = multipart([(headers: "Content-Disposition: form-data; name=\"a\"; filename=\"b\"", bytes: [1, 2, 3]), (headers: "Content-Disposition: form-data; name=\"c\"", bytes: [4])])
        var body = whole
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            guard !body.isEmpty else { break }
            let index = Int.random(in: 0..<body.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: body[index] = UInt8.random(in: .min ... .max, using: &random)
            case 1: body.removeSubrange(index...)
            default: body.insert(contentsOf: Array("\r\n--XYZ".utf8), at: index)
            }
        }
        _ = try? FormData(contentType: type, body: body)
    }
}

@Suite struct SessionTableTests {
    let clock = ManualWallClock()
    let ids = IdentifierSource(random: SeededRandom(seed: 2))

    @Test func aOneTimeLinkWorksOnce() {
        let table = SessionTable(signIn: .oneTimeLink(token: "t"), ids: ids, clock: clock)
        #expect(table.signIn(token: "x") == nil)
        let session = table.signIn(token: "t")
        #expect(session?.user.name == "operator" && session?.user.clearance == .init(upTo: .level4))
        #expect(table.signIn(token: "t") == nil)
        #expect(table.session(session?.id) == session)
    }

    @Test func sessionsEndByTimeAndBySigningOut() throws {
        let users = [ConsoleUser(name: "li", tokenSHA256: SHA256.hex(Array("t".utf8)), clearance: .init(upTo: .level2))]
        let table = SessionTable(signIn: .tokens(users), ids: ids, clock: clock)
        let one = try #require(table.signIn(token: "t"))
        let two = try #require(table.signIn(token: "t"))
        #expect(one.id != two.id && one.formToken != two.formToken)
        table.signOut(one.id)
        #expect(table.session(one.id) == nil && table.session(two.id) != nil)
        clock.advance(by: SessionTable.lifetimeSeconds)
        #expect(table.session(two.id) == nil)
        #expect(table.session(nil) == nil)
    }

    @Test func guessingIsSlowedAndThenAllowedAgain() {
        let users = [ConsoleUser(name: "li", tokenSHA256: SHA256.hex(Array("t".utf8)), clearance: .init(upTo: .level2))]
        let table = SessionTable(signIn: .tokens(users), ids: ids, clock: clock)
        for index in 0..<SessionTable.failureCountMax { #expect(table.signIn(token: "x\(index)") == nil) }
        #expect(table.signIn(token: "t") == nil)
        clock.advance(by: 61)
        #expect(table.signIn(token: "t") != nil)
    }

    @Test func theNumberOfSessionsIsBounded() {
        let users = [ConsoleUser(name: "li", tokenSHA256: SHA256.hex(Array("t".utf8)), clearance: .init(upTo: .level2))]
        let table = SessionTable(signIn: .tokens(users), ids: ids, clock: clock)
        let sessions = (0...SessionTable.countMax).compactMap { _ in
            clock.advance(by: 1)
            return table.signIn(token: "t")
        }
        #expect(table.session(sessions.first?.id) == nil)
        #expect(table.session(sessions.last?.id) != nil)
    }
}
