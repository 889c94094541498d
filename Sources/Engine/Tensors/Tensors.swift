import Core

/// # Tensors: arrays that know where they came from
///
/// What training needs and inference does not: arrays of floats of any shape whose operations remember how they were computed, so that the gradient of one number with respect to all parameters is one
/// walk back (reverse-mode differentiation, Linnainmaa 1970; Griewank 1989).
///
/// The idea: **a ``Tensor`` is a value**. Nothing writes into it once it is made; an operation makes a new one and, if an operand wants a gradient, keeps the operands and a function from the gradient of its
/// result to theirs. There is no tape, no mode and no hidden state: what nobody holds any more is freed, and memory goes back to the ``Workspace``, which gives it out again. Parameters are tensors
/// that an ``Optimizer`` replaces by others after a step.
///
/// Every operation runs on the workspace's threads through Kernels, and its result does not depend on their number: sums are taken in a fixed order.
///
/// Rejected: views that share memory with strides (every kernel would have to know them, and a value that changes under another's hand is what makes PyTorch's in-place errors), a compiled graph (networks here
/// are small and change from batch to batch), and half precision for arithmetic (no processor that this is for is faster with it).
///
/// ## Topics
/// ``Workspace``, ``Tensor``, ``Optimizer``
public enum TensorsRoom {}

extension Fault.Code {
    /// Shapes of operands do not fit each other.
    public static let tensorShape = Fault.Code("tensors.shape", .input)
}

extension Fault {
    static func shape(_ what: String) -> Fault { Fault(.tensorShape, what, remedy: "check the shapes of the operands") }
}
