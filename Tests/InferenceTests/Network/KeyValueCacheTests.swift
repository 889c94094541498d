import Core
import Testing

@testable import Inference

@Suite struct KeyValueCacheTests {
    private func cache(_ tokens: Int = 640) throws -> KeyValueCache { try KeyValueCache(layers: [(heads: 1, headWidth: 16)], tokens: tokens) }

    @Test func equalBeginningsShareWholePages() throws {
        var cache = try cache()
        let text = (0..<200).map(Int32.init)
        var one = cache.begin(prompt: text)
        #expect(one.count == 0)
        var published = 0
        _ = cache.append(text, to: &one)
        cache.publish(&one, publishedTokens: &published)
        #expect(published == 192)
        let two = cache.begin(prompt: text)
        #expect(two.count == 192 && two.pages == Array(one.pages.prefix(3)))
        let other = cache.begin(prompt: Array(text.prefix(100)) + [7, 7, 7] + Array(text.prefix(100)))
        #expect(other.count == 64)
        #expect(cache.begin(prompt: [9] + text).count == 0)
    }

    @Test func theLastTokenOfAPromptIsLeftToCompute() throws {
        var cache = try cache()
        let text = (0..<128).map(Int32.init)
        var one = cache.begin(prompt: text)
        var published = 0
        _ = cache.append(text, to: &one)
        cache.publish(&one, publishedTokens: &published)
        #expect(cache.begin(prompt: text).count == 64)
    }

    @Test func sharedPagesOutliveTheirFirstUserAndUnusedOnesMakeRoom() throws {
        var cache = try cache(256)
        let text = (0..<130).map(Int32.init)
        var one = cache.begin(prompt: text)
        var published = 0
        _ = cache.append(text, to: &one)
        cache.publish(&one, publishedTokens: &published)
        cache.end(one)
        let again = cache.begin(prompt: text)
        #expect(again.count == 128)
        cache.end(again)
        // Something larger takes all pages; the known ones are forgotten.
        var large = cache.begin(prompt: [])
        #expect(cache.append([Int32](repeating: 1, count: 300), to: &large) != nil)
        #expect(cache.begin(prompt: text).count == 0)
    }

    @Test func noRoomIsSaidAndNothingIsTaken() throws {
        var cache = try cache(64)
        var sequence = cache.begin(prompt: [])
        let free = cache.freePages
        #expect(cache.append([Int32](repeating: 1, count: 64 * (free + 1)), to: &sequence) == nil)
        #expect(cache.freePages == free && sequence.count == 0)
    }
}
