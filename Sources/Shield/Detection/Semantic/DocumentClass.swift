/// What a document is as a whole. A class says how a file is to be treated where single findings do not: a lab report without a name in it is a medical
/// record all the same.
public enum DocumentClass: String, Sendable, Hashable, Codable, CaseIterable {
    case medicalRecord = "medical-record"
    case contract
    case payroll
    case sourceCode = "source-code"
    case credentials
    case personalArchive = "personal-archive"
    case networkConfiguration = "network-configuration"
    /// None of the others: articles, letters, lists, logs, and what is about contracts or salaries without being one.
    case other

    public var titleZH: String {
        switch self {
        case .medicalRecord: "病历"
        case .contract: "合同"
        case .payroll: "工资表"
        case .sourceCode: "源代码"
        case .credentials: "凭据"
        case .personalArchive: "个人档案"
        case .networkConfiguration: "网络配置"
        case .other: "其他"
        }
    }

    public var titleEN: String {
        switch self {
        case .medicalRecord: "Medical record"
        case .contract: "Contract"
        case .payroll: "Payroll"
        case .sourceCode: "Source code"
        case .credentials: "Credentials"
        case .personalArchive: "Personal archive"
        case .networkConfiguration: "Network configuration"
        case .other: "Other"
        }
    }
}
