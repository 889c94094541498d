import Labels
import Workflows

/// The language of a page.
enum Language: String, Sendable, CaseIterable {
    case zh, en

    /// By the reader's choice, then by what the browser asks for; Chinese otherwise.
    init(_ request: ConsoleRequest) {
        if let chosen = Language(rawValue: request.cookies["banyan_language"] ?? request.query["lang"] ?? "") {
            self = chosen
        } else {
            self = request.acceptLanguage.lowercased().hasPrefix("en") ? .en : .zh
        }
    }
}

/// Every fixed text of the console. A case without one of its languages does not compile.
enum Phrase: CaseIterable {
    case overview, runs, tasks, knowledge, findings, audit, signIn, signOut, token, signInHint, signInFailed, openTasks, completed, failed, documents, auditRows, gradedSubjects, runsByStatus, subjectsByGrade,
        findingsByType, stepTime, run, workflow, status, steps, label, started, all, newer, older, step, kind, attempts, time, output, hidden, timeline, title, choose, comment, attach, answered, answeredBy, attachments, noTasks,
        search, searchHint, nothingFound, source, page, subject, standard, level, clause, reason, confirmed, unconfirmed, row, actor, action, verify, intact, at, reports, broken, remedy, back, otherLanguage, clearance, waiting, noData, tagline,
        mine, overdue, escalated, priority, due, forPeople, peopleNeeded, notForYou, proposed, correctIt, tableHint, boxLabel, boxWidth, boxHeight, addBox, boxHint, remove, addRow, record, recordAgain, stop, stopFirst, noMicrophone, tooLarge,
        input, result, tokens, refresh, moreRows, before, after, attemptDone, attemptFailed, attemptAbandoned, attemptRunning, waitsPerson, waitsTime, waitsEvent

    func text(_ language: Language) -> String { language == .zh ? both.zh : both.en }

    /// The name of a status of a run, a step or a task; an unknown one as it is.
    static func status(_ status: String, _ language: Language) -> String {
        guard language == .zh else { return status }
        let names = [
            "running": "运行中", "waiting": "等待人工", "sleeping": "定时等待", "completed": "已完成", "failed": "失败", "cancelled": "已取消", "pending": "未开始",
            "started": "执行中", "opened": "内部步骤进行中", "paused": "已暂停", "undone": "已撤销", "undo-failed": "撤销失败", "done": "完成", "skipped": "跳过", "kept": "沿用", "open": "待办", "answered": "已处理",
        ]
        return names[status] ?? status
    }

    /// The name of a priority.
    static func priority(_ priority: TaskPriority, _ language: Language) -> String {
        guard language == .zh else { return priority.rawValue }
        switch priority {
        case .low: return "低"
        case .normal: return "普通"
        case .high: return "高"
        case .urgent: return "紧急"
        }
    }

    /// The name of a category; an unknown one as it is.
    static func category(_ category: Category, _ language: Language) -> String {
        guard language == .zh else { return category.name }
        let names: [Category: String] = [
            .personal: "个人", .contact: "联系方式", .identity: "身份", .finance: "金融", .health: "健康", .location: "位置", .network: "网络", .corporate: "企业", .vehicle: "车辆",
            .publicService: "公共服务",
        ]
        return names[category] ?? category.name
    }

