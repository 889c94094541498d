// swift-tools-version: 6.2
// The manifest is the house's floor plan: one row a room, in the order of the storeys of docs/ARCHITECTURE.md.
// `imports` are rooms, `outside` are fenced dependencies; the architecture test holds every `import` line against this table.
import PackageDescription

let strict: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

enum Storey: String { case base = "Base", engine = "Engine", platform = "Platform", shield = "Shield", landing = "Landing", house = "House" }

enum Outside {
    case grdb, yams, hummingbird, httpTypes, logging, nioCore, nioPosix, nioHTTP, argumentParser, postgres, subprocess, system

    var dependency: Target.Dependency {
        switch self {
        case .grdb: .product(name: "GRDB", package: "GRDB.swift")
        case .yams: .product(name: "Yams", package: "Yams")
        case .hummingbird: .product(name: "Hummingbird", package: "hummingbird")
        case .httpTypes: .product(name: "HTTPTypes", package: "swift-http-types")
        case .logging: .product(name: "Logging", package: "swift-log")
        case .nioCore: .product(name: "NIOCore", package: "swift-nio")
        case .nioPosix: .product(name: "NIOPosix", package: "swift-nio")
        case .nioHTTP: .product(name: "NIOHTTP1", package: "swift-nio")
        case .subprocess: .product(name: "Subprocess", package: "swift-subprocess")
        case .system: .product(name: "SystemPackage", package: "swift-system")
        case .postgres: .target(name: "CPostgres", condition: .when(traits: ["Postgres"]))
        case .argumentParser: .product(name: "ArgumentParser", package: "swift-argument-parser")
        }
    }
}

/// `embeds` are files of the room that become byte arrays in the binary (`PackageResources`): one binary needs no folder beside it.
func room(_ name: String, _ storey: Storey, imports: [String] = [], outside: [Outside] = [], embeds: [String] = []) -> Target {
    .target(
        name: name, dependencies: imports.map { .byName(name: $0) } + outside.map(\.dependency),
        path: "Sources/\(storey.rawValue)/\(name)", resources: embeds.map { .embedInCode($0) }, swiftSettings: strict)
}

func tests(_ name: String, of rooms: [String], outside: [Outside] = []) -> Target {
    .testTarget(
        name: name, dependencies: (rooms + ["Support"]).map { .byName(name: $0) } + outside.map(\.dependency),
        path: "Tests/\(name)", swiftSettings: strict)
}

let platform = ["Catalog", "Knowledge", "Workflows"]
let shield = ["Detection", "Scanning", "Protection"]
let base = ["Core", "Labels", "Store"]

