import Workflows

/// The step kinds of the catalog.
///
/// ```swift
/// let engine = WorkflowEngine(store: store, kinds: NodeRegistry.all(services), clock: clock, ids: ids)
/// ```
public enum NodeRegistry {
    /// One of each kind over `services`: data first, then protection, knowledge, models, and what leaves the house.
    public static func all(_ services: NodeServices) -> [any StepKind] {
        [
            DataListNode(services: services), DataImportNode(services: services), MediaImportNode(services: services), DataCleanNode(), DataValidateNode(), DataSplitNode(),
            DataVersionNode(services: services), DataExportNode(services: services),
            DetectNode(detector: services.detector), GradeNode(services: services), ProtectNode(services: services), ScanNode(services: services),
            KnowledgeIndexNode(services: services), KnowledgeSearchNode(knowledge: services.knowledge),
            ModelNode(model: services.settings.model), ModelImportNode(services: services), TuneTaggerNode(services: services), TuneLoraNode(services: services), AssessNode(services: services), EvaluateNode(services: services), DeployNode(services: services), RollbackNode(services: services),
            AgentNode(services: services), ToolNode(services: services),
            HTTPNode(settings: services.settings), NotifyNode(settings: services.settings),
            CodeNode(runner: services.settings.codeRunner),
        ]
    }
}
