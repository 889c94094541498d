import ArgumentParser
import Core
import Foundation
import Knowledge
import Store

/// `banyan doctor`
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Say what is present, what is missing and how to get it.",
        discussion: "Exits 0 when everything needed is there; missing optional parts are named but do not fail.")

    @OptionGroup var dataOptions: DataOptions
    @OptionGroup var output: OutputOptions

    /// One line of the report.
    private struct Check {
        let name: String
        let isPresent: Bool
        let detail: String
        let remedy: String?
    }

    func run() async throws {
        let checks = [
            await tool("pdftotext", use: Terminal.say("reads PDF documents", "读取 PDF"), package: "poppler-utils"),
            await tool("tesseract", use: Terminal.say("reads images (OCR)", "图像文字识别"), package: "tesseract-ocr"),
            await chineseOCR(), await codeBox(), dataDirectory(), diskSpace(),
        ]
        if output.json {
            let rows = checks.map { check -> JSONValue in
                [
                    "name": .string(check.name), "present": .bool(check.isPresent), "detail": .string(check.detail),
                    "remedy": check.remedy.map { .string($0) } ?? .null,
                ]
            }
            Terminal.out(JSONValue.array(rows).prettyText)
        } else {
            Terminal.out(Terminal.table(checks.map { [$0.isPresent ? "✓" : "✗", $0.name, $0.detail, $0.isPresent ? "" : ($0.remedy ?? "")] }))
        }
    }

    private func tool(_ name: String, use: String, package: String) async -> Check {
        let path = DataOptions.tools().locate(name)
        return Check(name: name, isPresent: path != nil, detail: path ?? use, remedy: "apt-get install \(package)")
    }

    private func chineseOCR() async -> Check {
        let listing = try? await DataOptions.tools().run("tesseract", arguments: ["--list-langs"], timeLimit: .seconds(10), outputByteCountMax: 1 << 16)
        let isPresent = listing.map { String(decoding: $0, as: UTF8.self).contains("chi_sim") } ?? false
        return Check(
            name: "tesseract chi_sim", isPresent: isPresent, detail: Terminal.say("Chinese OCR", "中文文字识别"), remedy: "apt-get install tesseract-ocr-chi-sim")
    }

    private func codeBox() async -> Check {
        let problem = await CodeOptions.problem()
        return Check(
            name: Terminal.say("code", "代码沙箱"), isPresent: problem == nil, detail: problem?.message ?? Terminal.say("code steps can run in a box (--allow-code)", "可在沙箱中运行代码步骤（--allow-code）"), remedy: problem?.remedy)
    }

    private func dataDirectory() -> Check {
        do {
            let store = try dataOptions.shared()
            try store.close()
            return Check(name: Terminal.say("data", "数据目录"), isPresent: true, detail: dataOptions.data, remedy: nil)
        } catch {
            let fault = error as? Fault
            let isAbsent = fault?.code == .storeMissing
            return Check(
                name: Terminal.say("data", "数据目录"), isPresent: isAbsent,
                detail: isAbsent ? Terminal.say("none yet in \(dataOptions.data)", "\(dataOptions.data) 尚无数据") : (fault?.message ?? ""), remedy: fault?.remedy)
        }
    }

    private func diskSpace() -> Check {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: FileManager.default.currentDirectoryPath)
        let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
        return Check(
            name: Terminal.say("disk", "磁盘"), isPresent: free > 1 << 30, detail: String(format: "%.1f GB", Double(free) / 1e9),
            remedy: Terminal.say("free at least 1 GB", "请至少留出 1 GB"))
    }
}
