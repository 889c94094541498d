import Core

extension TableSchema {
    var json: JSONValue {
        let list = columns.map { column -> JSONValue in
            switch column {
            case .number(let name, let mean, let deviation): ["name": .string(name), "mean": .double(mean), "deviation": .double(deviation)]
            case .names(let name, let values): ["name": .string(name), "values": .array(values.map { .string($0) })]
            }
        }
        let goal: JSONValue =
            switch target {
            case .labels(let labels): ["labels": .array(labels.map { .string($0) })]
            case .number(let mean, let deviation): ["mean": .double(mean), "deviation": .double(deviation)]
            }
        return ["columns": .array(list), "target": .string(targetName), "goal": goal]
    }

    /// Nil for what no network has.
    init?(json: JSONValue) {
        func spread(_ json: JSONValue?) -> (Double, Double)? {
            guard let mean = json?["mean"]?.double, let deviation = json?["deviation"]?.double, deviation > 0 else { return nil }
            return (mean, deviation)
        }
        var columns: [Column] = []
        for item in json["columns"]?.array ?? [] {
            guard let name = item["name"]?.string else { return nil }
            if let values = item["values"]?.array?.compactMap(\.string), values.count <= Self.valuesMax {
                columns.append(.names(name: name, values: values))
            } else if let (mean, deviation) = spread(item) {
                columns.append(.number(name: name, mean: mean, deviation: deviation))
            } else {
                return nil
            }
        }
        guard let name = json["target"]?.string, !columns.isEmpty, columns.count <= DelimitedText.columnsMax else { return nil }
        if let labels = json["goal"]?["labels"]?.array?.compactMap(\.string), (2...Self.labelsMax).contains(labels.count) {
            self.init(columns: columns, targetName: name, target: .labels(labels))
        } else if let (mean, deviation) = spread(json["goal"]) {
            self.init(columns: columns, targetName: name, target: .number(mean: mean, deviation: deviation))
        } else {
            return nil
        }
    }
}
