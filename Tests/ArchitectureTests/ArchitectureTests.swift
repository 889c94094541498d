import Core
import Foundation
import Support
import Testing

@Suite struct ArchitectureTests {
    let plan: FloorPlan
    let sources: [SourceFile]
    let everything: [SourceFile]

    /// Read once; every case of every test has a suite of its own.
    private static let everything = Result { try SourceFile.all(below: "Sources") + SourceFile.all(below: "Tests") }

    init() throws {
        plan = FloorPlan(manifest: TextDecoder.decode(try FileTree.read(Repository.path("Package.swift"))).text)
        everything = try Self.everything.get()
        sources = everything.filter { $0.path.hasPrefix("Sources/") }
    }

    @Test func importsFollowTheManifest() {
        #expect(plan.rooms.count >= 11)
        #expect(sources.flatMap(plan.violations).isEmpty)
    }

    /// The checker itself must be able to fail.
    @Test func anUndeclaredImportIsNoticed() {
        let plan = FloorPlan(rooms: [.init(name: "Labels", storey: "Base", imports: ["Core"], outside: [])])
        func violations(_ text: String) -> [String] { plan.violations(of: SourceFile(path: "Sources/Base/Labels/X.swift", text: text)) }
        #expect(violations("import Core\nimport Foundation\n").isEmpty)
        for line in ["import Workflows", "@testable import Store", "import struct GRDB.Row", "public import Detection"] {
            #expect(violations(line).count == 1, "\(line)")
        }
        #expect(plan.violations(of: SourceFile(path: "Sources/Base/Attic/X.swift", text: "")).count == 1)
    }

