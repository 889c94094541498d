import Catalog
import Core
import Detection
import Labels
import Protection
import Store
import Support
import Synchronization
import Testing
import Workflows

@testable import Nodes

@Suite struct ShieldNodeTests {
    @Test func protectionMasksWhateverFindingsItIsGiven() async throws {
        let house = try NodeHouse()
        for findings: JSONValue in [.null, []] {
            let (output, label) = try await house.run("protect", ["text": "我的电话是13812345678", "findings": findings], label: Label(.level4, [.personal]))
            #expect(output["text"] == "我的电话是138******78" && output["replaced"] == 1)
            #expect(label == Label(.level2, [.personal]))
        }
        #expect(try await house.services.audit.verify().firstBroken == nil)
    }

    /// A field's name tells what a number is, numbers of JSON count as texts, and what is nested is reached.
    @Test func recordsAreMaskedInEveryField() async throws {
        let house = try NodeHouse()
        let records: JSONValue = [["phone": 13_812_345_678, "inner": ["list": ["电话13987654321", true]], "count": 7]]
        let masked = try await house.run("protect", ["records": records], label: Label(.level4)).output["records"] ?? .null
        #expect(masked == [["phone": "138******78", "inner": ["list": ["电话139******21", true]], "count": 7]])
        let found = try await house.run("detect", ["records": records]).output
        #expect(found["count"] == 2 && found["counts"] == ["mobile": 2])
        #expect(found["findings"]?[0]?["field"] == "inner.list.0" && found["findings"]?[0]?["start"] == 2)
    }

    @Test func namesOfFieldsThatAreSensitiveAreRefused() async throws {
        let house = try NodeHouse()
        #expect(await house.refusal("protect", ["records": [["13812345678": "x"]]])?.name == "protection.unprotectable")
    }

    @Test func findingsOfPeopleAreAddedAndMisplacedOnesRefused() async throws {
        let house = try NodeHouse()
        func finding(_ start: Int, _ end: Int, _ more: [String: JSONValue] = [:]) -> JSONValue {
            .object(["type": "person", "start": .int(start), "end": .int(end), "byteStart": 0, "byteEnd": 1].merging(more) { $1 })
        }
        #expect(try await house.run("protect", ["text": "王芳来过", "findings": [finding(0, 2)]]).output["text"] == "王*来过")
        // Overlaps with what the detector finds become one mask.
        #expect(try await house.run("protect", ["text": "电话13812345678号", "findings": [finding(0, 13)]]).output["replaced"] == 1)
        #expect(await house.refusal("protect", ["text": "短", "findings": [finding(0, 9)]])?.name == "protection.unprotectable")
        #expect(await house.refusal("protect", ["text": "短", "findings": [finding(0, 1, ["record": 0, "field": "a"])]])?.name == "protection.unprotectable")
        #expect(await house.refusal("protect", ["records": [["a": "x"]], "findings": [finding(0, 1, ["record": 5, "field": "a"])]])?.name == "protection.unprotectable")
        #expect(await house.refusal("protect", ["text": "短", "findings": ["x"]]) == .nodeInput)
    }

    /// Labels of texts stay where they belong when masks are longer or shorter than what they hide.
    @Test func spansMoveWithTheirText() async throws {
        let house = try NodeHouse()
        let id = "身份证号110101199003077811"
        let text = id + "的水泵停转"
        let start = id.unicodeScalars.count + 1
        let record: JSONValue = ["text": .string(text), "spans": [["start": .int(start), "end": .int(start + 2), "type": "device"]]]
        let masked = try await house.run("protect", ["records": [record]], label: Label(.level4)).output["records"]?[0] ?? .null
        let scalars = Array((masked["text"]?.string ?? "").unicodeScalars)
        let (from, to) = (masked["spans"]?[0]?["start"]?.int ?? 0, masked["spans"]?[0]?["end"]?.int ?? 0)
        #expect(masked["text"]?.string != text && from != start)
        #expect(String(String.UnicodeScalarView(scalars[from..<to])) == "水泵")
    }

    @Test func gradesAndScansTellNumbersOnly() async throws {
        let house = try NodeHouse()
        let findings = try await house.run("detect", ["text": "电话13812345678"]).output["findings"] ?? .null
        let graded = try await house.run("grade", ["findings": findings, "subject": "s"]).output
        #expect((graded["grade"]?.int ?? 0) >= 2 && graded["counts"] == ["mobile": 1])
        #expect(try await house.services.register.subjects().map(\.subject) == ["s"])
        let scanned = try await house.run("scan", ["path": "."]).output
        #expect(scanned["files"] == 4 && (scanned["findings"]?.int ?? 0) >= 3 && (scanned["highest"]?.int ?? 0) >= 3)
        #expect(!scanned.description.contains("138"))
    }

    @Test func onlyAllowedHostsAreAskedAndTheKeyGoesAlong() async throws {
        let house = try NodeHouse(allowedHosts: ["known.test:8080"])
        for url in ["http://other.test/", "http://known.test/", "http://known.test.other.test:8080/"] { #expect(await house.refusal("http", ["url": .string(url)]) == .nodeHost) }
        #expect(house.transport.requests.withLock { $0.isEmpty })
        let output = try await house.run("http", ["url": "http://known.test:8080/a", "method": "post", "body": "{}"]).output
        #expect(output["status"] == 200 && output["ok"] == true)
        #expect(house.transport.requests.withLock { $0[0].headers.contains { $0.name == "Idempotency-Key" && $0.value == "run-1/s" } })
        house.transport.status.withLock { $0 = 404 }
        #expect(try await house.run("http", ["url": "http://known.test:8080/a"]).output["ok"] == false)
        house.transport.status.withLock { $0 = 503 }
        #expect(await house.refusal("http", ["url": "http://known.test:8080/a"]) == .nodeAnswer)
        #expect(await house.refusal("http", ["url": "http://known.test:8080/a", "contentType": "a\r\nX: y"]) == .nodeInput)
    }

    @Test func noticesAreSingleLinesAndWaitInTheOutbox() async throws {
        let house = try NodeHouse()
        let id = try await house.run("notify", ["to": "a@example.org", "title": "好", "text": "一\n二"]).output["id"]?.string ?? ""
        #expect(try await Outbox(store: house.store).waiting().map(\.id) == [id])
        #expect(try await Outbox(store: house.store).deliver(by: [OutboxTests.Carrier("one")], clock: house.clock) == (1, 0))
        #expect(try await Outbox(store: house.store).waiting().isEmpty)
        #expect(await house.refusal("notify", ["to": "a@example.org\nBcc: b", "title": "x", "text": "y"]) == .nodeInput)
    }
}
