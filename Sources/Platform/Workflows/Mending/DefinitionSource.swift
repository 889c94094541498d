import Core
import Yams

/// The text of a definition with the places of its steps, so that a patch changes what it must and leaves comments, order and style as a person wrote them.
///
/// Rejected: writing the definition anew from the model. It is simpler, and it would take the comments away and change every line of the difference.
struct DefinitionSource {
    /// Text that takes the place of `length` characters (Unicode scalars) of a line, both counted from 0.
    struct Edit {
        let line: Int
        let column: Int
        var length = 0
        let text: String
    }

    /// A step in the text.
    struct Place {
        let node: Node.Mapping
        let mark: Mark
    }

    let text: String
    private let lines: [[Unicode.Scalar]]
    private var places: [String: Place] = [:]

    /// - Throws: `workflows.definition` for a text with characters that YAML counts as breaks of lines and people do not.
    init(_ text: String) throws {
        guard !text.unicodeScalars.contains(where: { "\u{85}\u{2028}\u{2029}".unicodeScalars.contains($0) }), !text.replacing("\r\n", with: "\n").contains("\r") else {
            throw Fault(.workflowDefinition, "the definition has unusual breaks of lines", remedy: "end its lines with line feeds")
        }
        self.text = text
        lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0) }
        guard let root = try Yams.compose(yaml: text)?.mapping else { throw Fault(.workflowDefinition, "the definition is no mapping", remedy: "see docs/rooms/workflows.md for an example") }
        index(root, unit: nil)
        for (name, workflow) in root["workflows"]?.mapping ?? [:] { if let name = name.string, let workflow = workflow.mapping { index(workflow, unit: name) } }
    }

    func place(of step: String, in unit: String?) -> Place? { places[Self.key(step, unit)] }

    private static func key(_ step: String, _ unit: String?) -> String { "\(unit ?? "")/\(step)" }

    /// Every step of a mapping with `steps`, and of the bodies in it.
    private mutating func index(_ body: Node.Mapping, unit: String?) {
        guard let steps = body["steps"]?.sequence else { return }
        for step in steps {
            guard let node = step.mapping, let mark = node.mark, let id = node["id"]?.string else { continue }
            places[Self.key(id, unit)] = Place(node: node, mark: mark)
            index(node, unit: unit)
            for way in node["cases"]?.sequence ?? [] { if let way = way.mapping { index(way, unit: unit) } }
            if let otherwise = node["otherwise"]?.mapping { index(otherwise, unit: unit) }
        }
    }

    /// Edits that put another value in the place of every mention of a reference in a part of a step, named by its keys.
    /// - Returns: nil when there is no mention, or one is written in a way that cannot be replaced.
    func edits(replacing old: Reference, by new: Reference, at path: [String], of place: Place) -> [Edit]? {
        let node = path.reduce(Optional(Node.mapping(place.node))) { node, key in node?.mapping?[key] }
        guard let edits = edits(replacing: old, by: new, in: node), !edits.isEmpty else { return nil }
        return edits
    }

    private func edits(replacing old: Reference, by new: Reference, in node: Node?) -> [Edit]? {
        guard let node else { return [] }
        switch node {
        case .scalar(let scalar):
            let written = "${\(old)}"
            guard scalar.string == written else { return [] }
            guard let mark = scalar.mark, lines.indices.contains(mark.line - 1) else { return nil }
            for quote in ["\"", "'", ""] {
                let whole = quote + written + quote
                guard lines[mark.line - 1].dropFirst(mark.column - 1).starts(with: whole.unicodeScalars) else { continue }
                let mark = (line: mark.line - 1, column: mark.column - 1)
                return [Edit(line: mark.line, column: mark.column, length: whole.unicodeScalars.count, text: quote + "${\(new)}" + quote)]
            }
            return nil
        case .mapping(let mapping): return all(mapping.map { edits(replacing: old, by: new, in: $0.value) })
        case .sequence(let sequence): return all(sequence.map { edits(replacing: old, by: new, in: $0) })
        case .alias: return nil
        }
    }

    private func all(_ parts: [[Edit]?]) -> [Edit]? { parts.reduce([]) { all, part in all.flatMap { all in part.map { all + $0 } } } }

    /// An edit that writes steps, each a mapping in braces, in front of another.
    /// - Returns: nil when the list is written in a way that takes no more lines.
    func insertion(of steps: [String], before place: Place) -> Edit? {
        let (line, column) = (place.mark.line - 1, place.mark.column - 1)
        guard lines.indices.contains(line) else { return nil }
        if isInline(line, column) { return Edit(line: line, column: column, text: steps.map { $0 + ", " }.joined()) }
        // The dash stands before the step on its line, or alone on a line above.
        var (first, front) = (line, lines[line].prefix(column))
        while front.allSatisfy({ $0 == " " }), first > 0 {
            first -= 1
            let above = lines[first].prefix { $0 != "#" }
            guard above.allSatisfy({ $0 == " " || $0 == "-" || $0 == "\r" }) else { return nil }
            front = above
        }
        guard let dash = front.firstIndex(of: "-"), front[..<dash].allSatisfy({ $0 == " " }), front.count(where: { $0 == "-" }) == 1 else { return nil }
        // What is said right above a step is said of it.
        while first > 0, lines[first - 1].first(where: { $0 != " " }) == "#" { first -= 1 }
        let ending = lines[line].last == "\r" ? "\r\n" : "\n"
        return Edit(line: first, column: 0, text: steps.map { String(repeating: " ", count: dash) + "- " + $0 + ending }.joined())
    }

    /// Whether a step stands in a list in brackets: what comes before it is a bracket or a comma, not a dash.
    private func isInline(_ line: Int, _ column: Int) -> Bool {
        var (line, before) = (line, lines[line].prefix(column))
        while true {
            if let last = before.last(where: { $0 != " " && $0 != "\t" && $0 != "\r" }) { return last == "[" || last == "," }
            guard line > 0 else { return false }
            line -= 1
            before = lines[line][...]
        }
    }

    /// The text with edits made.
    func applying(_ edits: [Edit]) -> String {
        var lines = lines
        // From the end, so that places stay true.
        for edit in edits.sorted(by: { ($0.line, $0.column) > ($1.line, $1.column) }) {
            lines[edit.line].replaceSubrange(edit.column..<edit.column + edit.length, with: Array(edit.text.unicodeScalars))
        }
        var text = String.UnicodeScalarView()
        for (number, line) in lines.enumerated() {
            if number > 0 { text.append("\n") }
            text.append(contentsOf: line)
        }
        return String(text)
    }
}
