/// A set of byte strings with values, for finding all that begin at one place of a text. Children of a node lie side by side, in the order of their bytes.
struct ByteTrie: Sendable {
    /// Longer strings are not taken: a hostile one would make every search walk it in vain. Real tokens have up to about 200 bytes.
    static let byteCountMax = 1024

    private var firstChildren: [Int32] = [0]
    private var childCounts: [UInt16] = [0]
    private var nodeBytes: [UInt8] = [0]
    private var values: [Int32] = [-1]
    private var roots: [Int32] = Array(repeating: -1, count: 256)

    /// Of equal strings the first one's value counts; empty ones are left out.
    init(_ entries: [(bytes: [UInt8], value: Int32)]) {
        let taken = entries.filter { !$0.bytes.isEmpty && $0.bytes.count <= Self.byteCountMax }
        let order = taken.indices.sorted { left, right in
            let (a, b) = (taken[left].bytes, taken[right].bytes)
            return a == b ? left < right : a.lexicographicallyPrecedes(b)
        }
        build(order.map { taken[$0] })
        for child in children(0) { roots[Int(nodeBytes[child])] = Int32(child) }
    }

    /// Breadth first, so that siblings become neighbors: a task is a node, the entries below it and its depth.
    private mutating func build(_ sorted: [(bytes: [UInt8], value: Int32)]) {
        var tasks = [(node: 0, entries: 0..<sorted.count, depth: 0)], done = 0
        while done < tasks.count {
            let task = tasks[done]
            done += 1
            if done == 1 << 16 { (tasks, done) = (Array(tasks[done...]), 0) }
            firstChildren[task.node] = Int32(nodeBytes.count)
            var at = task.entries.lowerBound
            while at < task.entries.upperBound {
                guard sorted[at].bytes.count > task.depth else {
                    if values[task.node] < 0 { values[task.node] = sorted[at].value }
                    at += 1
                    continue
                }
                let byte = sorted[at].bytes[task.depth], first = at
                while at < task.entries.upperBound, sorted[at].bytes[task.depth] == byte { at += 1 }
                tasks.append((node: nodeBytes.count, entries: first..<at, depth: task.depth + 1))
                childCounts[task.node] += 1
                nodeBytes.append(byte)
                firstChildren.append(0)
                childCounts.append(0)
                values.append(-1)
            }
        }
    }

    var isEmpty: Bool { nodeBytes.count == 1 }

    private func children(_ node: Int) -> Range<Int> { Int(firstChildren[node])..<Int(firstChildren[node]) + Int(childCounts[node]) }

    /// The node for the first byte of a string; nil if none begins so.
    @inline(__always)
    func first(_ byte: UInt8) -> Int? {
        let node = roots[Int(byte)]
        return node < 0 ? nil : Int(node)
    }

    /// The node one byte further; nil if no string goes on so.
    @inline(__always)
    func next(_ node: Int, _ byte: UInt8) -> Int? {
        var low = Int(firstChildren[node]), high = low + Int(childCounts[node])
        let end = high
        while low < high {
            let middle = (low + high) / 2
            if nodeBytes[middle] < byte { low = middle + 1 } else { high = middle }
        }
        return low < end && nodeBytes[low] == byte ? low : nil
    }

    /// The value of the string that ends at a node; negative if none does.
    @inline(__always)
    func value(_ node: Int) -> Int32 { values[node] }

    /// The longest string that begins at `start`: its value and its end.
    func longest(_ text: [UInt8], _ start: Int, _ limit: Int) -> (value: Int32, end: Int)? {
        guard start < limit, var node = first(text[start]) else { return nil }
        var found: (value: Int32, end: Int)?
        var at = start + 1
        while true {
            if values[node] >= 0 { found = (values[node], at) }
            guard at < limit, let child = next(node, text[at]) else { return found }
            node = child
            at += 1
        }
    }
}
