import Catalog
import Core
import Labels
import Store
import Support
import Testing

@Suite struct CatalogTests {
    let directory: TemporaryDirectory
    let store: Store
    let clock = ManualWallClock()
    let catalog: Catalog

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store.open(at: directory.path)
        catalog = Catalog(store: store, clock: clock, ids: IdentifierSource(random: SeededRandom(seed: 1)))
    }

    private func add(_ text: String, of asset: String, from origins: [String] = [], label: Label = Label(.level3)) async throws -> AssetVersion {
        clock.advance(by: 1)
        return try await catalog.addVersion(of: asset, bytes: Array(text.utf8), mediaType: "text/plain", label: label, derivedFrom: origins, madeBy: "run-1")
    }

    @Test func theSameBytesAreTheSameVersion() async throws {
        let one = try await add("x", of: "request/1")
        let two = try await add("x", of: "request/1")
        #expect(one == two)
        _ = try await add("y", of: "request/1")
        #expect(try await catalog.versions(of: "request/1").count == 2)
        #expect(try await catalog.counts() == (assets: 1, versions: 2))
    }

    @Test func aNewLabelKeepsTheOldOneInItsHistory() async throws {
        _ = try await add("x", of: "a", label: Label(.level4, [.personal]))
        let changed = try await add("x", of: "a", label: Label(.level2))
        #expect(changed.label == Label(.level2))
        #expect(changed.labelHistory.map(\.from) == [Label(.level4, [.personal])])
        #expect(changed.labelHistory.map(\.to) == [Label(.level2)])
    }

    @Test func lineageIsWalkedBothWays() async throws {
        let raw = try await add("raw", of: "raw")
        let masked = try await add("masked", of: "masked", from: [raw.id])
        let other = try await add("other", of: "other")
        let trained = try await add("model", of: "model", from: [masked.id, other.id])
        #expect(Set(try await catalog.origins(of: trained.id).map(\.from)) == [masked.id, other.id, raw.id])
        #expect(Set(try await catalog.derivatives(of: raw.id).map(\.to)) == [masked.id, trained.id])
        #expect(try await catalog.derivatives(of: trained.id).isEmpty)
    }

    @Test func keysThatBeginAlikeAreNotMixedUp() async throws {
        let one = try await add("1", of: "request/1")
        let ten = try await add("10", of: "request/10")
        _ = try await add("m", of: "m", from: [ten.id])
        #expect(try await catalog.derivatives(of: one.id).isEmpty)
        #expect(try await catalog.versions(of: "request/1").map(\.id) == [one.id])
    }

    @Test func anUnknownOriginIsRefusedAndNothingIsKept() async throws {
        await #expect { _ = try await add("x", of: "a", from: ["nothing@0"]) } throws: { ($0 as? Fault)?.code == .versionUnknown }
        #expect(try await catalog.versions(of: "a").isEmpty)
    }

    @Test func destroyingRemovesTheBytesAndKeepsTheTombstone() async throws {
        let version = try await add("x", of: "a")
        try await catalog.destroy(version.id)
        #expect(!store.blobs.contains(version.blob))
        let left = try await catalog.versions(of: "a")
        #expect(left.count == 1 && left[0].destroyedAt != nil)
    }

    @Test func bytesThatAnotherVersionHoldsStay() async throws {
        let one = try await add("same", of: "a")
        let two = try await add("same", of: "b")
        try await catalog.destroy(one.id)
        #expect(store.blobs.contains(two.blob))
        try await catalog.destroy(two.id)
        #expect(!store.blobs.contains(two.blob))
        await #expect(throws: Fault.self) { try await catalog.destroy("nothing@0") }
    }

    @Test func sourcesAreListed() async throws {
        try await catalog.addSource("hotline", title: "12345")
        try await catalog.addSource("hotline", title: "12345 hotline")
        #expect(try await catalog.sources().map(\.title) == ["12345 hotline"])
    }
}
