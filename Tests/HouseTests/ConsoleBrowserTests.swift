import Core
import Foundation
import Support
import Testing

/// The console in Debian's chromium, driven over WebDriver: what a person does on the first day.
///
/// With `BANYAN_SCREENSHOTS=DIR` a picture of each page is written to DIR. Without chromium and chromium-driver (`make test` installs them) the suite is skipped.
@Suite(.enabled(if: House.program("chromedriver") != nil && House.program("chromium") != nil && House.program("curl") != nil, "chromium, chromium-driver and curl are not installed"))
struct ConsoleBrowserTests {
    @Test(.timeLimit(.minutes(5)))
    func signInSeeARunApproveATaskWithAnAttachmentAndSearch() async throws {
        let directory = try TemporaryDirectory()
        let data = directory.file("data")
        let files = ProcessInfo.processInfo.environment["BANYAN_SCREENSHOTS"] == nil ? DemonstrationTests.small : Repository.path("Demos/government")
        #expect(try House.banyan(["demo", "government", "--directory", files, "--data", data, "--leave-tasks"]).status == 0)

        let server = try ChildProcess(House.binary, ["serve", "--port", "0", "--data", data])
        defer { server.interrupt() }
        let link = try #require(server.line(containing: "signin?token="))
        let base = String(link.prefix { $0 != "?" }.dropLast("/signin".count))
        let driverPort = Int.random(in: 20_000...40_000)
        let driver = try ChildProcess(try #require(House.program("chromedriver")), ["--port=\(driverPort)"])
        defer { driver.kill() }
        #expect(driver.line(containing: "started successfully") != nil)
        let browser = try await WebDriver(port: driverPort)
        defer { Task { await browser.quit() } }

        // Nothing is shown before signing in; the link works once.
        try await browser.open(base + "/runs")
        #expect(try await browser.url().hasSuffix("/signin"))
        try await picture(browser, "signin")
        try await browser.open(link)
        #expect(try await browser.url() == base + "/")
        #expect(try await browser.text(of: "main h1") == "总览")
        #expect(try await browser.count("svg.chart") >= 3)
        try await picture(browser, "overview")

        // A run with its timeline.
        try await browser.click(".side nav a[href='/runs']")
        try await picture(browser, "runs")
        try await browser.click("main td a.mono")
        #expect(try await browser.count("svg.chart.wide rect") >= 8)
        try await picture(browser, "run")

        // A task: read it, attach a file, approve.
        try await browser.click(".side nav a[href='/tasks']")
        let open = try await browser.count("main .card:first-of-type a.task")
        #expect(open >= 1)
        try await picture(browser, "tasks")
        try await browser.click("main a.task")
        try await picture(browser, "task")
        let note = try directory.write(Array("核查记录：已电话确认。".utf8), to: "核查记录.txt")
        try await browser.type("同意，已核查。", into: "#comment")
        try await browser.type(note, into: "#files")
        try await browser.click("button[value='approve']")
        #expect(try await browser.text(of: "main dd.ok") == "同意")
        #expect(try await browser.source().contains("核查记录.txt"))
        try await picture(browser, "task-answered")
        try await browser.open(base + "/tasks")
        #expect(try await browser.source().contains("(\(open - 1))"))
        #expect(try await browser.source().contains("已处理"))

        // Search with citations.
        try await browser.click(".side nav a[href='/knowledge']")
        try await browser.type("异地就医备案需要什么材料", into: "input[name='q']")
        try await browser.click("main button")
        #expect(try await browser.count(".hit") >= 1)
        #expect(try await browser.text(of: ".hit .soft").contains("出处"))
        try await picture(browser, "knowledge")

        try await browser.click(".side nav a[href='/findings']")
        #expect(try await browser.count("main tbody tr") >= 1)
        try await picture(browser, "findings")
        try await browser.click(".side nav a[href='/audit']")
        try await browser.click("main button.main")
        #expect(try await browser.source().contains("审计链完整"))
        try await picture(browser, "audit")

        try await browser.click(".side nav a[href='/reports']")
        #expect(try await browser.source().contains("分派准确率"))
        try await picture(browser, "reports")

        // The other language stays chosen.
        try await browser.click(".who a")
        try await browser.open(base + "/")
        #expect(try await browser.text(of: "main h1") == "Overview")
        try await picture(browser, "overview-en")

        // A link is used up once it has worked.
        try await browser.click(".who button")
        try await browser.open(link)
        #expect(try await browser.source().contains("unknown or used up"))
        await browser.quit()
    }

    private func picture(_ browser: WebDriver, _ name: String) async throws {
        guard let folder = ProcessInfo.processInfo.environment["BANYAN_SCREENSHOTS"] else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await browser.screenshot().write(to: URL(fileURLWithPath: folder + "/console-\(name).png"))
    }
}
