import Core

/// # Inference: language models on the processor at hand
///
/// A model file goes in, tokens or vectors come out. Four steps, each in a folder of its own: `Files` reads GGUF and safetensors and knows every block format;
/// `Tokenizers` turn text into ids and back; `Templates` write conversations the way a model was trained on them; `Families` are the networks, one file each that
/// reads like its paper; `Generation` batches requests over a paged cache of keys and values and draws tokens.
///
/// Rejected: a graph compiler between families and kernels. Five families share a dozen operations; a graph would hide the order in which bytes are read, and that order is the speed.
///
/// Everything in a model file is foreign: every count is checked against the bytes that are there before anything is allocated.
public enum InferenceRoom {}

extension Fault.Code {
    /// A model file is damaged, truncated or hostile; the message names the field and the offset.
    public static let modelDamaged = Fault.Code("inference.model-damaged", .input)
    /// A model file is sound but needs an architecture, type or tokenizer that is not here; the message names what is.
    public static let modelUnsupported = Fault.Code("inference.model-unsupported", .input)
    /// A chat template is malformed or exceeds its bounds.
    public static let chatTemplate = Fault.Code("inference.chat-template", .input)
}
