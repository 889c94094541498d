import Core
import Models

/// Jobs in OpenAI's form.
enum FineTuneJSON {
    static func list(_ elements: [JSONValue], _ hasMore: Bool) -> JSONValue {
        [
            "object": "list", "data": .array(elements), "has_more": .bool(hasMore), "first_id": elements.first?["id"] ?? .null, "last_id": elements.last?["id"] ?? .null,
        ]
    }

    static func job(_ job: FineTuneJob) -> JSONValue {
        let spec = job.spec
        let parameters = parameters(spec)
        func time(_ value: Double?) -> JSONValue { value.map { .int(Int($0)) } ?? .null }
        return [
            "id": .string(job.id), "object": "fine_tuning.job", "created_at": .int(Int(job.createdAt)), "finished_at": time(job.finishedAt), "model": .string(spec.model),
            "fine_tuned_model": job.fineTunedModel.map { .string($0) } ?? .null, "organization_id": "local", "status": .string(job.status.rawValue), "seed": .int(spec.seed),
            "training_file": .string(spec.trainingFile), "validation_file": spec.validationFile.map { .string($0) } ?? .null, "result_files": .array(job.resultFiles.map { .string($0) }),
            "trained_tokens": job.trainedTokens.map { .int($0) } ?? .null, "hyperparameters": parameters, "method": ["type": .string(spec.method.rawValue), spec.method.rawValue: ["hyperparameters": parameters]],
            "error": job.failure.map { ["code": .string($0.code), "message": .string($0.message), "param": $0.parameter.map { .string($0) } ?? .null] } ?? .null,
            "user_provided_suffix": spec.suffix.map { .string($0) } ?? .null, "metadata": .object(spec.metadata.mapValues { .string($0) }), "integrations": [], "estimated_finish": .null,
        ]
    }

    private static func parameters(_ spec: FineTuneSpec) -> JSONValue {
        var parameters: JSONValue = [
            "n_epochs": spec.epochs.map { .int($0) } ?? "auto", "batch_size": spec.batch.map { .int($0) } ?? "auto", "learning_rate_multiplier": spec.rateMultiplier.map { .double($0) } ?? "auto",
        ]
        if spec.method == .dpo { parameters["beta"] = spec.beta.map { .double($0) } ?? "auto" }
        return parameters
    }

    static func entry(_ entry: FineTuneLogEntry) -> JSONValue {
        [
            "id": .string(entry.id), "object": "fine_tuning.job.event", "created_at": .int(Int(entry.at)), "level": .string(entry.level.rawValue), "message": .string(entry.message),
            "type": .string(entry.metrics == nil ? "message" : "metrics"), "data": entry.metrics.map(metrics) ?? [:],
        ]
    }

    static func checkpoint(_ own: FineTuneCheckpoint) -> JSONValue {
        [
            "id": .string(own.id), "object": "fine_tuning.job.checkpoint", "created_at": .int(Int(own.at)), "fine_tuned_model_checkpoint": .string(own.model), "fine_tuning_job_id": .string(own.job),
            "step_number": .int(own.metrics.step), "metrics": metrics(own.metrics),
        ]
    }

    private static func metrics(_ own: FineTuneMetrics) -> JSONValue {
        var json: JSONValue = ["step": .int(own.step), "total_steps": .int(own.stepCount)]
        for (name, value) in [("train_loss", own.trainingLoss), ("train_mean_token_accuracy", own.trainingAccuracy), ("valid_loss", own.heldOutLoss), ("valid_mean_token_accuracy", own.heldOutAccuracy)] {
            if let value { json[name] = .double(value) }
        }
        return json
    }
}
