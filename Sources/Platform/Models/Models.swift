import Core

/// # Models: which models there are, and who may use how much of the machine
///
/// A ``ModelRegistry`` keeps model files under names in the data directory; a ``ModelHost`` loads them on demand within a budget of memory and puts aside the one that was unused for longest.
/// ``ChatModel`` and ``EmbeddingService`` speak text: they know the model's tokenizer and its chat template, so that nobody above has to.
///
/// A ``RemoteModel`` is outside: another server runs it, and asking it sends the question there. ``RemoteProvider`` asks over a transport that it is given, and only when a remote is named.
///
/// Rejected: a registry of downloads by name. Nothing leaves the machine and nothing comes in by itself: a model is a file that a person imported.
///
/// ## Topics
/// ``ModelRegistry``, ``ModelRecord``, ``AdapterRecord``, ``ModelHost``, ``ModelProvider``, ``ChatModel``, ``EmbeddingService``, ``RemoteModel``, ``RemoteProvider``
public enum ModelsRoom {}

extension Fault.Code {
    /// No model of that name is registered.
    public static let modelUnknown = Fault.Code("models.unknown", .notFound)
    /// Something else depends on a model.
    public static let modelInUse = Fault.Code("models.in-use", .usage)
    /// A name is taken, or is not one.
    public static let modelName = Fault.Code("models.name", .usage)
    /// A model does not fit the memory budget.
    public static let modelTooLarge = Fault.Code("models.too-large", .full)
    /// A token id is not in the vocabulary.
    public static let modelToken = Fault.Code("models.token", .usage)
    /// A model cannot do what is asked (chat with an encoder, embed with a decoder).
    public static let modelTask = Fault.Code("models.task", .usage)
    /// A model that has to become another file is to stay in its place.
    public static let modelInPlace = Fault.Code("models.in-place", .usage)
}