    /// Down the storeys, or to the right inside one; never up and never around.
    @Test func roomsImportDownwardsOnly() {
        let order = ["Base": 0, "Engine": 1, "Platform": 2, "Shield": 2, "Landing": 3, "House": 4]
        let storey = Dictionary(plan.rooms.map { ($0.name, order[$0.storey] ?? 9) }) { $1 }
        for room in plan.rooms {
            for needed in room.imports { #expect((storey[needed] ?? 0) <= (storey[room.name] ?? 0), "\(room.name) imports \(needed)") }
        }
        var done: Set<String> = ["CZlib", "CKernels", "CSandbox", "CPostgres"]
        var left = plan.rooms
        while let next = left.firstIndex(where: { $0.imports.isSubset(of: done) }) { done.insert(left.remove(at: next).name) }
        #expect(left.isEmpty, "a cycle among \(left.map(\.name))")
    }

    @Test func foldersAreTheRoomsOfTheManifestAndOfTheTable() throws {
        let table = TextDecoder.decode(try FileTree.read(Repository.path("docs/ARCHITECTURE.md"))).text
        let folders = Set(sources.map(\.room))
        #expect(folders.subtracting(["banyan"]) == Set(plan.rooms.map(\.name)))
        for room in plan.rooms {
            #expect(table.contains("| `\(room.name)` |"), "\(room.name) is not in the table of docs/ARCHITECTURE.md")
            #expect(sources.contains { $0.path.hasPrefix("Sources/\(room.storey)/\(room.name)/") })
            #expect(FileManager.default.fileExists(atPath: Repository.path("docs/rooms/\(room.name.lowercased()).md")), "docs/rooms/\(room.name.lowercased()).md is missing")
        }
    }

    /// What is fenced: a word of code, and the places where it may stand.
    static let fences: [(word: String, allowed: [String], why: String)] = [
        ("unsafe ", ["Sources/Base/Core/Inflater.swift", "Sources/Base/Core/TextDecoder.swift", "Sources/Base/Core/MappedFile.swift", "Sources/Base/Core/FileReader.swift", "Sources/Base/Store/DirectoryLock.swift", "Sources/Platform/Knowledge/ChildProcess.swift", "Sources/Base/Store/Postgres/PostgresConnection.swift", "Sources/House/Commands/Line/RawTerminal.swift", "Sources/Engine/", "Tests/KernelsTests/", "Tests/InferenceTests/"], "unsafe code is fenced"),
        ("sql:", ["Sources/Base/Store/", "Tests/StoreTests/", "Tests/ScanningTests/TableTests.swift"], "only Store speaks SQL"),
        (" print(", ["Sources/House/Commands/Terminal.swift", "Tests/"], "only the terminal prints"),
        (".environment[", ["Sources/House/Commands/", "Tests/"], "only Commands reads the environment"),
        ("try!", [], "errors are handled"), ("as!", [], "casts are checked"), ("fatalError(", [], "nothing traps on purpose"),
        ("nonisolated(unsafe)", [], "no unchecked globals"), ("@unchecked", ["Sources/Engine/Inference/Generation/Generator.swift"], "sendability is proved"), ("Date()", ["Sources/Base/Core/WallClock.swift", "Tests/"], "the clock is a parameter"),
        ("UUID()", ["Sources/Platform/Knowledge/ExternalTools.swift", "Tests/"], "ids are a parameter"), ("Application(", ["Sources/Landing/"], "only Landing opens sockets"),
    ]

    @Test(arguments: fences.indices)
    func fencesHold(index: Int) {
        let fence = Self.fences[index]
        for file in everything where !fence.allowed.contains(where: file.path.hasPrefix) && !file.path.hasPrefix("Tests/ArchitectureTests/") {
            for (number, line) in file.code.enumerated() where line.contains(fence.word) {
                Issue.record("\(file.path):\(number + 1): \(fence.word) (\(fence.why))")
            }
        }
    }

    @Test func fencesLookAtCodeOnly() {
        let file = SourceFile(path: "x", text: "let a = \"try! \\\" as!\" // print(\nlet b = \"\"\"\n    fatalError(\n    \"\"\"\nlet c = try! x()\n")
        #expect(file.code.joined().contains("try! x()"))
        #expect(!file.code.joined().contains("print(") && !file.code.joined().contains("fatalError(") && !file.code[0].contains("as!"))
    }

    @Test func publicDeclarationsAreDocumented() {
        let kinds = ["func", "init", "struct", "enum", "class", "protocol", "actor"]
        for file in sources {
            let lines = file.lines.map { $0.trimmingCharacters(in: .whitespaces) }
            for (index, line) in lines.enumerated() where line.hasPrefix("public ") {
                let words = line.split(whereSeparator: { " (<:".contains($0) }).map(String.init).filter { !["public", "static", "final", "mutating", "consuming", "indirect"].contains($0) }
                guard let kind = words.first, kinds.contains(kind) else { continue }
                // Conformances, memberwise initializers and operators say what they are.
                if ["init", "run"].contains(words.first ?? "") || ["run", "encode", "validate"].contains(words.dropFirst().first ?? "") || line.contains("func <") || line.contains("func ==") { continue }
                let above = lines[..<index].reversed().first { !$0.hasPrefix("@") } ?? ""
                #expect(above.hasPrefix("///") || above.hasPrefix("*/"), "\(file.path):\(index + 1): \(line.prefix(60))")
            }
        }
    }

    @Test func filesAreShort() {
        for file in sources { #expect(file.lines.count <= 260, "\(file.path) has \(file.lines.count) lines") }
    }

    @Test func everyRoomOpensWithAnEssay() {
        for room in plan.rooms {
            #expect(sources.contains { $0.room == room.name && $0.text.contains("/// # ") && $0.text.contains("Rejected") || $0.room == room.name && room.name == "Core" }, "\(room.name) has no essay")
        }
    }

    /// Marks of unfinished work, names of machines and of persons' folders have no place in the tree.
    @Test func noLeftovers() throws {
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "/ro" + "ot/", "/ho" + "me/", "/wo" + "rk/"]
        for folder in ["Sources", "Tests", "docs", "Benchmarks", "scripts", "Demos"] {
            for name in try FileTree.files(below: Repository.path(folder)) where !["png", "pdf", "docx", "gguf", "safetensors"].contains(name.split(separator: ".").last.map(String.init) ?? "") && !name.hasPrefix("Fixtures/") {
                let bytes = Data(try FileTree.read(Repository.path(folder + "/" + name)))
                for mark in marks { #expect(bytes.range(of: Data(mark.utf8)) == nil, "\(folder)/\(name) holds \(mark)") }
            }
        }
    }

    @Test func testsMirrorTheRooms() {
        let folders = Set(everything.filter { $0.path.hasPrefix("Tests/") }.compactMap { $0.path.split(separator: "/").dropFirst().first.map(String.init) })
        for room in plan.rooms where room.storey != "House" { #expect(folders.contains(room.name + "Tests"), "\(room.name) has no tests") }
    }
}
