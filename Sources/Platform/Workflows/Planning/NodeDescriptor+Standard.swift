import Core
import Labels

// The standard catalogue: one entry a kind. The signature is what the kind declares; where the kind is there, its own counts.
extension NodeDescriptor {
    private static func signature(_ takes: [String: StepSignature.Field], _ gives: [String: FieldType], upTo grade: Grade = .core, _ rule: LabelRule = .joinsInputs) -> StepSignature {
        StepSignature(inputs: takes, outputs: gives, clearance: Clearance(upTo: grade), labelRule: rule)
    }
    private static func may(_ type: FieldType) -> StepSignature.Field { .init(type, isRequired: false) }
    private static func must(_ type: FieldType) -> StepSignature.Field { .init(type) }

    /// Every kind that plans are made of.
    public static let standard: [NodeDescriptor] = data + shield + knowledge + learning + outside + control

    private static let data: [NodeDescriptor] = [
        NodeDescriptor("data-list", "列出文件", "list files", takes: [Port("folder", .path)], gives: [Port("files", .setting), Port("count", .count)], cost: 2, signature: signature(["folder": must(.string)], ["files": .array, "count": .number])),
        NodeDescriptor("data-import", "导入数据", "import data", takes: [Port("path", .path)], gives: [Port("records", .documents, .records), Port("count", .count), Port("fields", .setting)], isAutomatic: true,
            signature: signature(["path": must(.string), "format": may(.string), "text": may(.boolean)], ["records": .array, "count": .number, "fields": .array], .raises(.level4))),
        NodeDescriptor("media-import", "导入图片、音频或文档", "import an image, audio or document", takes: [Port("path", .path)], gives: [Port("text", .text)], cost: 2,
            signature: signature(["path": must(.string), "asset": may(.string)], ["text": .string, "boxes": .array, "mediaType": .string, "version": .string, "blob": .string], .raises(.level4))),
        NodeDescriptor("data-clean", "清洗数据", "clean data", takes: [Port("records", .records)], gives: [Port("records", .records), Port("count", .count)], effects: ["clean"],
            signature: signature(["records": must(.array), "trim": may(.boolean), "fullWidth": may(.boolean), "duplicates": may(.boolean), "empty": may(.boolean)], ["records": .array, "count": .number, "removed": .number, "changed": .number, "report": .object])),
        NodeDescriptor("data-validate", "校验数据", "validate data", takes: [Port("records", .records), Port("rules", .rules, standard: [])], gives: [Port("valid", .records), Port("share", .metrics)], effects: ["valid"],
            outcome: Outcome("invalidCount", good: "equals: 0", bad: "greaterThan: 0"),
            signature: signature(["records": must(.array), "rules": must(.array)], ["valid": .array, "invalid": .array, "validCount": .number, "invalidCount": .number, "share": .number, "problems": .array])),
        NodeDescriptor("data-split", "划分数据", "split data", takes: [Port("records", .records)], gives: [Port("training", .records), Port("heldOut", .records)], effects: ["split"],
            signature: signature(["records": must(.array), "share": may(.number), "seed": may(.number)], ["training": .array, "heldOut": .array, "trainingCount": .number, "heldOutCount": .number])),
        NodeDescriptor("data-version", "登记版本", "register a version", takes: [Port("asset", .name, standard: "result"), Port("records", .records), Port("text", .text)], gives: [Port("version", .datasetVersion)], effects: ["versioned"], isLasting: true,
            signature: signature(["asset": must(.string), "records": may(.array), "text": may(.string), "derivedFrom": may(.array)], ["version": .string, "blob": .string, "byteCount": .number])),
        NodeDescriptor("data-export", "导出数据", "export data", takes: [Port("name", .name, standard: "result"), Port("records", .records), Port("text", .text)], gives: [Port("file", .path)], effects: ["exported"], isLasting: true,
            signature: signature(["name": must(.string), "records": may(.array), "text": may(.string), "format": may(.string)], ["file": .string, "byteCount": .number, "count": .number], upTo: .level2)),
    ]

