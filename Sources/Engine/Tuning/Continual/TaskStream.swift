import Core
import Tensors

/// A source of texts with labels that is learned at its turn.
public struct TextTask: Sendable {
    public var name: String
    public var labels: [String]
    public var training: [LabeledText]
    public var heldOut: [LabeledText]

    public init(name: String, labels: [String], training: [LabeledText], heldOut: [LabeledText]) {
        (self.name, self.labels, self.training, self.heldOut) = (name, labels, training, heldOut)
    }
}

/// How a classifier keeps what it knows while it learns something else.
public enum ContinualMethod: String, Sendable, CaseIterable {
    /// Not at all: what forgetting is measured against.
    case plain
    /// A bounded sample of earlier texts is learned along (Chaudhry et al. 2019).
    case replay
    /// ``Consolidation``
    case ewc
    /// ``AdaptedClassifier``: a source can be withdrawn.
    case adapters
    /// All tasks at once: what continual learning is measured against.
    case joint
}

/// A classifier that learns tasks one after another, and is measured on all of them after each. A value that takes one step at a time, like ``Trainer``.
public struct TaskStream: Sendable {
    /// Numbers of the methods.
    public struct Options: Sendable, Hashable {
        public var method = ContinualMethod.replay
        public var bucketCount = 1 << 15
        public var width = 64
        /// Texts that replay keeps, of all tasks together.
        public var bufferCount = 4_000
        /// The share of old texts in what is learned.
        public var replayShare = 0.5
        /// How much consolidation counts against the loss.
        public var strength: Float = 100_000
        /// Texts that consolidation measures what a task depends on with.
        public var informationCount = 200
        /// Outputs that an adapter has; nil for an even share of the width.
        public var rank: Int?

        public init() {}
    }

    /// What a step did; tasks count from 0.
    public enum Event: Sendable {
        case trained(task: Int, step: Int, of: Int)
        /// A task is learned, and this is the share of right answers to each.
        case learned(task: Int, accuracies: [Double])
        case finished
    }

    public let options: Options
    public let plan: TrainingPlan
    public private(set) var matrix: TransferMatrix
    /// What methods other than adapters train.
    private var network: TextClassifier
    /// The adapters of what was learned so far, with that method only.
    public private(set) var stack: AdapterStack
    private let training: [[TextClassifier.Example]]
    private let heldOut: [[TextClassifier.Example]]
    private var buffer: ReplayBuffer<TextClassifier.Example>
    private var consolidation: Consolidation
    /// Sources that are passed by; their places stay empty.
    private let skipped: Set<String>
    private var task = 0
    private var whole: Trainer<ConsolidatedClassifier>?
    private var adapted: Trainer<AdaptedClassifier>?

    /// - Parameters:
    ///   - plan: of each task.
    ///   - skipped: tasks that are not learned, as if their turn had never come.
    /// - Throws: `tuning.data` for tasks without texts, of one name, or too many for the width; `kernels.memory`.
    public init(_ tasks: [TextTask], options: Options, plan: TrainingPlan, skipping skipped: Set<String> = [], in workspace: Workspace) throws {
        let heads = tasks.map { TextClassifier.Head(name: $0.name, labels: $0.labels) }
        guard !tasks.isEmpty, Set(tasks.map(\.name)).count == tasks.count, tasks.allSatisfy({ !$0.training.isEmpty && !$0.heldOut.isEmpty }) else {
            throw Fault(.trainingData, "a stream needs tasks with a name each and with texts to learn from and to measure with", remedy: "name tasks differently, and give each some texts")
        }
        let network = try TextClassifier(.init(bucketCount: options.bucketCount, width: options.width, heads: heads), in: workspace, seed: plan.seed)
        (self.options, self.plan, self.network, self.skipped) = (options, plan, network, skipped)
        training = try tasks.enumerated().map { index, task in try task.training.map { try network.example($0, head: index) } }
        let heldOut = try tasks.enumerated().map { index, task in try task.heldOut.map { try network.example($0, head: index) } }
        self.heldOut = heldOut
        // The base answers nothing, so that its head must not tell of a source.
        stack = AdapterStack(try TextClassifier(.init(bucketCount: options.bucketCount, width: options.width, heads: [.init(name: "base", labels: ["none"])]), in: workspace, seed: plan.seed))
        buffer = ReplayBuffer(countMax: options.bufferCount, seed: plan.seed)
        consolidation = Consolidation(strength: options.strength)
        matrix = TransferMatrix(tasks: tasks.map(\.name), untrained: try heldOut.map { try Self.accuracy(network, $0) })
        guard options.method != .adapters || rank * tasks.count <= options.width else {
            throw Fault(.trainingData, "\(tasks.count) adapters of the rank \(rank) do not fit the width \(options.width)", remedy: "use a smaller rank, fewer sources or a wider network")
        }
    }

