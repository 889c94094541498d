import Core

extension Vocabulary {
    public init(huggingFace json: JSONValue, configuration: JSONValue?) throws { throw Fault(.modelUnsupported, "later") }
}
