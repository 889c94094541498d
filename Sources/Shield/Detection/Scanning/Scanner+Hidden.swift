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
        var compact: [UInt8] = []
        var (headed, hit) = (0, 0)
        for chain in Chains.find(in: view.bytes, words: places.words) {
            let count = chain.count
            guard decodedCount + count <= decodedCountMax else { return }
            // Cells and hits lie in order, as chains do but for words of letters before one.
            while hit < places.hits.count, Int(places.hits[hit].start) < chain.range.lowerBound { hit += 1 }
            while hit > 0, Int(places.hits[hit - 1].start) >= chain.range.lowerBound { hit -= 1 }
            while headed > 0, cells[headed - 1].range.lowerBound >= chain.range.lowerBound { headed -= 1 }
            while headed < cells.count, cells[headed].range.lowerBound < chain.range.lowerBound { headed += 1 }
            let isCell = headed < cells.count && cells[headed].range.lowerBound == chain.range.lowerBound
            let labeled = labels(before: chain.range.lowerBound, view, places, next: hit) ?? (isCell ? cells[headed].recognizers : nil)
            guard labeled != nil || count >= Chains.unlabeledMin else { continue }
            decodedCount += count
            compact.removeAll(keepingCapacity: true)
            for place in chain.range where Borders.isWord(view.bytes[place]) { compact.append(view.bytes[place]) }
            var joined: ScanView?
            session.words.matches(in: compact, from: 0, kind: WordKinds.kind(compact, 0..<count), countMax: Self.matchCountMax, into: &session.ends)
            for (pattern, end) in session.ends where end == count {
                let number = session.book.wordRules[Int(pattern)]
                guard session.book.after[Int(number)] == 0 else { continue }
                let isHeaded = labeled?.contains(Int32(session.book.rules[Int(number)].recognizer)) ?? false
                joined = joined ?? chain.view(of: view)
                if let joined { weigh(number, 0..<end, joined, places, isHeaded: isHeaded, context: (view, chain.range)) }
            }
            for recognizer in labeled ?? [] where !session.book.labelRules[Int(recognizer)].isEmpty {
                session.matchLabels(of: recognizer, in: compact, from: 0)
                for (pattern, end) in session.ends where end == count {
                    joined = joined ?? chain.view(of: view)
                    if let joined { weigh(session.book.labelRules[Int(recognizer)][Int(pattern)], 0..<end, joined, places, isLabeled: true, context: (view, chain.range)) }
                }
            }
        }
    }

    /// The recognizers of a label whose value begins at a place.
    /// - Parameter next: The first hit that begins there or later.
    private func labels(before place: Int, _ view: ScanView, _ places: ScanSession.Places, next: Int) -> [Int32]? {
        var index = next - 1
        var best: (end: Int, recognizers: [Int32])?
        while index >= 0, Int(places.hits[index].start) >= place - Connectors.countMax {
            defer { index -= 1 }
            let end = Int(places.hits[index].start + places.hits[index].length)
            guard end <= place, end > best?.end ?? 0, !places.isHidden[index] else { continue }
            let recognizers = session.book.labelOf[Int(places.hits[index].id)]
            guard !recognizers.isEmpty, Connectors.skip(view.bytes, from: end) == place else { continue }
            best = (end, recognizers)
        }
        return best?.recognizers
    }
}
