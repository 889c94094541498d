import Core
import Inference
import Support
import Testing

/// What jinja2 3.1.6 rendered, recorded: templates in the shape of published ones, and small snippets. Where jinja2 failed, a fault is due.
struct TemplateVectors {
    struct Vector: CustomTestStringConvertible, Sendable {
        let name: String
        let source: String
        let context: [String: JSONValue]
        /// nil where jinja2 failed.
        let output: String?
        var testDescription: String { String(name.prefix(60)) }
    }

    let templates: [Vector]
    let snippets: [Vector]
    let now: Double

    init() throws {
        let text = TextDecoder.decode(try FileTree.read(Repository.path("Tests/Fixtures/chat-templates.json"))).text
        let json = try JSONValue(parsing: text)
        let contexts = json["contexts"]?.object ?? [:]
        now = json["now"]?.double ?? 0
        templates = (json["templates"]?.array ?? []).flatMap { template in
            (template["results"]?.object ?? [:]).sorted { $0.key < $1.key }.map { name, result in
                Vector(
                    name: "\(template["name"]?.string ?? "") \(name)", source: template["source"]?.string ?? "",
                    context: contexts[name]?.object ?? [:], output: result["output"]?.string)
            }
        }
        snippets = (json["snippets"]?.array ?? []).map { snippet in
            Vector(
                name: snippet["source"]?.string ?? "", source: snippet["source"]?.string ?? "", context: json["values"]?.object ?? [:],
                output: snippet["output"]?.string)
        }
    }
}

@Suite struct ChatTemplateTests {
    let vectors: TemplateVectors

    init() throws { vectors = try TemplateVectors() }

    private func check(_ vector: TemplateVectors.Vector) {
        do {
            let output = try ChatTemplate(vector.source).render(vector.context, now: vectors.now)
            // Scalars, not characters: canonical equivalence is not enough.
            #expect(Array(output.utf8) == vector.output.map { Array($0.utf8) }, "\(vector.name)\nours:   \(output.debugDescription)\njinja2: \(vector.output.debugDescription)")
        } catch let fault as Fault {
            #expect(vector.output == nil, "\(vector.name): \(fault.message)")
            #expect(fault.code == .chatTemplate)
            #expect(fault.message.contains("line "), "\(fault.message)")
        } catch {
            Issue.record("\(vector.name): \(error)")
        }
    }

    @Test func templatesInTheShapeOfPublishedOnesRenderAsInJinja() {
        #expect(vectors.templates.count >= 100)
        #expect(vectors.templates.filter { $0.output != nil }.count >= 80)
        for vector in vectors.templates { check(vector) }
    }

    @Test func snippetsRenderAsInJinjaOrFailWhereItFails() {
        #expect(vectors.snippets.count >= 150)
        for vector in vectors.snippets { check(vector) }
    }

    @Test func aFaultNamesLineAndColumn() throws {
        func message(_ source: String) -> String {
            do {
                return try ChatTemplate(source).render([:], now: 0)
            } catch {
                return (error as? Fault)?.message ?? ""
            }
        }
        #expect(message("a\n  {{ 1 + }}").hasPrefix("chat template, line 2, column 10: "))
        #expect(message("a\r\n{{ 'é' }}{{ x.y }}").hasPrefix("chat template, line 2, column 14: 'x' is undefined"))
        #expect(message("{% if true %}\n{% for x in 5 %}{% endfor %}{% endif %}").hasPrefix("chat template, line 2, column 4: "))
        #expect(message("{% if true %}").hasSuffix("the template ends before elif or else or endif"))
    }

    /// What a person wrote must not reach a log by way of a template's complaint.
    @Test func aRefusalTellsTheTemplatesWordsAndNoValues() throws {
        let template = try ChatTemplate("{{ raise_exception('Unknown role: ' + messages[0].role + '!') }}")
        let fault = #expect(throws: Fault.self) { try template.render(["messages": [["role": "secret"]]], now: 0) }
        #expect(fault?.message.hasSuffix("Unknown role: …!") == true)
        #expect(fault?.message.contains("secret") == false)
    }

    @Test func objectsOfTheContextHaveTheKeyOrderOfToolDefinitions() throws {
        let tool: JSONValue = [
            "function": ["parameters": ["required": [], "properties": ["b": 1, "a": 2], "type": "object"], "description": "d", "name": "n", "zeta": 1, "alpha": 2],
            "type": "function",
        ]
        let text = try ChatTemplate("{{ tool | tojson }}").render(["tool": tool], now: 0)
        #expect(
            text == #"{"type": "function", "function": {"name": "n", "description": "d", "parameters": {"type": "object", "#
                + #""properties": {"a": 2, "b": 1}, "required": []}, "alpha": 2, "zeta": 1}}"#)
    }

    /// The sandbox of transformers refuses these; other engines allow them.
    @Test func listsAndDictionariesMayBeChanged() throws {
        let source = """
            {% set l = [1] %}{% set _ = l.append(2) %}{{ l.extend([3]) or '' }}{{ l.insert(0, 0) or '' }}{{ l }}{{ l.pop() }}{{ l.pop(0) }}{{ l }}\
            {% set d = {'a': 1} %}{{ d.update({'b': 2}) or '' }}{{ d.setdefault('c', 3) }}{{ d.pop('a') }}{{ d.pop('q', 9) }}{{ d }}
            """
        #expect(try ChatTemplate(source).render([:], now: 0) == "[0, 1, 2, 3]30[1, 2]319{'b': 2, 'c': 3}")
    }

    @Test func aDictionaryKeepsItsOrderAlsoWhenItIsLarge() throws {
        let source = """
            {% set d = {} %}{% for i in range(100) %}{{ d.update({'k' ~ (i * 37 % 100): i}) or '' }}{% endfor %}\
            {{ d.pop('k0') }} {{ d.pop('k37') }} {{ d.k74 }} {{ d.keys() | list | length }} {{ (d.keys() | list)[:3] | join(',') }}
            """
        #expect(try ChatTemplate(source).render([:], now: 0) == "0 1 2 98 k74,k11,k48")
    }

    @Test func theContextCannotBeChangedFromOneRenderingToTheNext() throws {
        let template = try ChatTemplate("{{ messages.append(1) or '' }}{{ messages | length }}")
        #expect(try template.render(["messages": []], now: 0) == "1")
        #expect(try template.render(["messages": []], now: 0) == "1")
    }

    @Test(arguments: [
        (0.0, "1970-01-01 00:00:00 Thursday 001"), (951_782_400, "2000-02-29 00:00:00 Tuesday 060"), (-1, "1969-12-31 23:59:59 Wednesday 365"),
        (4_107_542_399, "2100-02-28 23:59:59 Sunday 059"), (4_107_542_400, "2100-03-01 00:00:00 Monday 060"), (1e300, "9999-12-31 23:59:59 Friday 365"),
        (-.infinity, "1-01-01 00:00:00 Monday 001"), (.nan, "1970-01-01 00:00:00 Thursday 001"),
    ])
    func datesAreThoseOfTheCalendar(now: Double, text: String) throws {
        #expect(try ChatTemplate("{{ strftime_now('%Y-%m-%d %H:%M:%S %A %j') }}").render([:], now: now) == text)
    }
}
