import Core

/// # Tuning: models learn
///
/// Loops over data around Tensors. **A run is a value**: ``Trainer`` holds everything that the next step depends on, and `next()` takes one step and says what happened; who drives it decides when to stop, what to
/// show and where to keep a ``Checkpoint``. Randomness of a step comes from the seed and the step's number alone, never from what was drawn before, so that a run that was cut off goes on to the same bit.
///
/// The best parameters seen on the held-out part are kept beside the current ones: a run that stops early, is stopped or breaks (a loss that is no number) still has them.
///
/// Rejected: callbacks (a loop that somebody else owns cannot be stopped between two steps), and loaders with threads of their own (a step uses all cores already).
///
/// ## Topics
/// ``TrainableNetwork``, ``Trainer``, ``Checkpoint``, ``ImageClassifier``, ``SentenceEncoder``, ``LoadedSentenceEncoder``
public enum TuningRoom {}

extension Fault.Code {
    /// A training set cannot be used.
    public static let trainingData = Fault.Code("tuning.data", .input)
    /// A loss is no number any more.
    public static let trainingNotFinite = Fault.Code("tuning.not-finite", .input)
    /// A checkpoint does not belong to this run.
    public static let checkpoint = Fault.Code("tuning.checkpoint", .input)
}
