import Core

/// What a file is to hold: keys under the architecture's name, and tensors made of those of a checkpoint. A family fills it; every tensor's shape is checked on the way.
struct ConversionPlan {
    let checkpoint: Checkpoint
    /// The value of `general.architecture`, and what the family's keys begin with.
    let architecture: String
    private(set) var metadata: [(key: String, value: MetadataValue)] = []
    private(set) var tensors: [PlannedTensor] = []
    private var used: Set<String> = []

    init(_ checkpoint: Checkpoint, architecture: String) {
        self.checkpoint = checkpoint
        self.architecture = architecture
    }

    // MARK: Keys

    mutating func set(_ key: String, _ value: MetadataValue) { metadata.append(("\(architecture).\(key)", value)) }
    mutating func set(_ key: String, _ value: Int) { set(key, .uint(UInt64(max(0, value)))) }
    mutating func set(_ key: String, _ value: Double) { set(key, .float(value)) }

    // MARK: Tensors

    func has(_ name: String) -> Bool { checkpoint.tensors[name] != nil }

    /// A matrix [outputs x inputs], and its bias if there is one.
    ///
    /// - Parameters:
    ///   - name: in the file, without ending; `source` likewise in the checkpoint.
    ///   - interleavedHead: see ``PlannedTensor/interleavedHead``.
    ///   - keepsFloats: whether it is F32 whatever the checkpoint has: small and sensitive tables.
    mutating func matrix(
        _ name: String, from source: String, outputs: Int, inputs: Int, skippingRows: Int = 0, interleavedHead: Int? = nil, keepsFloats: Bool = false
    ) throws {
        let (piece, type) = try rows(source + ".weight", [skippingRows + outputs, inputs], skipping: skippingRows)
        tensors.append(
            PlannedTensor(
                name: name + ".weight", shape: [inputs, outputs], type: keepsFloats ? .f32 : type, content: .rows([piece]), interleavedHead: interleavedHead))
        if has(source + ".bias") { try vector(name + ".bias", from: source + ".bias", count: outputs, interleavedHead: interleavedHead) }
    }

    /// A vector; always F32.
    mutating func vector(_ name: String, from source: String, count: Int, shift: Float = 0, interleavedHead: Int? = nil) throws {
        let (piece, _) = try rows(source, [count], skipping: 0)
        tensors.append(PlannedTensor(name: name, shape: [count], type: .f32, content: .rows([piece]), interleavedHead: interleavedHead, shift: shift))
    }

    /// Matrices [outputs x inputs] of all experts, one behind another.
    mutating func stack(_ name: String, from sources: [String], outputs: Int, inputs: Int) throws {
        let pieces = try sources.map { try rows($0, [outputs, inputs], skipping: 0) }
        guard let type = pieces.first?.type else { return }
        let shape = [inputs, outputs, sources.count]
        tensors.append(PlannedTensor(name: name + ".weight", shape: shape, type: pieces.allSatisfy { $0.type == type } ? type : .f32, content: .rows(pieces.map(\.piece))))
    }

    /// Rows `part` of each expert's matrix in a tensor [experts, rows, inputs].
    mutating func slices(_ name: String, from source: String, experts: Int, rows count: Int, part: Range<Int>, inputs: Int) throws {
        let (piece, type) = try rows(source, [experts, count, inputs], skipping: 0)
        let pieces = (0..<experts).map { PlannedTensor.Piece(source: piece.source, rows: $0 * count + part.lowerBound..<$0 * count + part.upperBound) }
        tensors.append(PlannedTensor(name: name + ".weight", shape: [inputs, part.count, experts], type: type, content: .rows(pieces)))
    }

    /// Values that follow from the settings.
    mutating func values(_ name: String, _ values: [Float]) {
        tensors.append(PlannedTensor(name: name, shape: [values.count], type: .f32, content: .values(values)))
    }

    /// A tensor of the checkpoint as rows of its last dimension, the first `skipping` left out.
    private mutating func rows(_ name: String, _ shape: [Int], skipping: Int) throws -> (piece: PlannedTensor.Piece, type: TensorType) {
        guard let (source, info) = checkpoint.tensors[name] else {
            throw Fault(.modelDamaged, "the model's files have no tensor \(GGUFReader.quoted(name))", remedy: "get all files of the model; adapters alone are no model")
        }
        guard info.shape == shape else {
            throw Fault(
                .modelDamaged, "tensor \(GGUFReader.quoted(name)) has the shape \(info.shape); config.json asks for \(shape)",
                remedy: "get config.json and the weights from the same place")
        }
        guard let type = TensorStreamer.type(of: info) else {
            throw Fault(
                .modelUnsupported, "tensor \(GGUFReader.quoted(name)) holds whole numbers (\(info.type.rawValue)), as quantized checkpoints do",
                remedy: "get the model in F32, F16 or BF16, and quantize it here")
        }
        used.insert(name)
        let count = shape.count == 1 ? shape[0] : shape.dropLast().reduce(1, *)
        return (PlannedTensor.Piece(source: source, rows: skipping..<count), type)
    }

    // MARK: Nothing is left out

    /// Marks a tensor as one that the file does without.
    mutating func ignore(_ name: String) { used.insert(name) }

    /// Tensors that no computation of text needs: tables that can be computed, heads for training, the part that sees.
    private static let needless = [
        "rotary_emb.inv_freq", "attention.bias", "attention.masked_bias", "embeddings.position_ids", "pooler.", "cls.predictions", "cls.seq_relationship", "vision_tower.",
        "multi_modal_projector.", "vision_model.",
    ]

    /// - Throws: `inference.model-unsupported` naming a tensor that nothing uses: without it the model would give other numbers.
    func checkNothingIsLeft() throws {
        let left = checkpoint.tensors.keys.filter { name in !used.contains(name) && !Self.needless.contains { name.contains($0) } }
        guard let first = left.min() else { return }
        throw Fault(
            .modelUnsupported, "the model has \(left.count) tensors that the architecture \(architecture) does not use, such as \(GGUFReader.quoted(first))",
            remedy: "get the plain model: without adapters, quantization or a head for another task")
    }
}