    private static let shield: [NodeDescriptor] = [
        NodeDescriptor("detect", "识别敏感信息", "find sensitive data", takes: [Port("records", .records), Port("text", .text)], gives: [Port("findings", .findings), Port("count", .count)], outcome: Outcome("count", good: "greaterThan: 0", bad: "equals: 0"), isAutomatic: true,
            signature: signature(["text": may(.string), "records": may(.array)], ["findings": .array, "count": .number, "counts": .object])),
        NodeDescriptor("grade", "分类分级", "grade by the standards", takes: [Port("findings", .findings)], gives: [Port("grade", .grade)], effects: ["graded"], outcome: Outcome("grade", good: "lessThan: 4", bad: "greaterThan: 3"),
            signature: signature(["findings": must(.array), "subject": may(.string)], ["grade": .number, "label": .string, "results": .array, "counts": .object])),
        NodeDescriptor("protect", "脱敏", "mask sensitive data", takes: [Port("records", .records), Port("text", .text)], gives: [Port("records", .records), Port("text", .text), Port("replaced", .count)], effects: ["protected"], isAutomatic: true,
            signature: signature(["text": may(.string), "records": may(.array), "findings": may(.array)], ["text": .string, "records": .array, "replaced": .number], .lowers(to: .level2))),
        NodeDescriptor("scan", "扫描目录", "scan a folder", takes: [Port("path", .path)], gives: [Port("findings", .count)], outcome: Outcome("findings", good: "greaterThan: 0", bad: "equals: 0"),
            signature: signature(["path": must(.string)], ["files": .number, "findings": .number, "counts": .object, "highest": .number], .raises(.level2))),
        NodeDescriptor("assess", "安全评测", "probe a model for weaknesses", takes: [Port("target", .name, standard: "model"), Port("records", .records)], gives: [Port("findings", .records), Port("report", .report)], cost: 3, outcome: Outcome("count", good: "greaterThan: 0", bad: "equals: 0"),
            signature: signature(["target": must(.string), "records": may(.array), "attempts": may(.number)], ["findings": .array, "count": .number, "report": .string], .raises(.level2))),
    ]

    private static let knowledge: [NodeDescriptor] = [
        NodeDescriptor("knowledge-index", "写入知识库", "index into the knowledge base", takes: [Port("document", .name, standard: "documents"), Port("records", .records), Port("text", .text)], gives: [Port("document", .name)], requires: ["filed"], effects: ["indexed"], isLasting: true,
            signature: signature(["document": must(.string), "text": may(.string), "records": may(.array)], ["document": .string, "passages": .number])),
        NodeDescriptor("knowledge-search", "检索知识库", "search the knowledge base", takes: [Port("text", .question)], gives: [Port("text", .passages, .text), Port("best", .metrics)], outcome: Outcome("best", good: "greaterThan: 0.3", bad: "lessThan: 0.3"),
            signature: signature(["text": must(.string), "limit": may(.number)], ["hits": .array, "best": .number, "text": .string], upTo: .level2, .raises(.level2))),
        NodeDescriptor("model", "调用模型", "ask a language model", takes: [Port("prompt", .text), Port("system", .instruction)], gives: [Port("text", .message, .text)], cost: 3,
            signature: signature(["prompt": must(.string), "system": may(.string), "maxTokens": may(.number)], ["text": .string, "tokens": .number])),
        NodeDescriptor("agent", "智能体处理", "let an agent work on a task", takes: [Port("task", .text), Port("tools", .setting, standard: [])], gives: [Port("answer", .message, .text)], cost: 6, outcome: Outcome("passed", good: "equals: true", bad: "equals: false"),
            signature: signature(["task": must(.string), "tools": must(.array), "material": may(.any), "strategy": may(.string), "check": may(.string)], ["answer": .string, "stop": .string, "passed": .boolean])),
        NodeDescriptor("tool", "调用工具", "call a tool", takes: [Port("tool", .name, standard: "time"), Port("arguments", .setting, standard: [:])], gives: [Port("result", .setting)], cost: 6,
            signature: signature(["tool": must(.string), "arguments": may(.object)], ["result": .any])),
    ]

