import Core

/// Where the steps of one body stand: layers from what they need, the bodies inside them laid out first.
///
/// Layers are longest paths, edges that pass a layer have a place in it, and within a layer all stand by the mean place of what they need, the definition's order deciding between equals (after Sugiyama, Tagawa and Toda 1981, with one sweep). Rejected:
/// sweeps until nothing crosses, which for the few branches of real definitions changes little and moves everything when a step is added.
struct GraphLayout: Sendable {
    /// What stands in a layer: a step, or an edge that passes on its way from a step to one further down.
    enum Item: Hashable, Sendable {
        case node(Int)
        case lane(from: Int, layer: Int)

        var rank: (layer: Int, from: Int) { if case .lane(let from, let layer) = self { (layer, from) } else { (0, 0) } }
    }

    static let (boxWidth, boxHeight, gapX, gapY, margin) = (168.0, 46.0, 24.0, 40.0, 20.0)
    /// Of a body inside a step: around it, and for its title.
    static let (padding, titleHeight) = (12.0, 18.0)
    /// Lanes of a picture; with more, edges go straight.
    static let laneCountMax = 4_096

    let body: GraphBody
    /// The layouts of the bodies inside each step.
    let inner: [[GraphLayout]]
    private(set) var layers: [Int]
    /// Middles of what stands in layers, from the middle.
    private(set) var places: [Item: Double] = [:]
    /// Lanes by what leads through them.
    private(set) var lanes: [Item: GraphBody.Edge] = [:]
    /// Upper edges of layers, and how high the highest of each is.
    private(set) var tops: [Double] = []
    private(set) var heights: [Double] = []

    init(_ body: GraphBody) {
        self.body = body
        inner = body.nodes.map { $0.groups.map { GraphLayout($0.body) } }
        layers = [Int](repeating: 0, count: body.nodes.count)
        layOut()
    }

    func width(of node: Int) -> Double {
        let groups = inner[node]
        guard !groups.isEmpty else { return Self.boxWidth }
        return max(Self.boxWidth, groups.reduce(Self.padding) { $0 + max($1.width, 60) + Self.padding })
    }

    func height(of node: Int) -> Double {
        guard let highest = inner[node].map(\.height).max() else { return Self.boxHeight }
        return Self.boxHeight + Self.titleHeight + highest + Self.padding
    }

    private func width(of item: Item) -> Double { if case .node(let node) = item { width(of: node) } else { 4 } }

    /// Reckoned once: those around ask again and again.
    private(set) var left = 0.0
    private(set) var width = 0.0
    var height: Double { (tops.last ?? 0) + (heights.last ?? 0) }

    /// Where an edge from a step leaves the layer above another.
    func above(_ from: Int, _ layer: Int) -> Item { layers[from] >= layer - 1 || lanes.isEmpty ? .node(from) : .lane(from: from, layer: layer - 1) }

    /// Steps by layers, a cycle's where the definition has them; edges that pass a layer have lanes in it, one for all that come from one step, so that none crosses a box.
    private mutating func layOut() {
        let nodes = body.nodes
        guard !nodes.isEmpty else { return }
        var needs = [[Int]](repeating: [], count: nodes.count)
        for edge in body.edges { needs[edge.to].append(edge.from) }
        // What is not the workflow's input stands below it.
        let hasInput = nodes[0].shape.isEmpty
        for node in body.order where !(hasInput && node == 0) { layers[node] = (needs[node].map { layers[$0] }.max() ?? (hasInput ? 0 : -1)) + 1 }
        for edge in body.edges where layers[edge.to] > layers[edge.from] + 1 {
            for layer in layers[edge.from] + 1..<layers[edge.to] where lanes.count <= Self.laneCountMax {
                let lane = Item.lane(from: edge.from, layer: layer)
                lanes[lane] = Self.stronger(lanes[lane], edge.how)
            }
        }
        // So many would show nothing, and a graph is drawn for a page.
        if lanes.count > Self.laneCountMax { lanes = [:] }
        var members = [[Item]](repeating: [], count: (layers.max() ?? 0) + 1)
        for node in nodes.indices { members[layers[node]].append(.node(node)) }
        for lane in lanes.keys.sorted(by: { $0.rank < $1.rank }) { members[lane.rank.layer].append(lane) }
        var top = 0.0
        for layer in members.indices {
            let wanted = members[layer].map { item -> Double in
                let above: [Item] = if case .node(let number) = item { needs[number].map { self.above($0, layer) } } else { [self.above(item.rank.from, layer)] }
                return above.isEmpty ? 0 : above.reduce(0) { $0 + (places[$1] ?? 0) } / Double(above.count)
            }
            let sorted = zip(members[layer], wanted).enumerated().sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map(\.element.0)
            let width = sorted.reduce(-Self.gapX) { $0 + self.width(of: $1) + Self.gapX }
            // Centered, so that branches lie on both sides of what they come from.
            var place = -width / 2
            for item in sorted {
                places[item] = place + self.width(of: item) / 2
                place += self.width(of: item) + Self.gapX
            }
            let height = members[layer].map { if case .node(let node) = $0 { self.height(of: node) } else { 0.0 } }.max() ?? 0
            tops.append(top)
            heights.append(height)
            top += height + Self.gapY
        }
        left = places.map { $0.value - width(of: $0.key) / 2 }.min() ?? 0
        width = (places.map { $0.value + width(of: $0.key) / 2 }.max() ?? 0) - left
    }

    private static func stronger(_ known: GraphBody.Edge?, _ other: GraphBody.Edge) -> GraphBody.Edge { known == .value || other == .value ? .value : known == .condition || other == .condition ? .condition : .order }
}
