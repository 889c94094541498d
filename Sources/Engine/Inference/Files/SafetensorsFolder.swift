import Core
import Foundation

/// A model in a folder: `model.safetensors`, or the files that `model.safetensors.index.json` names.
public struct SafetensorsFolder: Sendable {
    /// More files than any model is cut into.
    private static let fileCountMax = 1024
    private static let indexByteCountMax = 100_000_000

    /// The files by name.
    public let files: [String: SafetensorsFile]
    /// All tensors; their offsets count from the start of the file that holds them.
    public let tensors: [String: SafetensorsFile.Tensor]
    private let places: [String: String]

    /// Opens the files of a folder and checks that each holds the tensors the index says it does.
    ///
    /// - Throws: what ``SafetensorsFile/init(path:)`` throws; `inference.model-damaged` for an index that is malformed, names files outside
    ///   the folder or tensors that are not there.
    public init(path: String) throws {
        let index = path + "/model.safetensors.index.json"
        guard FileManager.default.fileExists(atPath: index) else {
            let file = try SafetensorsFile(path: path + "/model.safetensors")
            files = ["model.safetensors": file]
            tensors = file.tensors
            places = file.tensors.mapValues { _ in "model.safetensors" }
            return
        }
        let places = try Self.places(index)
        let names = Set(places.values)
        guard names.count <= Self.fileCountMax else { throw SafetensorsFile.damaged(index, "weight_map names \(names.count) files; \(Self.fileCountMax) is the limit") }
        var files: [String: SafetensorsFile] = [:]
        for name in names.sorted() { files[name] = try SafetensorsFile(path: path + "/" + name) }
        var tensors: [String: SafetensorsFile.Tensor] = [:]
        for (tensor, name) in places {
            guard let info = files[name]?.tensors[tensor] else {
                throw SafetensorsFile.damaged(index, "weight_map says that \(GGUFReader.quoted(name)) holds \(GGUFReader.quoted(tensor)), which it does not")
            }
            tensors[tensor] = info
        }
        (self.files, self.tensors, self.places) = (files, tensors, places)
    }

    private static func places(_ index: String) throws -> [String: String] {
        let file = try MappedFile(path: index)
        guard file.byteCount <= indexByteCountMax, let bytes = file.bytes(at: 0, count: file.byteCount), let text = String(validating: bytes, as: UTF8.self) else {
            throw SafetensorsFile.damaged(index, "the index is not UTF-8 or longer than \(indexByteCountMax) bytes")
        }
        let map: [String: JSONValue]?
        do { map = try JSONValue(parsing: text, depthMax: 8)["weight_map"]?.object } catch { throw SafetensorsFile.damaged(index, "the index is not JSON", cause: error) }
        guard let map else { throw SafetensorsFile.damaged(index, "the index has no weight_map") }
        return try map.mapValues { value in
            // A name with a path in it could reach any file of the machine.
            guard let name = value.string, name.hasSuffix(".safetensors"), !name.contains("/"), !name.contains("\\"), !name.hasPrefix(".") else {
                throw SafetensorsFile.damaged(index, "weight_map names a file that is no .safetensors file in the folder")
            }
            return name
        }
    }

    /// The file that holds a tensor; nil for an unknown one.
    func file(of name: String) -> SafetensorsFile? { places[name].flatMap { files[$0] } }

    /// All values of a tensor; see ``SafetensorsFile/floats(of:)``.
    public func floats(of name: String) throws -> [Float] {
        guard let place = places[name], let file = files[place] else {
            throw Fault(.modelDamaged, "the model's files have no tensor \(GGUFReader.quoted(name))", remedy: "get all files of the model")
        }
        return try file.floats(of: name)
    }
}
