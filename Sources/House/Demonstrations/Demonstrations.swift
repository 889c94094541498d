/// # Demonstrations: the platform at work in one domain after another
///
/// A demonstration is a workflow, the step kinds that it needs, and numbers that it must reach. It uses only what any user of the
/// platform may use: if a demonstration needs a back door, the platform lacks a front door.
///
/// The first domain is a city's service hotline (``GovernmentDemonstration``). Its step kinds (`Steps/`, one file each) are thin: each
/// calls one room and declares, in its ``StepSignature``, which labels it may see. That declaration is what lets the checker refuse a
/// leaking workflow before anything runs.
///
/// Rejected: scoring inside the workflow. Gold labels never enter a run; ``HotlineScore`` compares them with the journal afterwards.
///
/// ## Topics
/// ``GovernmentDemonstration``, ``HotlineReport``, ``HotlineServices``, ``HotlineSteps``
public enum DemonstrationsRoom {}
