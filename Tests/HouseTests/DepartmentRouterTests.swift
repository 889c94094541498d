import Testing

@testable import Demonstrations

@Suite struct DepartmentRouterTests {
    let departments = [
        Department(id: "insurance", name: "医保局", duties: "负责医疗保险参保、报销和异地就医备案。", keywords: ["医保", "报销"]),
        Department(id: "transport", name: "交通运输局", duties: "负责公交、出租车、道路运输管理。", keywords: ["公交", "出租车"]),
    ]

    @Test func routesByDuties() {
        let router = DepartmentRouter(departments: departments, documents: [:])
        #expect(router.route("出租车司机绕路，我要投诉", hits: []).department.id == "transport")
        #expect(router.route("住院费用怎么报销", hits: []).department.id == "insurance")
    }

    @Test func documentsLendTheirWordsToTheirOwner() {
        let router = DepartmentRouter(departments: departments, documents: ["a.md": "责任部门：市医保局。生育津贴申领条件和材料。"])
        #expect(router.route("生育津贴怎么申领", hits: []).department.id == "insurance")
    }

    @Test func retrievedDocumentsVote() {
        let router = DepartmentRouter(departments: departments, documents: ["a.md": "责任部门：交通运输局。"])
        let route = router.route("请问这个怎么办", hits: [(document: "a.md", score: 3)])
        #expect(route.department.id == "transport")
        #expect(route.confidence > 0)
    }

    @Test func noDepartmentsGiveNoConfidence() {
        #expect(DepartmentRouter(departments: [], documents: [:]).route("任何", hits: []).confidence == 0)
    }
}

@Suite struct UrgencyTests {
    @Test(arguments: [
        ("楼下燃气泄漏，味道很大", Urgency.urgent), ("井盖没了，有老人摔伤", .urgent), ("请问居住证怎么办理", .low), ("小区停水三天没人管", .normal),
    ])
    func readsUrgencyFromWords(text: String, urgency: Urgency) { #expect(Urgency(of: text) == urgency) }
}

@Suite struct HotlineScoreTests {
    @Test func countsEachSpanOnce() {
        var scores: [String: HotlineReport.Detection] = [:]
        HotlineScore.compare(["mobile 3-14", "mobile 3-14", "person 0-2"], ["mobile 3-14", "person 0-3"], in: &scores)
        #expect(scores["mobile"] == HotlineReport.Detection(truePositives: 1, falsePositives: 1, falseNegatives: 0))
        #expect(scores["person"] == HotlineReport.Detection(truePositives: 0, falsePositives: 1, falseNegatives: 1))
    }

    @Test func percentilesAreByNearestRank() {
        let latency = HotlineScore.latency((1...100).map(Double.init))
        #expect(latency.p50 == 50)
        #expect(latency.p95 == 95)
        #expect(HotlineScore.latency([]).p95 == 0)
    }

    @Test func f1IsTheHarmonicMean() {
        let score = HotlineReport.Detection(truePositives: 6, falsePositives: 2, falseNegatives: 4)
        #expect(abs(score.f1 - 2 * score.precision * score.recall / (score.precision + score.recall)) < 1e-12)
    }
}
