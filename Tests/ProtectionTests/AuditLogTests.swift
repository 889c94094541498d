import Core
import Labels
import Store
import Support
import Testing

@testable import Protection

@Suite struct AuditLogTests {
    let directory: TemporaryDirectory
    let store: Store
    let audit: AuditLog

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
        audit = AuditLog(store: store, clock: ManualWallClock())
    }

    /// A log of `count` rows and its anchor.
    static func chain(_ count: Int) -> (rows: [LedgerRow], anchor: AuditChain.Anchor) {
        var rows: [LedgerRow] = []
        for index in 0..<count { rows.append(AuditChain.row(after: rows.last, body: "{\"n\":\(index)}")) }
        return (rows, AuditChain.Anchor(sequence: count, hash: rows.last?.hash ?? AuditChain.origin))
    }

    private func broken(_ rows: [LedgerRow], _ anchor: AuditChain.Anchor?) -> Int? { AuditChain.verify(rows: rows, anchor: anchor).firstBroken }

    @Test func anUntouchedLogIsIntact() async throws {
        for index in 0..<5 { try await audit.record(AuditEntry(actor: "a", action: "grade", subject: "s\(index)", label: Label(.level3, [.contact]))) }
        #expect(try await audit.verify() == AuditVerification(rowCount: 5, firstBroken: nil, reason: nil))
        #expect(try await audit.newest(2).map(\.entry.subject) == ["s4", "s3"])
        #expect(try await audit.newest(1).first?.entry.label == Label(.level3, [.contact]))
    }

    @Test func anyAlteredFieldOfAnyRowIsNoticed() {
        let (rows, anchor) = Self.chain(12)
        #expect(broken(rows, anchor) == nil)
        for index in rows.indices {
            let row = rows[index]
            let altered = [
                LedgerRow(sequence: row.sequence, body: row.body + " ", previous: row.previous, hash: row.hash),
                LedgerRow(sequence: row.sequence + 100, body: row.body, previous: row.previous, hash: row.hash),
                LedgerRow(sequence: row.sequence, body: row.body, previous: String(row.previous.reversed()) + "0", hash: row.hash),
                LedgerRow(sequence: row.sequence, body: row.body, previous: row.previous, hash: String(row.hash.dropLast()) + (row.hash.hasSuffix("0") ? "1" : "0")),
                // A forger who also computes the row's own hash is caught by the next row, or by the anchor.
                LedgerRow(
                    sequence: row.sequence, body: "{\"n\":-1}", previous: row.previous,
                    hash: AuditChain.hash(sequence: row.sequence, previous: row.previous, body: "{\"n\":-1}")),
            ]
            for forged in altered {
                var changed = rows
                changed[index] = forged
                #expect(broken(changed, anchor) != nil)
            }
        }
    }

    @Test func anyRemovedRowIsNoticed() {
        let (rows, anchor) = Self.chain(12)
        for index in rows.indices {
            var changed = rows
            changed.remove(at: index)
            #expect(broken(changed, anchor) == index + 1)
        }
        #expect(broken([], anchor) == 1)
        // Also when the end is cut with its anchor left behind.
        #expect(broken(Array(rows.prefix(5)), anchor) == 6)
    }

    @Test func anyTwoExchangedRowsAreNoticed() {
        let (rows, anchor) = Self.chain(8)
        for first in rows.indices {
            for second in rows.indices where second > first {
                var changed = rows
                changed.swapAt(first, second)
                #expect(broken(changed, anchor) == first + 1)
                // Renumbered to look in order.
                let renumbered = changed.enumerated().map { LedgerRow(sequence: $0 + 1, body: $1.body, previous: $1.previous, hash: $1.hash) }
                #expect(broken(renumbered, anchor) != nil)
            }
        }
    }

    @Test func aRowAddedBehindTheAnchorIsNoticed() {
        let (rows, anchor) = Self.chain(3)
        #expect(broken(rows + [AuditChain.row(after: rows.last, body: "{}")], anchor) == 4)
        #expect(broken(rows, nil) == 1)
    }

    @Test func theStoredLogIsCheckedAcrossPages() async throws {
        let (rows, anchor) = Self.chain(2_500)
        let anchors = RecordCollection<AuditChain.Anchor>("audit-anchor")
        let forged = LedgerRow(sequence: 1_700, body: "{}", previous: rows[1_699].previous, hash: rows[1_699].hash)
        try await store.write { transaction in
            for row in rows { try transaction.addLedgerRow(row.sequence == 1_700 ? forged : row) }
            try transaction.put(anchor, as: "head", in: anchors)
        }
        let result = try await audit.verify()
        #expect(result.firstBroken == 1_700)
        #expect(result.reason == "the row was altered")
    }

    @Test func anEntryIsKeptOnlyWithItsTransaction() async throws {
        struct Refused: Error {}
        let audit = audit
        await #expect(throws: Refused.self) {
            try await store.write { transaction in
                try audit.record(AuditEntry(actor: "a", action: "b", subject: "c"), in: transaction)
                throw Refused()
            }
        }
        #expect(try await audit.verify().rowCount == 0)
    }
}

@Suite struct FindingRegisterTests {
    @Test func theNewestGradingOfASubjectCounts() async throws {
        let directory = try TemporaryDirectory()
        let store = try Store.open(at: directory.path)
        let register = FindingRegister(store: store)
        func record(_ subject: String, _ grade: Grade, _ counts: [String: Int], at: Double) async throws {
            let row = GradedSubject(subject: subject, run: nil, label: Label(grade), results: [], counts: counts, gradedAt: at)
            try await store.write { try register.record(row, in: $0) }
        }
        try await record("a", .level4, ["mobile": 2], at: 1)
        try await record("b", .level2, ["mobile": 1], at: 2)
        try await record("a", .level3, ["mobile": 5, "person": 1], at: 3)
        #expect(try await register.countsByGrade() == [.level3: 1, .level2: 1])
        #expect(try await register.countsByType() == ["mobile": 6, "person": 1])
        #expect(try await register.subjects().map(\.subject) == ["a", "b"])
        #expect(try await register.subjects(grade: .level2).map(\.subject) == ["b"])
    }
}
