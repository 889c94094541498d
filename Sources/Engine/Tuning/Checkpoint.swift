import Core
import Inference
import Tensors

/// What a run leaves on disk: parameters, and for a run that is to go on all that its next step depends on.
public enum Checkpoint {
    /// Writes the parameters of a network, with texts about it.
    ///
    /// - Throws: `core.file`, `core.disk-full`. A file that is there is replaced only by a whole one.
    public static func write(_ names: [String], _ parameters: [Tensor], about metadata: [String: String], to path: String) throws {
        var writer = SafetensorsWriter()
        for (key, text) in metadata { writer.set(key, text) }
        for (name, tensor) in zip(names, parameters) { writer.add(name, shape: tensor.shape) { tensor.values } }
        try writer.write(to: path)
    }

    /// Reads parameters of the given names and shapes.
    ///
    /// - Throws: `inference.model-damaged`; `tuning.checkpoint` when the file belongs to another network.
    public static func parameters(_ names: [String], like parameters: [Tensor], from file: SafetensorsFile, prefix: String = "") throws -> [Tensor] {
        try zip(names, parameters).map { name, like in
            guard let tensor = file.tensors[prefix + name], tensor.shape == like.shape else {
                throw Fault(.checkpoint, "\(file.file.path) has no \(prefix + name) of the shape \(like.shape)", remedy: "use the file with the network that it was written for")
            }
            return try Tensor(try file.floats(of: prefix + name), shape: like.shape, in: like.workspace)
        }
    }
}

extension Trainer {
    /// What identifies a run: with another plan or other data it must not go on.
    private var identity: String { "\(plan) \(stepsPerEpoch) \(network.parameters.map(\.shape))" }

    /// Keeps the run.
    public func write(to path: String) throws {
        var names = network.parameterNames, tensors = network.parameters
        for (index, name) in network.parameterNames.enumerated() where optimizer.step > 0 {
            names += optimizer.moments[index].indices.map { "moment\($0).\(name)" }
            tensors += optimizer.moments[index]
        }
        if let average {
            names += network.parameterNames.map { "average.\($0)" }
            tensors += average.parameters
        }
        if let best {
            names += network.parameterNames.map { "best.\($0)" }
            tensors += best.parameters
        }
        let curve = points.map { JSONValue.array([.int($0.step), .double(Double($0.loss)), .double(Double($0.heldOutLoss)), .double($0.accuracy)]) }
        // Sums and rates must come back to the bit.
        let state: JSONValue = [
            "step": .int(step), "epoch_loss": .string(String(epochLoss.bitPattern)), "best": best.map { .string(String($0.accuracy.bitPattern)) } ?? .null, "points": .array(curve),
        ]
        try Checkpoint.write(names, tensors, about: ["banyan.run": state.text, "banyan.plan": identity], to: path)
    }

    /// Goes on where a kept run stopped: the steps that follow are those of an uninterrupted one, to the bit.
    ///
    /// - Throws: `tuning.checkpoint` when the run had another plan, data or network; `inference.model-damaged`.
    public mutating func resume(from path: String) throws {
        let file = try SafetensorsFile(path: path)
        func damaged() -> Fault { Fault(.checkpoint, "\(path) holds no run", remedy: "start the run anew") }
        guard let text = file.metadata["banyan.run"], let state = try? JSONValue(parsing: text), let step = state["step"]?.int, (0...stepCount).contains(step),
            let sum = state["epoch_loss"]?.string.flatMap(UInt64.init)
        else { throw damaged() }
        guard file.metadata["banyan.plan"] == identity else {
            throw Fault(.checkpoint, "\(path) was kept by a run with another plan, other data or another network", remedy: "give the same data and options, or another output")
        }
        let names = network.parameterNames
        let parameters = try Checkpoint.parameters(names, like: network.parameters, from: file).map { $0.parameter() }
        let kinds = step > 0 ? (0..<4).prefix { file.tensors["moment\($0).\(names.first ?? "")"] != nil } : []
        let moments = try kinds.map { try Checkpoint.parameters(names, like: network.parameters, from: file, prefix: "moment\($0).") }
        if let bits = state["best"]?.string.flatMap(UInt64.init) {
            best = (try Checkpoint.parameters(names, like: network.parameters, from: file, prefix: "best."), Double(bitPattern: bits))
        }
        if let decay = plan.averageDecay { average = ParameterAverage(of: try Checkpoint.parameters(names, like: network.parameters, from: file, prefix: "average."), decay: decay) }
        points = try (state["points"]?.array ?? []).map { point in
            guard let step = point[0]?.int, let loss = point[1]?.double, let heldOut = point[2]?.double, let accuracy = point[3]?.double else { throw damaged() }
            return Point(step: step, loss: Float(loss), heldOutLoss: Float(heldOut), accuracy: accuracy)
        }
        network.parameters = parameters
        optimizer = Optimizer(optimizer, step: step, moments: step > 0 ? names.indices.map { index in moments.map { $0[index] } } : [])
        (self.step, epochLoss) = (step, Double(bitPattern: sum))
    }
}
