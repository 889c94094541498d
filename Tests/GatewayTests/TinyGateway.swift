import Core
import ModelSupport
import Models
import Store
import Support

@testable import Gateway

/// A gateway over a tiny model of random weights, as tests of its surface ask it.
enum TinyGateway {
    static func open(in directory: TemporaryDirectory, context: Int, hasEncoder: Bool = false) async throws -> (gateway: Gateway, host: ModelHost) {
        let clock = ManualWallClock(), registry = ModelRegistry(store: try Store.open(at: directory.file("data")), clock: clock)
        try TinyModel.write(to: directory.file("tiny.gguf"))
        try await registry.add(directory.file("tiny.gguf"))
        if hasEncoder { try await registry.add(Repository.path("Tests/Fixtures/models/bert.gguf"), name: "encoder", isLeftInPlace: true) }
        let host = try ModelHost(registry: registry, limits: .init(byteCountMax: 64 << 20, threads: 2, context: context, slotCount: 4), clock: clock)
        return (Gateway(host: host, keys: GatewayKeys(hashes: []), clock: clock, ids: IdentifierSource(random: SeededRandom(seed: 4))), host)
    }
}