    private var both: (zh: String, en: String) {
        switch self {
        case .overview: ("总览", "Overview")
        case .runs: ("运行", "Runs")
        case .tasks: ("人工任务", "Human tasks")
        case .knowledge: ("知识检索", "Knowledge")
        case .findings: ("敏感数据", "Sensitive data")
        case .audit: ("审计日志", "Audit log")
        case .signIn: ("登录", "Sign in")
        case .signOut: ("退出", "Sign out")
        case .token: ("访问令牌", "Access token")
        case .signInHint: ("请使用启动时打印的一次性链接，或输入管理员发放的令牌。", "Use the one-time link printed at start, or the token that your administrator gave you.")
        case .signInFailed: ("令牌无效、已使用，或失败次数过多。", "The token is unknown or used up, or too many have failed.")
        case .openTasks: ("待办任务", "Open tasks")
        case .completed: ("已完成", "Completed")
        case .failed: ("失败", "Failed")
        case .documents: ("知识文档", "Documents")
        case .auditRows: ("审计记录", "Audit rows")
        case .gradedSubjects: ("已定级对象", "Graded subjects")
        case .runsByStatus: ("运行状态", "Runs by status")
        case .subjectsByGrade: ("级别分布", "Subjects by grade")
        case .findingsByType: ("敏感数据类型", "Findings by type")
        case .stepTime: ("最近运行用时（毫秒）", "Time of recent runs (ms)")
        case .run: ("运行编号", "Run")
        case .workflow: ("工作流", "Workflow")
        case .status: ("状态", "Status")
        case .steps: ("步骤", "Steps")
        case .label: ("标签", "Label")
        case .started: ("开始时间", "Started")
        case .all: ("全部", "All")
        case .newer: ("较新", "Newer")
        case .older: ("较旧", "Older")
        case .step: ("步骤", "Step")
        case .kind: ("类型", "Kind")
        case .attempts: ("尝试", "Attempts")
        case .time: ("用时", "Time")
        case .output: ("输出", "Output")
        case .hidden: ("高于您的许可级别，不予显示", "not shown to your clearance")
        case .timeline: ("步骤时间线", "Step timeline")
        case .title: ("标题", "Title")
        case .choose: ("处理", "Decide")
        case .comment: ("意见", "Comment")
        case .attach: ("附件（最多5个，每个不超过10 MB）", "Attachments (at most 5 of 10 MB each)")
        case .answered: ("已处理", "Answered")
        case .answeredBy: ("处理人", "Answered by")
        case .attachments: ("附件", "Attachments")
        case .noTasks: ("没有待办任务。", "Nothing to decide.")
        case .search: ("检索", "Search")
        case .searchHint: ("例如：异地就医备案需要什么材料", "for example: 异地就医备案")
        case .nothingFound: ("没有找到相关内容。", "Nothing found.")
        case .source: ("出处", "Source")
        case .page: ("第%页", "page %")
        case .subject: ("对象", "Subject")
        case .standard: ("标准", "Standard")
        case .level: ("等级", "Level")
        case .clause: ("条款", "Clause")
        case .reason: ("依据", "Reason")
        case .confirmed: ("已核实", "confirmed")
        case .unconfirmed: ("规则待核实", "rule unconfirmed")
        case .row: ("序号", "Row")
        case .actor: ("主体", "Actor")
        case .action: ("动作", "Action")
        case .at: ("时间", "Time")
        case .reports: ("报告", "Reports")
        case .verify: ("校验审计链", "Verify the chain")
        case .intact: ("审计链完整", "The chain is intact")
        case .broken: ("审计链断裂", "The chain is broken")
        case .remedy: ("处理办法", "Remedy")
        case .back: ("返回总览", "Back to the overview")
        case .otherLanguage: ("English", "中文")
        case .clearance: ("许可级别", "Clearance")
        case .waiting: ("等待人工", "Waiting")
        case .noData: ("暂无数据", "No data yet")
        case .mine: ("我的", "Mine")
        case .overdue: ("已逾期", "Overdue")
        case .escalated: ("已逾期并上报", "Overdue, escalated")
        case .priority: ("优先级", "Priority")
        case .due: ("截止时间", "Due")
        case .forPeople: ("办理人", "For")
        case .peopleNeeded: ("需要%人一致同意", "% people must agree")
        case .notForYou: ("此任务由其他人办理。", "This task is for others.")
        case .proposed: ("已提出的意见", "Proposed")
        case .correctIt: ("请更正后重新提交；其余内容已保留，文件和录音需要重新选择。", "Correct it and send it again. The rest was kept; choose files and recordings anew.")
        case .tableHint: ("每行一条，各列用竖线分隔：", "One row a line, cells between bars:")
        case .boxLabel: ("名称", "Label")
        case .boxWidth: ("宽", "Width")
        case .boxHeight: ("高", "Height")
        case .addBox: ("添加方框", "Add a box")
        case .boxHint: (
            "拖动方框可移动，拖动四角可缩放，在空白处拖动可新建。键盘：方向键移动，Alt加方向键缩放，Shift为10像素，Delete删除。",
            "Drag a box to move it, its corners to resize it, the picture to draw a new one. Keys: arrows move, Alt and arrows resize, Shift steps by 10 pixels, Delete removes."
        )
        case .remove: ("删除", "Remove")
        case .addRow: ("添加一行", "Add a row")
        case .record: ("开始录音", "Record")
        case .recordAgain: ("重新录音", "Record again")
        case .stop: ("停止", "Stop")
        case .stopFirst: ("请先停止录音。", "Stop the recording first.")
        case .noMicrophone: ("无法使用麦克风，可改为选择音频文件。", "The microphone cannot be used; choose a file instead.")
        case .tooLarge: ("文件最多5个，每个不超过10 MB。", "At most 5 files of 10 MB each.")
        case .input: ("输入", "Input")
        case .result: ("结果", "Result")
        case .tokens: ("读 %r 写 %w 词元", "%r tokens read, %w written")
        case .refresh: ("刷新", "Refresh")
        case .moreRows: ("另有 % 行未画出。", "% more rows are not drawn.")
        case .before: ("前面的步骤", "Steps before")
        case .after: ("后面的步骤", "Steps after")
        case .attemptDone: ("执行成功", "done")
        case .attemptFailed: ("执行失败", "failed")
        case .attemptAbandoned: ("已放弃", "abandoned")
        case .attemptRunning: ("正在执行", "at work")
        case .waitsPerson: ("等待人工", "waits for a person")
        case .waitsTime: ("等待时间", "waits for a time")
        case .waitsEvent: ("等待事件", "waits for an event")
        case .tagline: ("数据带着标签流动", "Data that keeps its labels")
        }
    }
}
