import Catalog
import Core
import Detection
import Knowledge
import Labels
import Nodes
import Protection
import Store
import Workflows

/// What the step kinds of the hotline work with.
public struct HotlineServices: Sendable {
    public let store: Store
    public let catalog: Catalog
    public let knowledge: KnowledgeBase
    public let detector: Detector
    public let grader: Grader
    public let protector: Protector
    public let audit: AuditLog
    public let register: FindingRegister
    public let router: DepartmentRouter
    public let clock: any WallClock
    /// Folder that relative image paths of requests start from.
    public let imageDirectory: String
    /// Writes replies in its own words; nil leaves them to the sentences of the documents.
    public let drafter: (any ReplyDrafter)?

    public init(
        store: Store, catalog: Catalog, knowledge: KnowledgeBase, detector: Detector, grader: Grader, protector: Protector, audit: AuditLog,
        register: FindingRegister, router: DepartmentRouter, clock: any WallClock, imageDirectory: String, drafter: (any ReplyDrafter)? = nil
    ) {
        self.store = store
        self.catalog = catalog
        self.knowledge = knowledge
        self.detector = detector
        self.grader = grader
        self.protector = protector
        self.audit = audit
        self.register = register
        self.router = router
        self.clock = clock
        self.imageDirectory = imageDirectory
        self.drafter = drafter
    }
}

/// The step kinds of the hotline, in the order of a request's journey.
public enum HotlineSteps {
    /// One of each kind over `services`.
    public static func all(_ services: HotlineServices) -> [any StepKind] {
        [
            TakeInStep(services: services), CountedStep(DetectNode(detector: services.detector)), GradeStep(services: services), ProtectStep(services: services),
            RetrieveStep(services: services), RouteStep(services: services), DraftStep(services: services), TriageStep(),
            ReviewStep(), CloseStep(services: services), IngestStep(knowledge: services.knowledge),
        ]
    }
}

/// Counts how often the effect of each step of each run was committed. The crash benchmark asserts that no count passes one.
public struct EffectCounter: Sendable {
    private let counts = RecordCollection<Int>("step-effects")

    public init() {}

    /// Adds one for `context`'s step, in the transaction of its effect.
    func count(_ context: StepContext, in transaction: Transaction) throws {
        let key = "\(context.runID)/\(context.stepID)"
        let earlier = try transaction.get(key, in: counts) ?? 0
        try transaction.put(earlier + 1, as: key, sort: earlier == 0 ? "once" : "repeated", in: counts)
    }

    /// How many steps took effect, and how many of them more than once.
    public func totals(in store: Store) async throws -> (once: Int, repeated: Int) {
        let counts = counts
        return try await store.read { (once: try $0.count(counts, sortPrefix: "once"), repeated: try $0.count(counts, sortPrefix: "repeated")) }
    }
}
