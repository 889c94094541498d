import Core

/// What somebody who uses a trained model must know (Mitchell et al. 2019), as Markdown beside the weights.
public struct ModelCard: Sendable {
    public var title: String
    /// What the model is for, in a sentence.
    public var purpose: String
    /// Files that it learned from, with their SHA-256.
    public var data: [(name: String, hash: String)]
    public var license: String
    public var seed: UInt64
    /// Names and values: sizes, options, results.
    public var figures: [(name: String, value: String)]
    /// What is known to be weak.
    public var limits: String

    public init(title: String, purpose: String, data: [(name: String, hash: String)], license: String, seed: UInt64, figures: [(name: String, value: String)], limits: String) {
        (self.title, self.purpose, self.data, self.license, self.seed, self.figures, self.limits) = (title, purpose, data, license, seed, figures, limits)
    }

    public var markdown: String {
        func cell(_ text: String) -> String { text.replacing("|", with: "\\|").replacing("\n", with: " ") }
        var out = "# \(title)\n\n\(purpose)\n\n| | |\n| --- | --- |\n"
        for figure in figures { out += "| \(cell(figure.name)) | \(cell(figure.value)) |\n" }
        out += "| seed | \(seed) |\n| license | \(cell(license)) |\n\n## Data\n"
        for file in data { out += "- \(cell(file.name)): SHA-256 `\(file.hash)`\n" }
        return out + "\n## Limits\n\(limits)\n"
    }
}
