import Agents
import Core

/// The tools that agents may be given.
public enum AgentTools {
    /// One of each over `services`: those that only compute, those that read the house, and those that reach outside it.
    public static func all(_ services: NodeServices) throws -> ToolRegistry {
        ToolRegistry([
            try CalculateTool(), try TimeTool(), try AskPersonTool(), try FinishTool(),
            try SearchTool(knowledge: services.knowledge), try DetectTool(detector: services.detector), try MaskTool(detector: services.detector, protector: services.protector),
            try CatalogReadTool(catalog: services.catalog, store: services.store), try FetchTool(settings: services.settings),
        ])
    }
}
