import Core
import Testing

@testable import Commands

@Suite struct ExitStatusTests {
    @Test(arguments: Fault.Kind.allCases)
    func everyKindHasANonZeroStatus(kind: Fault.Kind) { #expect(ExitStatus(kind).status != 0) }

    @Test func loopbackIsRecognizedExactly() {
        for host in ["127.0.0.1", "127.8.9.1", "localhost", "::1"] { #expect(ServeCommand.isLoopback(host)) }
        for host in ["0.0.0.0", "127.0.0.1.example.com", "128.0.0.1", "::", "127.1", "10.0.0.1"] { #expect(!ServeCommand.isLoopback(host)) }
    }

    @Test func wideCharactersTakeTwoColumns() {
        #expect(Terminal.columns("abc") == 3)
        #expect(Terminal.columns("中文a") == 5)
        #expect(Terminal.table([["中", "x"], ["abcd", "y"]]) == "中    x\nabcd  y")
    }
}