    /// The network with all that was learned so far; with adapters their sum.
    ///
    /// - Throws: `tuning.data` before anything was learned through an adapter.
    public func result() throws -> TextClassifier { options.method == .adapters ? try stack.merged() : network }

    private var taskCount: Int { options.method == .joint ? 1 : training.count }
    private var rank: Int { max(1, options.rank ?? options.width / training.count) }

    /// Bytes that the method keeps beside the network: old texts, what they depend on, or adapters.
    public var keptByteCount: Int {
        switch options.method {
        case .plain, .joint: 0
        case .replay: buffer.elements.reduce(0) { $0 + 4 * ($1.bag.count + 2) }
        case .ewc: consolidation.byteCount
        case .adapters: stack.byteCount
        }
    }

    /// Takes the next step.
    ///
    /// - Throws: `tuning.not-finite`, `kernels.memory`.
    public mutating func next() throws -> Event {
        while task < taskCount {
            if skipped.contains(matrix.tasks[task]), options.method != .joint { return try end() }
            if whole == nil, adapted == nil { try begin() }
            if let event = try whole?.next() {
                if case .trained(let step, _, _) = event { return .trained(task: task, step: step, of: whole?.stepCount ?? step) }
                if case .finished = event { return try end() }
            } else if let event = try adapted?.next() {
                if case .trained(let step, _, _) = event { return .trained(task: task, step: step, of: adapted?.stepCount ?? step) }
                if case .finished = event { return try end() }
            }
        }
        return .finished
    }

    private mutating func begin() throws {
        var plan = plan
        plan.seed &+= UInt64(task) &* 0x9E37_79B9
        // A glance at what is held out shows whether a task is learned; nothing is chosen by it.
        let glance = Array((options.method == .joint ? heldOut.flatMap { $0.prefix(100) } : Array(heldOut[task].prefix(256))))
        guard options.method != .adapters else {
            let slot = task * rank..<(task + 1) * rank
            let network = try AdaptedClassifier(stack.base, head: self.network.shape.heads[task], slot: slot, seed: plan.seed)
            adapted = try Trainer(network, training: training[task], heldOut: glance, plan: plan)
            return
        }
        let examples = options.method == .joint ? training.flatMap { $0 } : options.method == .replay ? buffer.mixed(with: training[task], share: options.replayShare) : training[task]
        whole = try Trainer(ConsolidatedClassifier(network, options.method == .ewc ? consolidation : nil), training: examples, heldOut: glance, plan: plan)
    }

    /// Takes over what was learned, and measures.
    private mutating func end() throws -> Event {
        if let whole {
            network = whole.network.network
            if options.method == .replay { for example in training[task] { buffer.add(example) } }
            if options.method == .ewc { try hold() }
        }
        if let adapted { stack.add(adapted.network.adapter) }
        (whole, adapted) = (nil, nil)
        let row = try accuracies()
        matrix.add(row)
        task += 1
        return .learned(task: task - 1, accuracies: row)
    }

    private mutating func hold() throws {
        var random = SeededRandom(seed: plan.seed ^ UInt64(task))
        let examples = Array(training[task].shuffled(using: &random).prefix(options.informationCount))
        try consolidation.hold(network.parameters, information: Consolidation.information(of: network, examples: examples, using: &random))
    }

    private func accuracies() throws -> [Double] {
        guard options.method == .adapters else { return try heldOut.map { try Self.accuracy(network, $0) } }
        guard !stack.adapters.isEmpty else { return matrix.untrained }
        let merged = try stack.merged()
        // A source that has no adapter is answered as before it was learned.
        return try heldOut.indices.map { task in
            guard let head = merged.shape.heads.firstIndex(where: { $0.name == matrix.tasks[task] }) else { return matrix.untrained[task] }
            return try Self.accuracy(merged, heldOut[task].map { TextClassifier.Example(bag: $0.bag, head: head, label: $0.label) })
        }
    }

    private static func accuracy(_ network: TextClassifier, _ examples: [TextClassifier.Example]) throws -> Double {
        let correct = try stride(from: 0, to: examples.count, by: 256).reduce(0) { try $0 + network.evaluate(Array(examples[$1..<min(examples.count, $1 + 256)])).correct }
        return Double(correct) / Double(max(1, examples.count))
    }
}
