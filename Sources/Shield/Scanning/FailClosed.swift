import Core
import Detection

extension Detector {
    /// What bytes hold. A text that cannot be scanned counts as sensitive as a whole: a finding of type `unscanned` says why, and whoever lets nothing sensitive pass lets this not pass.
    func findings(in bytes: [UInt8], explains: Bool) -> Detection {
        do { return try detect(bytes: bytes, explains: explains) } catch {
            let reason = (error as? Fault)?.message ?? "the tagger failed"
            let scalars = String(decoding: bytes, as: UTF8.self).unicodeScalars.count
            let whole = Finding(
                type: SensitiveType(id: "unscanned"), start: 0, end: scalars, byteStart: 0, byteEnd: bytes.count, confidence: 1, recognizer: "scanning", reasons: [reason])
            return Detection(findings: bytes.isEmpty ? [] : [whole], dropped: [])
        }
    }
}
