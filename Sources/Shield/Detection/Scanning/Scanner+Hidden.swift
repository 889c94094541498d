import Kernels

/// What stands behind escapes, encodings and separators.
extension Scanner {
    mutating func scanMarks(_ view: ScanView, _ places: ScanSession.Places, _ cells: [TableLabels.Cell]) {
        var covered = 0
        for mark in places.marks {
            let place = Int(mark.place)
            if mark.kind == .at {
                for rule in session.book.atRules { weigh(rule, place..<place + 1, view, places) }
                continue
            }
            guard place >= covered, view.depth < Self.depthMax else { continue }
            let part = Self.surroundings(view.bytes, place, from: covered)
            covered = part.upperBound
            guard decodedCount + part.count <= decodedCountMax, let unfolded = Unfolding.unfold(view, part) else { continue }
            decodedCount += part.count
            scan(unfolded, heads: cells.compactMap { unfolded.heads($0, of: view) })
        }
    }

    /// The line around a place and the one before it, which may hold its label: 256 bytes back and 4,096 on at most; runs of marks are taken together.
    private static func surroundings(_ bytes: [UInt8], _ place: Int, from least: Int) -> Range<Int> {
        var start = place
        var lines = 0
        while start > 0, place - start < 256 {
            if bytes[start - 1] == 10 { lines += 1 }
            if lines > 1 { break }
            start -= 1
        }
        while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        var end = place
        while end < bytes.count, end - place < 4_096, bytes[end] != 10 { end += 1 }
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return start..<end
    }

    mutating func scanRuns(_ view: ScanView, _ cells: [TableLabels.Cell]) {
        for run in ByteScan.runs(in: view.bytes, least: 16, countMax: max(64, view.bytes.count / 64)) {
            for decoded in Encodings.decode(view, run.range) {
                guard decodedCount + decoded.bytes.count <= decodedCountMax else { return }
                decodedCount += decoded.bytes.count
                scan(decoded)
            }
        }
    }

    mutating func scanChains(_ view: ScanView, _ places: ScanSession.Places, _ cells: [TableLabels.Cell]) {
        for chain in Chains.find(in: view, words: places.words) {
            let count = chain.count
            guard decodedCount + count <= decodedCountMax else { return }
            let labeled = labels(before: chain.range.lowerBound, view, places) ?? cells.first { $0.range.lowerBound == chain.range.lowerBound }?.recognizers
            guard labeled != nil || count >= Chains.unlabeledMin else { continue }
            decodedCount += count
            let joined = chain.view(of: view)
            session.words.matches(in: joined.bytes, from: 0, countMax: Self.matchCountMax, into: &session.ends)
            for (pattern, end) in session.ends where end == count {
                let number = session.book.wordRules[Int(pattern)]
                let isHeaded = labeled?.contains(Int32(session.book.rules[Int(number)].recognizer)) ?? false
                weigh(number, 0..<end, joined, places, isHeaded: isHeaded, context: (view, chain.range))
            }
            for recognizer in labeled ?? [] where !session.book.labelRules[Int(recognizer)].isEmpty {
                session.labels[Int(recognizer)].matches(in: joined.bytes, from: 0, countMax: Self.matchCountMax, into: &session.ends)
                for (pattern, end) in session.ends where end == count {
                    weigh(session.book.labelRules[Int(recognizer)][Int(pattern)], 0..<end, joined, places, isLabeled: true, context: (view, chain.range))
                }
            }
        }
    }

    /// The recognizers of a label whose value begins at a place.
    private func labels(before place: Int, _ view: ScanView, _ places: ScanSession.Places) -> [Int32]? {
        var index = Self.firstHit(places.hits, from: place) - 1
        var best: (end: Int, recognizers: [Int32])?
        while index >= 0, Int(places.hits[index].start) >= place - Connectors.countMax {
            defer { index -= 1 }
            let end = Int(places.hits[index].start + places.hits[index].length)
            let recognizers = session.book.uses[Int(places.hits[index].id)].labelOf
            guard end <= place, !recognizers.isEmpty, !places.isHidden[index], end > best?.end ?? 0, Connectors.skip(view.bytes, from: end) == place else { continue }
            best = (end, recognizers)
        }
        return best?.recognizers
    }
}
