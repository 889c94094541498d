import Core
import Testing

@testable import Workflows

@Suite struct TaskFormTests {
    static let sound = TaskAnswer.Attachment(name: "a.wav", mediaType: "audio/wav", blob: String(repeating: "a", count: 64), byteCount: 9)
    static let definition: JSONValue = [
        ["id": "note", "title": ["zh": "说明", "en": "Note"], "required": true, "most": 10], ["id": "amount", "type": "number", "least": 0, "most": 100, "value": 5],
        ["id": "kind", "type": "choice", "options": ["a", "b"]], ["id": "kinds", "type": "choice", "options": ["a", "b", "c"], "many": true],
        ["id": "rows", "type": "table", "columns": ["item", ["id": "count", "type": "number"], ["id": "unit", "type": "choice", "options": ["kg", "t"]]], "value": [["item": "rice", "count": 2]]],
        ["id": "boxes", "type": "image", "media": "image", "labels": ["stamp", "name"], "value": [["label": "stamp", "x": 1, "y": 2, "w": 3, "h": 4]]],
        ["id": "heard", "type": "audio", "media": "sound"], ["id": "spoken", "type": "recording"], ["id": "files", "type": "files", "most": 2], ["id": "long", "type": "long-text"],
        ["id": "read", "type": "document", "text": "榕树"],
    ]

    static func form(_ json: JSONValue = definition) throws -> TaskForm {
        try TaskForm(json: json) { named in
            named == "image" ? (.init(name: "p.png", mediaType: "image/png", blob: "b", byteCount: 1), Media.png(width: 100, height: 50)) : (sound, Media.wav)
        }
    }

    @Test func whatFitsIsKeptAndWhatIsLeftOutStaysAsItStood() throws {
        let kept = try Self.form().checked(["note": "好", "kinds": ["c", "a"], "boxes": [["label": "name", "x": 0.04, "y": 0, "w": 100, "h": 49.96]], "spoken": Self.sound.json])
        #expect(kept["note"] == "好" && kept["amount"] == 5 && kept["kinds"] == ["a", "c"] && kept["rows"] == [["item": "rice", "count": 2]])
        #expect(kept["boxes"] == [["label": "name", "x": 0, "y": 0, "w": 100, "h": 50]])
        #expect(kept["kind"] == nil && kept["heard"] == nil && kept["read"] == nil)
    }

    @Test func checkingTwiceChangesNothingMore() throws {
        let form = try Self.form()
        let once = try form.checked(["note": "x", "amount": nil, "rows": []])
        #expect(try form.checked(once) == once)
        #expect(once["amount"] == .null && once["rows"] == [])
    }

    static let wrong: [(field: String, value: JSONValue)] = [
        ("note", ""), ("note", 5), ("note", "12345678901"), ("note", "a\nb"), ("amount", 101), ("amount", -1), ("amount", "5"), ("kind", "c"), ("kind", ["a"]), ("kinds", ["a", "a"]), ("kinds", ["d"]),
        ("kinds", "a"), ("rows", "x"), ("rows", [["item": 5]]), ("rows", [["count": "2"]]), ("rows", [["unit": "g"]]), ("rows", [["other": 1]]), ("rows", .array(Array(repeating: [:], count: 501))),
        ("boxes", [["label": "name", "x": 90, "y": 0, "w": 11, "h": 5]]), ("boxes", [["label": "name", "x": -1, "y": 0, "w": 11, "h": 5]]), ("boxes", [["label": "name", "x": 1, "y": 0, "w": 0, "h": 5]]),
        ("boxes", [["label": "other", "x": 1, "y": 0, "w": 1, "h": 5]]), ("boxes", [["label": "name", "x": 1]]), ("boxes", .array(Array(repeating: ["label": "name", "x": 0, "y": 0, "w": 1, "h": 1], count: 501))),
        ("boxes", [["label": "name", "x": 1e300, "y": 0, "w": 1, "h": 1]]), ("spoken", "x"), ("files", [["blob": "x"]]), ("heard", "x"), ("nothing", "x"), ("long", .string(String(repeating: "x", count: 50_001))),
    ]

    @Test(arguments: wrong.indices)
    func whatDoesNotFitIsRefusedByFieldAndNeverQuoted(index: Int) throws {
        let (field, value) = Self.wrong[index]
        #expect { try Self.form().checked(["note": "x"].merging([field: value]) { $1 }) } throws: { error in
            guard let fault = error as? Fault, fault.code == .taskAnswer else { return false }
            return fault.message.contains(field) || ["nothing", "heard"].contains(field)
        }
    }

    @Test func whoReturnsATaskNeedNotFillItIn() throws {
        #expect(try Self.form().checked([:], isComplete: false)["note"] == nil)
        #expect { try Self.form().checked([:]) } throws: { ($0 as? Fault)?.message.contains("note must be filled in") == true }
    }

    @Test func malformedFormsAreRefused() {
        let bad: [JSONValue] = [
            "x", [["id": "a b"]], [["id": "a", "type": "video"]], [["id": "a"], ["id": "a"]], [["id": "a", "type": "choice"]], [["id": "a", "type": "table"]], [["id": "a", "type": "image"]],
            [["id": "a", "type": "image", "media": "sound"]], [["id": "a", "type": "audio", "media": "image"]], [["id": "a", "type": "document"]], [["id": "a", "colour": 1]],
            [["id": "a", "type": "number", "value": "x"]], [["id": "a", "type": "choice", "options": ["x", "x"]]], [["id": "a", "type": "table", "columns": [["id": "c", "type": "image"]]]],
            .array((0..<41).map { ["id": .string("f\($0)")] }),
        ]
        for json in bad { #expect(throws: Fault.self) { try Self.form(json) } }
    }
}
