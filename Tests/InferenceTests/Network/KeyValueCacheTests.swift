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

    @Test func droppedTokensGiveTheirPagesBackAndAreNeverKnown() throws {
        var cache = try cache(256)
        let free = cache.freePages
        let text = (0..<130).map(Int32.init)
        var sequence = cache.begin(prompt: text)
        var published = 0
        _ = cache.append(Array(text.prefix(125)), to: &sequence)
        cache.publish(&sequence, publishedTokens: &published)
        #expect(published == 64)
        // 125 right tokens, 8 guesses that fill the second page and begin a third, one of them right.
        #expect(cache.append([125, 9, 9, 9, 9, 9, 9, 9], to: &sequence) == 125)
        #expect(cache.freePages == free - 3)
        cache.truncate(&sequence, to: 126, publishedTokens: published)
        #expect(sequence.count == 126 && sequence.pages.count == 2 && cache.freePages == free - 2)
        cache.publish(&sequence, publishedTokens: &published)
        #expect(published == 64)
        #expect(cache.append([126, 127, 128], to: &sequence) == 126)
        cache.publish(&sequence, publishedTokens: &published)
        #expect(published == 128 && cache.begin(prompt: text).pages == Array(sequence.pages.prefix(2)))
        // Down to what is published, on a page's border; nothing to drop is no change.
        cache.truncate(&sequence, to: 128, publishedTokens: published)
        cache.truncate(&sequence, to: 128, publishedTokens: published)
        #expect(sequence.count == 128 && sequence.pages.count == 2)
    }
}
