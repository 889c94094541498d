import ArgumentParser
import Core
import Foundation
import Models

/// What a model's answers must be a text of.
struct ConstraintOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Answers follow the rules of this file, in the notation of GBNF.", valueName: "file"))
    var grammar: String?
    @Option(name: .long, help: ArgumentHelp("Answers are JSON values under the schema of this file.", valueName: "file"))
    var jsonSchema: String?

    func validate() throws {
        if grammar != nil, jsonSchema != nil { throw ValidationError("give --grammar or --json-schema") }
    }

    func apply(to options: inout AnswerOptions) throws {
        if let grammar { try options.constrain(toGBNF: try text(grammar)) }
        if let jsonSchema { try options.constrain(toJSONSchema: try text(jsonSchema)) }
    }

    private func text(_ path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path), data.count <= 1 << 20, let text = String(data: data, encoding: .utf8) else {
            throw Fault(.file, "\(path) cannot be read, is over 1 MiB or is not UTF-8", remedy: "check the path and what is in the file")
        }
        return text
    }
}
