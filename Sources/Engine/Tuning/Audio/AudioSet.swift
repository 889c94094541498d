import Core

/// Where the label of a sound stands.
public enum AudioLabels: Sendable, Hashable {
    /// In the file's name, before the first `_` or `-`.
    case name
    /// In the name of the folder that the file is in.
    case folder
    /// In a table with the columns `file` and `label`, at this path.
    case table(String)
}

/// A sound and its label.
public struct LabeledSound: Sendable {
    /// Its path in the folder or the archive.
    public var name: String
    public var sound: WaveFile
    public var label: String
}

/// Sounds with labels: WAV files of a folder, or of an archive of tar that may be packed by gzip.
public struct AudioSet: Sendable {
    public let sounds: [LabeledSound]
    /// Every label once, sorted.
    public let labels: [String]
    /// Samples of a second, the same in all sounds.
    public let rate: Int

    static let byteCountMax = 2 << 30

    /// - Throws: `core.file`, `core.inflate`; `tuning.data` naming the file: damaged, of another rate than the first, or without a label.
    public init(path: String, labels source: AudioLabels = .name) throws {
        let files = try Self.files(path)
        let table = try Self.table(source)
        sounds = try files.sorted { $0.name < $1.name }.map { file in
            guard let label = Self.label(file.name, source, table), !label.isEmpty, label.utf8.count <= 256 else { throw Self.wrong("\(path): \(file.name) has no label") }
            return LabeledSound(name: file.name, sound: try WaveFile(file.bytes, name: "\(path): \(file.name)"), label: label)
        }
        labels = Set(sounds.map(\.label)).sorted()
        rate = sounds.first?.sound.rate ?? 0
        guard labels.count >= 2, labels.count <= 4_096 else { throw Self.wrong("\(path) has \(sounds.count) sounds with \(labels.count) labels; there must be two at least") }
        for sound in sounds {
            guard sound.sound.rate == rate else { throw Self.wrong("\(path): \(sound.name) has \(sound.sound.rate) samples a second; the first has \(rate)") }
            guard !sound.sound.samples.isEmpty else { throw Self.wrong("\(path): \(sound.name) is empty") }
        }
    }

    private static func wrong(_ what: String) -> Fault { Fault(.trainingData, what, remedy: "give WAV files of one rate, with labels in their names, their folders or a table") }

    private static func isSound(_ name: String) -> Bool { name.lowercased().hasSuffix(".wav") && !(name.split(separator: "/").last ?? "").hasPrefix(".") }

    private static func files(_ path: String) throws -> [PackedFile.Entry] {
        let isArchive = [".tar", ".tar.gz", ".tgz"].contains { path.lowercased().hasSuffix($0) }
        guard isArchive else {
            var left = byteCountMax
            return try FileTree.files(below: path).filter(isSound).map { name in
                let bytes = try FileTree.read(path + "/" + name, byteCountMax: left)
                left -= bytes.count
                return PackedFile.Entry(name: name, bytes: bytes)
            }
        }
        let bytes = try PackedFile.unpacked(try FileTree.read(path, byteCountMax: byteCountMax), name: path, byteCountMax: byteCountMax)
        return try PackedFile.entries(bytes, name: path, wants: isSound)
    }

    private static func table(_ source: AudioLabels) throws -> [String: String] {
        guard case .table(let path) = source else { return [:] }
        let table = try DelimitedText(path: path), file = try table.column("file", in: path), label = try table.column("label", in: path)
        return Dictionary(table.rows.map { ($0.fields[file], $0.fields[label]) }) { $1 }
    }

    private static func label(_ name: String, _ source: AudioLabels, _ table: [String: String]) -> String? {
        let parts = name.split(separator: "/")
        switch source {
        case .name: return parts.last?.dropLast(4).split(whereSeparator: { $0 == "_" || $0 == "-" }).first.map(String.init)
        case .folder: return parts.dropLast().last.map(String.init)
        case .table: return table[name] ?? parts.last.flatMap { table[String($0)] }
        }
    }

    /// Two parts, the second of which has a share of the sounds, by chance from a seed.
    public func split(heldOut share: Double, seed: UInt64) -> (training: [LabeledSound], heldOut: [LabeledSound]) {
        var random = SeededRandom(seed: seed)
        let order = sounds.indices.shuffled(using: &random)
        let count = min(sounds.count, max(0, Int((Double(sounds.count) * share).rounded())))
        return (order.dropFirst(count).map { sounds[$0] }, order.prefix(count).map { sounds[$0] })
    }

    /// Sounds that are the same in both parts.
    public static func repeated(_ training: [LabeledSound], _ heldOut: [LabeledSound]) -> Int {
        let known = Set(training.map(\.sound.samples))
        return heldOut.count { known.contains($0.sound.samples) }
    }
}
