import Core
import Inference
import Support
import Testing

/// Hostile templates: each ends in a fault, in bounded time and memory.
@Suite struct TemplateBoundTests {
    /// The message of the fault; nil if there is none.
    private func complaint(_ source: String, _ context: [String: JSONValue] = [:], bounds: ChatTemplate.Bounds = .init()) -> String? {
        do {
            _ = try ChatTemplate(source).render(context, now: 0, bounds: bounds)
            return nil
        } catch {
            return (error as? Fault)?.message ?? "no Fault: \(error)"
        }
    }

    /// Bounds that a debug build reaches at once.
    private var small: ChatTemplate.Bounds {
        var bounds = ChatTemplate.Bounds()
        bounds.textByteCount = 16 << 10
        bounds.nodeCount = 10_000
        bounds.work = 256 << 10
        return bounds
    }

    @Test func theLongestTemplateIsTakenAndALongerOneIsNot() throws {
        let longest = String(repeating: "x", count: ChatTemplate.byteCountMax)
        #expect(try ChatTemplate(longest).render([:], now: 0) == longest)
        #expect(complaint(longest + "x")?.contains("262145 bytes") == true)
    }

    @Test(arguments: [
        "{% for a in range(100) %}{% for b in range(100) %}{% for c in range(100) %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in range(2000) %}{{ a + 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 }}{% endfor %}",
        "{% macro f() %}{% for a in range(5000) %}{{ a }}{% endfor %}{% endmacro %}{{ f() }}{{ f() }}{{ f() }}{{ f() }}",
        "{% for a in range(5000) %}{% set x = range(3) | map('string') | list %}{% endfor %}",
    ])
    func aTemplateThatLoopsIsStopped(source: String) {
        #expect(complaint(source, bounds: small)?.contains("a template that loops") == true)
    }

    @Test(arguments: [
        "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
        "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s %}{{ ns.s }}{{ ns.s }}{% endset %}{% endfor %}",
        "{{ 'x' * 9223372036854775807 }}", "{{ 'xy' * 9223372036854775807 }}", "{{ [1] * 9223372036854775807 }}", "{{ [1, 2] * 4611686018427387904 }}",
        "{{ 'x' * 16385 }}", "{{ ('x' * 16000) ~ ('x' * 16000) }}", "{% for i in range(20) %}{{ 'x' * 1000 }}{% endfor %}",
        "{% set x = 'a' * 400 %}{{ x.replace('', x) }}", "{% set x = 'a' * 400 %}{{ x.replace('a', x) }}", "{{ ['a' * 1000] * 100 | int }}", "{{ ([1] * 100) | tojson(indent=200) }}",
        "{{ 'a' | indent(99999999999) }}", "{{ 'a' | center(9223372036854775807) }}", "{{ 'a'.ljust(9223372036854775807) }}", "{{ '%999999999d' % 1 }}", "{{ 'a'.rjust(-9223372036854775807 - 1) }}{{ 'x' * 99999 }}",
        "{{ [1] | batch(9223372036854775807, 0) }}", "{{ [1] | slice(9223372036854775807) }}", "{{ ('x' * 10000) | list | map('list') | list | sort }}",
        "{% set l = ['x' * 16000] * 100 %}{{ l | sort }}", "{% set l = ['x' * 16000] * 10 %}{{ l | join }}", "{% for i in range(2000) %}{{ ('x' * 100) | length }}{% endfor %}",
    ])
    func textsAndListsAreBounded(source: String) {
        let message = complaint(source, bounds: small)
        #expect(message?.contains(" bytes") == true || message?.contains("999") == true, "\(source): \(message ?? "no fault")")
    }

