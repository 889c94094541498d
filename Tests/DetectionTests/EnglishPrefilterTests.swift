import Testing

@testable import Detection

/// Lines that name somebody or something must pass; the everyday lines that make most of a stream's bytes must not.
@Suite struct EnglishPrefilterTests {
    private func isWorth(_ text: String) -> Bool { EnglishPrefilter.isWorthTagging(Array(text.utf8)[...]) }

    @Test(arguments: [
        "Please call Marta about the order.", "Marta called.", "marta said that Jörg is late", "Dear Mr. Okafor,", "Ólafur", "Γιώργος",
        "we flew to Porto", "12 Elm Street", "Rua do Sol 163", "JANE DOE, 12 ELM STREET",
        "my name is jane", "She turned 41 years old", "a 41-year-old driver", "it opened in 1977", "J. Smith", "O'Brien signed it", "McGregor won",
        "Nguyễn Văn An", "Order for: Anna-Lena",
        "they are Norwegian", "the 第一 report of Hansen", "Jean-Luc's bag",
    ])
    func whatNamesSomebodyPasses(text: String) { #expect(isWorth(text)) }

    @Test(arguments: [
        "", "   ", "Please call me back.", "The price is lower than last year.", "How do I reset my password?",
        "I can't open the file, what should I do?", "Click Save to continue.", "ERROR failed to open /var/log/syslog",
        "2024-05-01 12:00:01,123 INFO worker_7 finished in 12 ms", "GET /index.html HTTP/1.1 200 1043",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0", "{\"userName\": null, \"id\": 17}",
        "let value = getValue(fromIndex: 3)", "java.lang.NullPointerException: null", "你好，世界。今天天气很好。", "id=4711;state=open",
        "9f86d081884c7d659a2feaa0c55ad015", "Don't do that!", "We've sent it on Monday.", "0x00 0xff", "\u{1F600}\u{1F600}",
    ])
    func whatNamesNobodyDoesNot(text: String) { #expect(!isWorth(text)) }

    /// Cut anywhere, also within a letter, it must answer and read nothing beyond its piece.
    @Test func piecesOfAnyBytesAreAnswered() {
        let bytes = Array("Ólafur, Nguyễn 你好 \u{1F600} O'Brien's É. 41 yo in 1977".utf8) + [0xE1, 0xC3, 0xF0, 0xFF, 0x80]
        for start in bytes.indices { for end in start...bytes.count {
            let part = bytes[start..<end]
            #expect(EnglishPrefilter.isWorthTagging(part) == EnglishPrefilter.isWorthTagging(Array(part)[...]))
        } }
    }

    /// Keys of five bits a letter hold a word only if it is short enough.
    @Test func listedWordsFitTheirKeys() {
        for word in EnglishWords.everyday.split(whereSeparator: \.isWhitespace) {
            #expect(word.utf8.count <= EnglishPrefilter.wordMax && word.utf8.allSatisfy { (0x61...0x7A).contains($0) }, "\(word)")
        }
    }
}
