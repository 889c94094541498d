/// # Protection: how sensitive, by which clause, and what is done about it
///
/// Findings come from Detection; here they become a grade (``Grader`` over ``GradingStandard`` files), a protected text (``Protector`` under a ``Policy``) and a row in the
/// hash-chained ``AuditLog``. ``FindingRegister`` holds the live state of grades, the log its history.
///
/// Everything fails closed: a finding without a mask is starred whole, a finding that does not fit its text stops the text, no standard means the highest grade.
///
/// Rejected: grades decided in code. The same field has different verdicts under two versions of one standard, so verdicts are data with clauses.
public enum ProtectionRoom {}