    @Test(arguments: [
        ("{{ ", "(", "1", ")", " }}"), ("{{ ", "[", "", "]", " }}"), ("{{ ", "{1: ", "1", "}", " }}"), ("{{ ", "f(", "", ")", " }}"), ("{{ ", "x[", "1", "]", " }}"),
        ("{{ ", "not ", "1", "", " }}"), ("{{ ", "-", "1", "", " }}"), ("{{ ", "1 if 1 else ", "1", "", " }}"), ("{{ 1", " if 1", "", "", " }}"),
        ("", "{% if 1 %}", "x", "{% endif %}", ""), ("", "{% for a in [1] %}", "x", "{% endfor %}", ""), ("", "{% set x %}", "x", "{% endset %}", ""),
        ("", "{% generation %}", "x", "{% endgeneration %}", ""), ("{% set ", "(", "a", ",)", "= 1 %}"), ("{% for ", "(", "a", ",)", " in [] %}{% endfor %}"), ("{{ 1 is eq", "(1 is eq", " 1", ")", " }}"),
    ])
    func blocksAndBracketsNestToTheirBound(before: String, open: String, middle: String, close: String, after: String) {
        func source(_ count: Int) -> String { before + String(repeating: open, count: count) + middle + String(repeating: close, count: count) + after }
        #expect(complaint(source(20)).map { !$0.contains("nest") && !$0.contains("more than") } ?? true, "\(complaint(source(20)) ?? "")")
        for count in [ChatTemplate.depthMax + 2, 5000] { #expect(complaint(source(count)).map { $0.contains("\(ChatTemplate.depthMax)") } == true, "\(open)") }
    }

    /// Chains are lists in the parser: long ones are not deep.
    @Test(arguments: [" + 1", " ~ 1", " * 1", " ** 1", " and 1", " or 0", " == 1", "|string", " is defined", "|d.e", "[0]", ".a", "()"])
    func longChainsAreNotDeep(link: String) {
        let message = complaint("{{ 1" + String(repeating: link, count: 2000) + " }}")
        #expect(message.map { !$0.contains("nest") } ?? true)
    }

    @Test func macrosCallOneAnotherToTheirBound() throws {
        let source = "{% macro f(n) %}{% if n > 0 %}{{ f(n - 1) }}{% else %}end{% endif %}{% endmacro %}"
        #expect(try ChatTemplate(source + "{{ f(31) }}").render([:], now: 0) == "end")
        #expect(complaint(source + "{{ f(32) }}")?.contains("deeper than 32") == true)
        #expect(complaint("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}")?.contains("deeper than 32") == true)
        #expect(complaint("{% macro f() %}{% call f() %}{% endcall %}{% endmacro %}{{ f() }}")?.contains("deeper than 32") == true)
        let deep = "{% macro f(n) %}" + String(repeating: "{% if 1 %}", count: 30) + "{{ f(n - 1) }}" + String(repeating: "{% endif %}", count: 30) + "{% endmacro %}{{ f(9) }}"
        #expect(complaint(deep)?.contains("deeper than 256") == true)
    }

    /// Room for a few thousand rounds, not for the doubling ones.
    private var chains: ChatTemplate.Bounds {
        var bounds = small
        bounds.nodeCount = 100_000
        bounds.work = 4 << 20
        return bounds
    }

    /// Chains of values that would overflow the stack when they are released, and values that hold themselves.
    @Test(arguments: [
        "{% set ns = namespace(x=[]) %}{% for i in range(2000) %}{% set ns.x = [ns.x] %}{% endfor %}",
        "{% set ns = namespace(x=[]) %}{% for i in range(2000) %}{% set ns.x = {'a': ns.x} %}{% endfor %}",
        "{% set ns = namespace(x=[]) %}{% for i in range(2000) %}{% set ns.x = [ns.x.append] %}{% endfor %}",
        "{% set ns = namespace(x=1) %}{% for i in range(2000) %}{% set ns.x = namespace(x=ns.x) %}{% endfor %}",
        "{% set ns = namespace(x=[]) %}{% for i in range(2000) %}{% set a = [] %}{{ a.append(ns.x) or '' }}{% set ns.x = a %}{% endfor %}",
        "{% set ns = namespace(x=[]) %}{% for i in range(2000) %}{% set a = [] %}{{ ns.x.append(a) or '' }}{% set ns.x = a %}{% endfor %}",
        "{% set ns = namespace(x=[]) %}{% for i in range(2000) %}{% for y in [ns.x] %}{% set ns.x = loop %}{% endfor %}{% endfor %}",
        "{% set ns = namespace(x=[]) %}{% for i in range(2000) %}{% set y = ns.x %}{% macro f() %}{% endmacro %}{% set ns.x = f %}{% endfor %}",
        "{% set l = [] %}{{ l.append(l) }}{{ l }}", "{% set l = [] %}{{ l.append(l) }}{{ l == [l] }}", "{% set ns = namespace() %}{% set ns.x = ns %}{{ ns }}",
        "{% set l = [] %}{{ l.append(l) or '' }}{{ l.append(l) }}{{ l | tojson }}", "{% set d = {} %}{{ d.update({'d': d}) }}{{ d }}",
        "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
        "{% set ns = namespace(x=[1], y=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% set ns.y = [ns.y, ns.y] %}{% endfor %}{{ ns.x == ns.y }}",
        "{% set ns = namespace(x=(1,)) %}{% for i in range(60) %}{% set ns.x = (ns.x, ns.x) %}{% endfor %}{{ {ns.x: 1} }}",
    ])
    func chainsAndCirclesOfValuesDoNoHarm(source: String) {
        let message = complaint(source, bounds: chains)
        #expect(message.map { !$0.hasPrefix("no Fault") } ?? true)
    }

    @Test func integersDoNotOverflow() {
        let max = "9223372036854775807"
        for source in [
            "\(max) + 1", "-\(max) - 2", "\(max) * 2", "2 ** 63", "2 ** 9223372036854775807", "-(-\(max) - 1)", "(-\(max) - 1) // -1", "99999999999999999999", "(-\(max) - 1) | abs",
            "[\(max), 1] | sum",
        ] { #expect(complaint("{{ \(source) }}")?.contains("64 bits") == true, "\(source)") }
        for source in [
            "(-\(max) - 1) % -1", "1 ** \(max)", "(-1) ** \(max)", "0 ** \(max)", "range(\(max), \(max)) | list", "range(-\(max) - 1, \(max), \(max)) | list", "[1][\(max)]", "[1][-\(max) - 1]",
            "[1][-\(max) - 1:\(max):\(max)]", "'é'[\(max):-\(max):-\(max) - 1]", "1e308 * 10 | int", "(1e308 * 10) | int", "'1e400' | float | int", "1.5 | round(\(max))", "'abc' | truncate(\(max), false, '', \(max))",
            "[1, 2].insert(-\(max) - 1, 0)", "[1].pop(\(max))", "'a'.split('b', -\(max))", "'%d' % 1e300", "2.0 ** 99999", "(-8) ** 0.5", "1 // 0.0", "'x'.zfill(-\(max) - 1)", "'\(max)0' | int",
        ] { #expect(complaint("{{ \(source) }}").map { $0.hasPrefix("chat template, line 1") } ?? true, "\(source)") }
    }

    /// Long needles and long texts: naive search would need minutes.
    @Test func searchIsLinear() throws {
        let source = "{% set t = 'a' * 30000 %}{% set n = 'a' * 10000 ~ 'b' %}{{ n in t }}{{ t.find(n) }}{{ t.rfind('b' ~ n) }}{{ t.split(n) | length }}{{ t.replace(n, '') | length }}"
        #expect(try ChatTemplate(source).render([:], now: 0) == "False-1-1130000")
    }

    @Test func aContextThatNestsTooDeepIsAFault() {
        var value: JSONValue = []
        for _ in 0..<1000 { value = [value] }
        #expect(complaint("{{ messages }}", ["messages": value])?.contains("nest deeper than 64") == true)
        #expect(complaint("{{ other }}", ["messages": value]) == nil)
    }

    /// Bytes of the recorded templates are changed, dropped, doubled and spliced; each mutant ends in a text or a fault.
    @Test func aHundredMutantsEndInATextOrAFault() throws {
        let vectors = try TemplateVectors()
        let all = vectors.templates.filter { $0.output != nil } + vectors.snippets
        let pieces = ["{%", "%}", "{{", "}}", "{#", "#}", "-", "'", "(", ")", "[", "]", "|", ".", "for", "if", "set ", "endfor", "**", "9223372036854775807", "\\", "é", "\u{0}", ":", "%", "is", "not", "~"]
        var random = SeededRandom(seed: 20_241_124)
        var outcomes = (texts: 0, faults: 0)
        for round in 0..<100 {
            guard let vector = all.randomElement(using: &random) else { return }
            var bytes = Array(vector.source.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0...bytes.count, using: &random)
                let end = min(bytes.count, place + Int.random(in: 0...20, using: &random))
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.removeSubrange(place..<end)
                case 1: bytes.insert(contentsOf: Array(bytes[place..<end]), at: Int.random(in: 0...bytes.count, using: &random))
                case 2: bytes.insert(contentsOf: (pieces.randomElement(using: &random) ?? "").utf8, at: place)
                default: if place < bytes.count { bytes[place] = UInt8.random(in: 0...127, using: &random) }
                }
            }
            do {
                _ = try ChatTemplate(String(decoding: bytes, as: UTF8.self)).render(vector.context, now: vectors.now)
                outcomes.texts += 1
            } catch {
                #expect((error as? Fault)?.code == .chatTemplate, "round \(round): \(error)")
                outcomes.faults += 1
            }
        }
        #expect(outcomes.texts > 10 && outcomes.faults > 10, "\(outcomes)")
    }
}
