import Core
import Foundation
import Labels
import Workflows

/// What stands around every page.
struct Frame: Sendable {
    let session: SessionTable.Session
    let language: Language
    let path: String
    let timeZone: TimeZone

    var clearance: Clearance { session.user.clearance }

    func say(_ phrase: Phrase) -> String { phrase.text(language) }

    func page(_ title: String, _ body: HTML, script: Bool = false, scriptPath: String? = nil) -> HTML {
        let scriptPath = scriptPath ?? (script ? "/task.js" : nil)
        let links: [(String, Phrase)] = [("/", .overview), ("/runs", .runs), ("/tasks", .tasks), ("/knowledge", .knowledge), ("/findings", .findings), ("/audit", .audit), ("/reports", .reports)]
        let items = links.map { target, phrase -> HTML in
            let isHere = target == "/" ? path == "/" : path.hasPrefix(target)
            return "<a href=\"\(target)\"\(isHere ? " class=\"here\" aria-current=\"page\"" as HTML : "")>\(say(phrase))</a>"
        }
        let other = language == .zh ? Language.en : .zh
        return """
            <!doctype html><html lang="\(language == .zh ? "zh-CN" : "en")"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">\
            <title>\(title) · Banyan</title><link rel="stylesheet" href="/console.css">\(scriptPath.map { "<script src=\"\($0)\" defer></script>" as HTML } ?? "")</head><body>\
            <aside class="side"><div class="brand">Banyan 榕<small>\(say(.tagline))</small></div><nav>\(items)</nav>\
            <div class="who">\(session.user.name)<br>\(say(.clearance)): \(session.user.clearance.grade.description)<br>\
            <a href="/language?to=\(other.rawValue)&amp;back=\(path)">\(say(.otherLanguage))</a>\
            <form method="post" action="/signout"><input type="hidden" name="form" value="\(session.formToken)"><button>\(say(.signOut))</button></form></div></aside>\
            <main><h1>\(title)</h1>\(body)</main></body></html>
            """
    }

    func table(_ heads: [Phrase], _ rows: [[HTML]]) -> HTML {
        let head = heads.map { phrase -> HTML in "<th>\(say(phrase))</th>" }
        let body = rows.map { row -> HTML in "<tr>\(row.map { cell -> HTML in "<td>\(cell)</td>" })</tr>" }
        return "<table><thead><tr>\(head)</tr></thead><tbody>\(body)</tbody></table>"
    }

    func badge(_ text: String, _ tone: String? = nil) -> HTML { "<span class=\"badge \(tone ?? text)\">\(text)</span>" }

    /// A label in the reader's language: `L4 contact, identity`.
    func badge(_ label: Label) -> HTML {
        let categories = label.categories.sorted().map { Phrase.category($0, language) }
        return badge(([label.grade.description] + (categories.isEmpty ? [] : [categories.joined(separator: language == .zh ? "、" : ", ")])).joined(separator: " "), label.grade.description)
    }

    /// Date and time to the second, in the console's zone.
    func time(_ seconds: Double) -> String {
        let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: timeZone).year().month().day().time(includingFractionalSeconds: false)
        return Date(timeIntervalSince1970: seconds).formatted(style)
    }

    /// A status of a run, step or task with its color.
    func status(_ status: String) -> HTML { badge(Phrase.status(status, language), status) }
}

/// The door.
struct SignInPage {
    let language: Language
    let hasFailed: Bool

    var html: HTML {
        let failure: HTML = hasFailed ? "<p class=\"bad\">\(Phrase.signInFailed.text(language))</p>" : ""
        return """
            <!doctype html><html lang="\(language == .zh ? "zh-CN" : "en")"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">\
            <title>\(Phrase.signIn.text(language)) · Banyan</title><link rel="stylesheet" href="/console.css"></head><body><div class="card gate">\
            <div class="brand">Banyan 榕<small>\(Phrase.tagline.text(language))</small></div>\(failure)<p class="note">\(Phrase.signInHint.text(language))</p>\
            <form method="post" action="/signin"><label for="token">\(Phrase.token.text(language))</label>\
            <input type="password" id="token" name="token" autocomplete="off" required><p><button class="main">\(Phrase.signIn.text(language))</button></p></form></div></body></html>
            """
    }
}

/// What went wrong, and what to do.
struct ErrorPage {
    let fault: Fault
    let language: Language

    var html: HTML {
        let remedy: HTML = fault.remedy.map { "<p>\(Phrase.remedy.text(language)): \($0)</p>" } ?? ""
        return """
            <!doctype html><html><head><meta charset="utf-8"><title>Banyan</title><link rel="stylesheet" href="/console.css"></head><body><div class="card gate">\
            <h1>\(fault.message)</h1>\(remedy)<p><a href="/">\(Phrase.back.text(language))</a></p><p class="soft mono">\(fault.code.name)</p></div></body></html>
            """
    }
}
