import Core
import Detection
import Labels
import Testing

@testable import Protection

@Suite struct GraderTests {
    let grader: Grader

    init() throws { grader = Grader(standards: try GradingStandards.builtIn()) }

    static func finding(_ type: SensitiveType, at start: Int = 0) -> Finding {
        Finding(type: type, start: start, end: start + 1, byteStart: start, byteEnd: start + 1, confidence: 1, recognizer: type.id, reasons: ["r"])
    }

    @Test func nothingFoundIsTheLowestGrade() { #expect(grader.grade([]).label == .bottom) }

    @Test func theStricterStandardDecides() {
        for type in SensitiveType.all {
            let (label, results) = grader.grade([Self.finding(type)])
            #expect(label.grade == results.map(\.grade).max())
            #expect(label.categories == [type.category])
            #expect(results.count == grader.standards.count)
        }
    }

    @Test func identityNumbersAreGradedFour() { #expect(grader.grade([Self.finding(.residentID)]).label.grade == .level4) }

    /// One more finding never lowers a grade.
    @Test(arguments: 0..<200)
    func gradingIsMonotone(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var findings: [Finding] = []
        var last = grader.grade([]).label
        for _ in 0..<12 {
            findings.append(Self.finding(SensitiveType.all.randomElement(using: &random) ?? .person))
            let label = grader.grade(findings).label
            #expect(last.isAtMost(label))
            last = label
        }
    }

    @Test func noStandardMeansTheHighestGrade() { #expect(Grader(standards: []).grade([]).label.grade == .core) }

    @Test func aggregatesAndCombinationsCount() throws {
        let standard = try GradingStandard(yaml: Self.yaml)
        #expect(standard.verdict(for: ["mobile": 1]).level == "b")
        #expect(standard.verdict(for: ["mobile": 3]).level == "c")
        #expect(standard.verdict(for: ["mobile": 1, "person": 1]).level == "c")
        #expect(standard.verdict(for: ["person": 1]).level == "a")
    }

    static let yaml = """
        id: s
        title: {zh: 标准, en: Standard}
        version: 1
        issued: "2024-01-01"
        inForce: "2024-02-01"
        levels:
          - {id: a, name: {zh: 甲, en: A}, grade: L1}
          - {id: b, name: {zh: 乙, en: B}, grade: L2}
          - {id: c, name: {zh: 丙, en: C}, grade: L3}
        default: {level: a, clause: "1", confirmed: false, reason: {zh: 无, en: none}}
        rules:
          - {id: one, types: [mobile], minimum: 1, level: b, clause: "2", confirmed: true, reason: {zh: 一, en: one}}
          - {id: many, types: [mobile], minimum: 3, level: c, clause: "3", confirmed: true, reason: {zh: 多, en: many}}
        combinations:
          - {id: both, all: [mobile, person], level: c, clause: "4", confirmed: true, reason: {zh: 合, en: both}}
        """

    @Test(arguments: [
        ("level: c, clause: \"3\"", "level: z, clause: \"3\"", "unknown level z"), ("minimum: 3, ", "", "no number minimum"), ("types: [mobile], minimum: 3", "types: [], minimum: 3", "names no types"),
        ("confirmed: true, reason: {zh: 一", "reason: {zh: 一", "confirmed"), ("grade: L3", "grade: L8", "unknown grade"), ("title: {zh: 标准, en: Standard}", "title: {zh: 标准}", "no en"),
        ("id: s\n", "", "no id"), ("levels:", "levels: {", "not YAML"),
    ])
    func malformedRuleFilesAreNamed(part: String, replacement: String, word: String) {
        #expect { try GradingStandard(yaml: Self.yaml.replacing(part, with: replacement)) } throws: { error in
            (error as? Fault)?.code == .standardMalformed && (error as? Fault)?.message.contains(word) == true
        }
    }
}

@Suite struct ProtectorTests {
    let protector = Protector()

    private func protect(_ text: String, label: Label = Label(.level4, [.personal])) throws -> (text: String, label: Label, replaced: Int) {
        try protector.protect(text, findings: try Detector().detect(text).findings, label: label)
    }

    @Test(arguments: [
        ("电话13800138000。", "电话138******00。"), ("身份证11010519491231002X", "身份证［身份证号］"), ("邮箱zhang.san@example.com", "邮箱z***@example.com"),
        ("卡号6222021234567890128", "卡号***************0128"), ("我叫林晓芸，咨询", "我叫林**，咨询"),
    ])
    func masksByType(text: String, masked: String) throws { #expect(try protect(text).text == masked) }

    @Test func theLabelDropsToThePolicysGradeAndNeverRises() throws {
        #expect(try protect("电话13800138000").label == Label(.level2, [.personal]))
        #expect(try protect("你好", label: Label(.level1)).label == Label(.level1))
    }

    /// What was found before is not found after.
    @Test(arguments: ["我叫林晓芸，电话13800138000，身份证11010519491231002X", "卡号6222021234567890128，住榕江市鼓楼区朝阳路88号3栋502室", "车牌京A12345，邮箱a@example.com，IP 192.168.1.20"])
    func nothingThatWasMaskedIsFoundAgain(text: String) throws {
        let before = try Detector().detect(text).findings
        let masked = try protect(text)
        #expect(!before.isEmpty && masked.replaced == before.count)
        let after = try Detector().detect(masked.text).findings.filter { $0.type != .person }
        #expect(after.isEmpty)
        let scalars = Array(text.unicodeScalars)
        for finding in before where finding.type != .person {
            #expect(!masked.text.contains(String(String.UnicodeScalarView(scalars[finding.start..<finding.end]))))
        }
    }

    @Test func aFindingThatDoesNotFitStopsTheText() {
        for spans in [[(0, 99)], [(2, 1)], [(0, 3), (2, 4)], [(-1, 2)]] {
            let findings = spans.map { start, end in
                Finding(type: .person, start: start, end: end, byteStart: 0, byteEnd: 0, confidence: 1, recognizer: "r", reasons: [])
            }
            #expect { try self.protector.protect("abcdef", findings: findings, label: .bottom) } throws: { ($0 as? Fault)?.code == .unprotectable }
        }
    }

    @Test func aTypeWithoutAMaskIsStarredWhole() throws {
        let bare = Protector(policy: Policy(masks: [:], gradeAfter: .level2))
        let finding = Finding(type: .person, start: 0, end: 3, byteStart: 0, byteEnd: 9, confidence: 1, recognizer: "r", reasons: [])
        #expect(try bare.protect("林晓芸好", findings: [finding], label: .bottom).text == "***好")
    }

    @Test func aValueTooShortToHideAnythingIsStarredWhole() {
        #expect(Mask.keeping(first: 3, last: 2).masked(Array("12345".unicodeScalars)[...], type: .mobile) == "*****")
        #expect(Mask.email.masked(Array("@x".unicodeScalars)[...], type: .email) == "**")
    }
}