    private static let learning: [NodeDescriptor] = [
        NodeDescriptor("tune-tagger", "训练标注模型", "train a tagger", takes: [Port("records", .records), Port("asset", .name, standard: "tagger")], gives: [Port("version", .model)], requires: ["filed"], cost: 5, isAutomatic: false,
            signature: signature(["records": must(.array), "asset": must(.string), "epochs": may(.number), "seed": may(.number)], ["version": .string, "blob": .string, "types": .array, "count": .number])),
        NodeDescriptor("tune-lora", "微调大模型", "fine-tune a language model", takes: [Port("records", .records), Port("asset", .name, standard: "adapter")], gives: [Port("version", .model), Port("score", .metrics)], requires: ["filed"], cost: 8, outcome: Outcome("score", good: "greaterThan: 0.05", bad: "lessThan: 0.05"),
            signature: signature(["records": must(.array), "asset": must(.string), "base": may(.string), "epochs": may(.number), "seed": may(.number)], ["version": .string, "blob": .string, "count": .number, "score": .number])),
        NodeDescriptor("evaluate", "评测模型", "measure a model", takes: [Port("model", .model), Port("records", .records)], gives: [Port("f1", .metrics)], requires: ["filed"], cost: 2, outcome: Outcome("f1", good: "greaterThan: 0.8", bad: "lessThan: 0.8"), isAutomatic: true,
            signature: signature(["model": must(.string), "records": must(.array)], ["f1": .number, "precision": .number, "recall": .number, "byType": .object, "count": .number])),
        NodeDescriptor("deploy", "上线模型", "deploy a model", takes: [Port("model", .model), Port("metric", .metrics), Port("name", .name, standard: "default"), Port("least", .setting, standard: 0.8)], gives: [Port("deployed", .verdict)], isLasting: true,
            signature: signature(["model": must(.string), "name": must(.string), "metric": must(.number), "least": must(.number)], ["deployed": .boolean, "version": .string, "previous": .string])),
        NodeDescriptor("rollback", "回退模型", "roll a model back", takes: [Port("name", .name, standard: "default")], gives: [Port("previous", .setting)], isLasting: true, signature: signature(["name": must(.string)], ["version": .string, "previous": .string])),
    ]

    private static let outside: [NodeDescriptor] = [
        NodeDescriptor("http", "调用接口", "call an endpoint", takes: [Port("url", .address)], gives: [Port("body", .response, .text)], cost: 2, outcome: Outcome("ok", good: "equals: true", bad: "equals: false"), isLasting: true,
            signature: signature(["url": must(.string), "method": may(.string), "body": may(.string), "contentType": may(.string)], ["status": .number, "ok": .boolean, "body": .string], upTo: .level1, .raises(.level4))),
        NodeDescriptor("notify", "发送通知", "notify", takes: [Port("to", .name, standard: "administrator"), Port("title", .instruction), Port("text", .instruction)], gives: [], isLasting: true,
            signature: signature(["to": must(.string), "title": must(.string), "text": must(.string)], ["id": .string], upTo: .level2)),
        NodeDescriptor("human", "人工处理", "ask a person", takes: [Port("title", .instruction)], gives: [Port("choice", .decision), Port("comment", .setting)], effects: ["approved"], cost: 4,
            outcome: Outcome("choice", good: "equals: approve", bad: "equals: reject"),
            signature: signature(["title": must(.string), "body": may(.any), "choices": may(.array), "form": may(.any), "assignee": may(.string), "due": may(.number), "approvals": may(.number)], ["choice": .string, "comment": .string])),
        NodeDescriptor("await", "等待事件", "wait for an event", takes: [Port("event", .name, standard: "ready")], gives: [Port("payload", .setting)],
            signature: signature(["event": must(.string), "seconds": may(.number)], ["arrived": .boolean, "payload": .object], .raises(.level4))),
        NodeDescriptor("code", "运行程序", "run a program", takes: [Port("program", .name, standard: "python3"), Port("input", .records, .text), Port("outputs", .setting, standard: ["result": "array"])], gives: [Port("output", .records)], cost: 6,
            signature: signature(["program": must(.string), "source": may(.string), "input": may(.any), "outputs": may(.object)], ["output": .object])),
        NodeDescriptor("wait", "等待", "wait", takes: [Port("seconds", .seconds, standard: 3600)], gives: [], signature: signature(["seconds": must(.number)], [:])),
    ]

    private static let control: [NodeDescriptor] = [
        NodeDescriptor("transform", "计算", "compute", takes: [Port("data", .records, .text)], gives: [Port("result", .records, .text)], signature: signature(["data": must(.any)], ["result": .any])),
        NodeDescriptor("map", "逐条处理", "for each item", takes: [Port("items", .records)], gives: [Port("results", .records)], signature: signature(["items": must(.array)], ["results": .array, "count": .number])),
        NodeDescriptor("loop", "循环", "repeat", takes: [Port("value", .text)], gives: [Port("value", .text)], signature: signature(["value": may(.any)], ["value": .any, "rounds": .number, "met": .boolean])),
        NodeDescriptor("switch", "分流", "choose by a value", takes: [Port("value", .setting)], gives: [Port("value", .text)], signature: signature(["value": must(.any)], ["value": .any, "case": .number])),
        NodeDescriptor("call", "调用子流程", "call a workflow", takes: [Port("text", .text)], gives: [Port("text", .text)], signature: signature(["text": must(.string)], ["text": .string])),
    ]
}
