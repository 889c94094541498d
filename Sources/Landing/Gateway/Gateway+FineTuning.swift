import Core
import Models

/// OpenAI's jobs of fine-tuning.
extension Gateway {
    /// Answers requests below `/v1/fine_tuning/jobs`.
    func fineTuning(_ request: GatewayRequest, _ parts: ArraySlice<String>, _ queue: FineTuneQueue) async throws -> GatewayAnswer {
        let query = QueryReader(request.query)
        let id = parts.first ?? ""
        switch (request.method, parts.count, parts.count == 2 ? parts.last : nil) {
        case ("POST", 0, _): return .json(FineTuneJSON.job(try await create(RequestReader(request.body), queue)))
        case ("GET", 0, _):
            let page = try await queue.jobs(after: query["after"], limit: try query.integer("limit", 1...100, default: 20), metadata: query.members(of: "metadata"))
            return .json(FineTuneJSON.list(page.elements.map(FineTuneJSON.job), page.hasMore))
        case ("GET", 1, _): return .json(FineTuneJSON.job(try await queue.job(id)))
        case ("POST", 2, "cancel"): return .json(FineTuneJSON.job(try await queue.cancel(id)))
        case ("GET", 2, "events"):
            let page = try await queue.log(of: id, after: query["after"], limit: try query.integer("limit", 1...100, default: 20))
            return .json(FineTuneJSON.list(page.elements.map(FineTuneJSON.entry), page.hasMore))
        case ("GET", 2, "checkpoints"):
            let page = try await queue.checkpoints(of: id, after: query["after"], limit: try query.integer("limit", 1...100, default: 10))
            return .json(FineTuneJSON.list(page.elements.map(FineTuneJSON.checkpoint), page.hasMore))
        default: throw Self.unknown(request)
        }
    }

    private func create(_ reader: RequestReader, _ queue: FineTuneQueue) async throws -> FineTuneJob {
        let spec = try reader.fineTuneSpec(defaultSeed: Int(clock.now) & 0x7FFF_FFFF)
        if try await host.registry.findRemote(spec.model) != nil { throw APIError.invalid("\(spec.model) is run by another server and cannot be trained here", parameter: "model") }
        guard try await host.registry.record(spec.model).task == .chat else { throw APIError.invalid("\(spec.model) is an encoder; only language models can be trained", parameter: "model") }
        for (name, id) in [("training_file", spec.trainingFile), ("validation_file", spec.validationFile ?? "")] where !id.isEmpty {
            guard let file = try? await queue.files.file(id), file.purpose == .fineTune else {
                throw APIError(status: 400, type: "invalid_request_error", code: "invalid_file", parameter: name, message: "\(name) names no file that was uploaded with the purpose fine-tune")
            }
        }
        return try await queue.create(spec)
    }

    static func unknown(_ request: GatewayRequest) -> APIError {
        APIError(status: 404, type: "invalid_request_error", code: "unknown_url", parameter: nil, message: "unknown request URL: \(request.method) \(request.path)")
    }
}

extension RequestReader {
    /// What is to be learned.
    func fineTuneSpec(defaultSeed: Int) throws -> FineTuneSpec {
        guard let file = json["training_file"]?.string, !file.isEmpty else { throw APIError.invalid("you must provide a training_file", parameter: "training_file") }
        var spec = FineTuneSpec(model: try model, trainingFile: file, seed: try integer("seed", 0...2_147_483_647) ?? defaultSeed)
        spec.validationFile = try text("validation_file", byteCountMax: 128)
        spec.suffix = try text("suffix", byteCountMax: 64)
        if let suffix = spec.suffix, !suffix.utf8.allSatisfy({ $0 < 0x80 && (UnicodeScalar($0).properties.isAlphabetic || UnicodeScalar($0).properties.numericType != nil || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E) }) {
            throw APIError.invalid("suffix may have letters, digits, '-', '_' and '.'", parameter: "suffix")
        }
        if let some = json["integrations"]?.array, !some.isEmpty {
            throw APIError(status: 400, type: "invalid_request_error", code: "unsupported_parameter", parameter: "integrations", message: "integrations: this server sends nothing to others")
        }
        spec.metadata = try metadata
        var parameters = json["hyperparameters"]
        if let method = json["method"], method != .null {
            guard let type = method["type"]?.string.flatMap(FineTuneSpec.Method.init) else { throw APIError.invalid("method.type must be supervised or dpo", parameter: "method") }
            spec.method = type
            parameters = method[type.rawValue]?["hyperparameters"] ?? parameters
        }
        try read(parameters, into: &spec)
        return spec
    }

    private func read(_ parameters: JSONValue?, into spec: inout FineTuneSpec) throws {
        func value(_ name: String, _ range: ClosedRange<Double>) throws -> Double? {
            guard let value = parameters?[name], value != .null, value != "auto" else { return nil }
            guard let number = value.double, range.contains(number) else { throw APIError.invalid("\(name) must be \"auto\" or a number from \(range.lowerBound) to \(range.upperBound)", parameter: "hyperparameters") }
            return number
        }
        func whole(_ name: String, _ range: ClosedRange<Double>) throws -> Int? {
            guard let number = try value(name, range) else { return nil }
            guard let whole = Int(exactly: number) else { throw APIError.invalid("\(name) must be \"auto\" or an integer", parameter: "hyperparameters") }
            return whole
        }
        spec.epochs = try whole("n_epochs", 1...50)
        spec.batch = try whole("batch_size", 1...256)
        spec.rateMultiplier = try value("learning_rate_multiplier", 0.001...100)
        if spec.method == .dpo { spec.beta = try value("beta", 0.0001...2) }
    }

    private func text(_ name: String, byteCountMax: Int) throws -> String? {
        guard let value = json[name], value != .null else { return nil }
        guard let text = value.string, !text.isEmpty, text.utf8.count <= byteCountMax else { throw APIError.invalid("\(name) must be a text of 1 to \(byteCountMax) bytes", parameter: name) }
        return text
    }

    private var metadata: [String: String] {
        get throws {
            guard let value = json["metadata"], value != .null else { return [:] }
            let refusal = APIError.invalid("metadata must be an object of up to 16 texts, with names of up to 64 characters and texts of up to 512", parameter: "metadata")
            guard let members = value.object, members.count <= 16 else { throw refusal }
            return try members.mapValues { value in
                guard let text = value.string, text.count <= 512 else { throw refusal }
                return text
            }.filter { member in
                guard member.key.count <= 64 else { throw refusal }
                return true
            }
        }
    }
}
