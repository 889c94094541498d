import Core

/// # Assessment: how models break, measured
///
/// A target stands behind a meter that counts every question and stops at a budget. Two campaigns ask it: ``RobustnessCampaign`` changes texts in ways that a reader hardly notices and looks whether a labeler still says the same; ``LeakCampaign``
/// asks a language model for a secret that it was told to keep, and hides orders in documents.
///
/// Judges are exact: a canary stands in an answer or it does not, plainly or in one of the ways it can be written; a label is the right one or not. A share of successes comes with its upper bound (Clopper and Pearson), because ten attempts that failed say little.
/// Reports name samples by number, attacks by name and lengths; texts are in none.
///
/// Rejected: a model as a judge (its errors would be in every figure). Rejected: one success rate over all attacks; a defense is built against one of them.
///
/// ## Topics
/// ``RobustnessCampaign``, ``LeakCampaign``, ``Perturbation``, ``Probe``, ``QueryMeter``, ``Perturbations``, ``Probes``
public enum AssessmentRoom {}

extension Fault.Code {
    /// The questions that a target may be asked are used up.
    public static let queryBudget = Fault.Code("assessment.budget", .full)
    /// What a campaign is given does not make one.
    public static let campaign = Fault.Code("assessment.campaign", .input)
}