let package = Package(
    name: "banyan",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "banyan", targets: ["banyan"])],
    // `swift build --traits Postgres`: a PostgreSQL server may take the place of SQLite (needs libpq).
    traits: [.trait(name: "Postgres", description: "PostgreSQL as the journal of several workers")],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        // Without its default traits Hummingbird leaves swift-configuration and full Foundation out of the build.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        // Hummingbird's own vocabulary; nothing that it does not build anyway.
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
        // Subprocess's own vocabulary; nothing that it does not build anyway.
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
    ],
    targets: [
        // Base
        .systemLibrary(name: "CZlib", path: "Sources/Base/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CSandbox", path: "Sources/Base/CSandbox"),
        room("Core", .base, imports: ["CZlib"]),
        room("Labels", .base, imports: ["Core"]),
        .systemLibrary(name: "CPostgres", path: "Sources/Base/CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        room("Store", .base, imports: ["Core"], outside: [.grdb, .postgres]),
        // Engine
        .target(name: "CKernels", path: "Sources/Engine/CKernels", exclude: ["kernels.inc"]),
        room("Kernels", .engine, imports: ["CKernels", "Core"]),
        room("Tensors", .engine, imports: ["Kernels", "Core"]),
        room("Inference", .engine, imports: ["Kernels", "Core"]),
        room("Tuning", .engine, imports: ["Inference", "Tensors", "Kernels", "Core"]),
        // Platform
        room("Catalog", .platform, imports: ["Store", "Labels", "Core"]),
        room("Knowledge", .platform, imports: ["Store", "Labels", "Core"], outside: [.subprocess, .system]),
        room("Models", .platform, imports: ["Inference", "Kernels", "Store", "Core"]),
        room("Workflows", .platform, imports: ["Store", "Labels", "Core"], outside: [.yams]),
        room("Agents", .platform, imports: ["Workflows", "Store", "Labels", "Core"]),
        // Shield
        room("Detection", .shield, imports: ["Kernels", "Labels", "Core"]),
        room("Scanning", .shield, imports: ["Detection", "Kernels", "Workflows", "Store", "Labels", "Core"]),
        room(
            "Protection", .shield, imports: ["Detection", "Catalog", "Store", "Labels", "Core"], outside: [.yams],
            embeds: ["Standards/gbt-43697-2024.yaml", "Standards/public-data-l1-l4.yaml"]),
        room("Assessment", .shield, imports: ["Scanning", "Core"]),
        // Landing
        room("Traffic", .landing, imports: ["Core"], outside: [.nioCore, .nioPosix, .nioHTTP]),
        room("Gateway", .landing, imports: ["Models", "Inference", "Core"]),
        room("Console", .landing, imports: ["Gateway"] + platform + shield + base, outside: [.hummingbird, .httpTypes, .logging, .nioCore], embeds: ["Pages/run.js", "Pages/task.js"]),
        // House
        room("Nodes", .house, imports: ["Assessment", "Tuning", "Agents"] + platform + shield + base),
        room(
            "Demonstrations", .house, imports: ["Nodes"] + platform + shield + base, embeds: ["Government/hotline.yaml", "Government/ingest.yaml"]),
        room("Commands", .house, imports: ["CSandbox", "Demonstrations", "Nodes", "Agents", "Console", "Gateway", "Traffic", "Models", "Tuning", "Tensors", "Inference", "Kernels"] + platform + shield + base, outside: [.argumentParser]),
        .executableTarget(name: "banyan", dependencies: ["Commands"], path: "Sources/House/banyan", swiftSettings: strict),
        // Tests
        .target(name: "Support", dependencies: ["Core"], path: "Tests/Support", swiftSettings: strict),
        .target(name: "ModelSupport", dependencies: ["Inference", "Core", "Support"], path: "Tests/ModelSupport", swiftSettings: strict),
        tests("CoreTests", of: ["Core"]),
        tests("LabelsTests", of: ["Labels", "Core"]),
        .target(name: "StoreSupport", dependencies: ["Store", "Core", "Support"], path: "Tests/StoreSupport", swiftSettings: strict),
        tests("StoreTests", of: ["Store", "Core", "StoreSupport"], outside: [.grdb]),
        tests("KernelsTests", of: ["Kernels", "Core"]),
        .target(name: "Fuzzing", dependencies: ["Scanning", "Detection", "Inference", "Kernels", "Core", "Support"], path: "Tests/Fuzzing", swiftSettings: strict),
        .executableTarget(name: "fuzz-parsers", dependencies: ["Fuzzing", "Core", "Support"], path: "Tests/FuzzParsers", swiftSettings: strict),
        tests("TuningTests", of: ["Tuning", "Tensors", "Inference", "Kernels", "Core"]),
        tests("TensorsTests", of: ["Tensors", "Kernels", "Core"]),
        tests("InferenceTests", of: ["Inference", "Kernels", "Core", "Fuzzing"]),
        tests("ModelsTests", of: ["Models", "Inference", "Kernels", "Store", "Core"]),
        tests("GatewayTests", of: ["Gateway", "Models", "Inference", "Store", "Core", "ModelSupport"]),
        tests("TrafficTests", of: ["Traffic", "Core"], outside: [.nioCore, .nioPosix]),
        tests("CatalogTests", of: ["Catalog", "Store", "Labels", "Core"]),
        tests("KnowledgeTests", of: ["Knowledge", "Store", "Labels", "Core"]),
        .target(name: "FlowOracle", dependencies: ["Workflows", "Labels", "Core", "Support"], path: "Tests/FlowOracle", swiftSettings: strict),
        tests("WorkflowsTests", of: ["Workflows", "Store", "Labels", "Core", "FlowOracle", "StoreSupport"]),
        .executableTarget(name: "workflow-lab", dependencies: ["Agents", "Workflows", "Traffic", "Store", "Labels", "Core", "FlowOracle"], path: "Tests/WorkflowLab", swiftSettings: strict),
        tests("AgentsTests", of: ["Agents", "Workflows", "Store", "Labels", "Core"]),
        .executableTarget(name: "constraint-lab", dependencies: ["Inference", "Kernels", "Core", "Support", "ModelSupport"], path: "Tests/ConstraintLab", swiftSettings: strict),
        tests("DetectionTests", of: ["Detection", "Labels", "Core"]),
        tests("ScanningTests", of: ["Scanning", "Detection", "Workflows", "Store", "Labels", "Core"], outside: [.grdb]),
        tests("ProtectionTests", of: ["Protection", "Detection", "Catalog", "Store", "Labels", "Core"]),
        tests("AssessmentTests", of: ["Assessment", "Core"]),
        tests("ConsoleTests", of: ["Console"] + platform + shield + base, outside: [.nioCore, .nioPosix]),
        tests("NodesTests", of: ["Nodes", "Agents"] + platform + shield + base),
        tests("ContractTests", of: ["Demonstrations", "Nodes"] + platform + shield + base),
        tests("ArchitectureTests", of: ["Core"]),
        tests("HouseTests", of: ["Demonstrations", "Nodes", "Agents", "Commands", "Traffic", "Models", "Inference", "ModelSupport"] + platform + shield + base),
    ]
)
