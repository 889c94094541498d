/// Connection strings of databases and queues with a password: URIs (mongodb, redis, postgres, mysql, amqp) and JDBC, ODBC and ADO properties.
struct ConnectionStringRecognizer: Recognizer {
    let card = TypeCard("connection-string", zh: "数据库连接串", en: "Connection string", .credential)
    private static let schemes = ["mongodb", "mongodb+srv", "redis", "rediss", "postgres", "postgresql", "mysql", "mariadb", "amqp", "amqps", "mssql",
        "sqlserver", "oracle", "clickhouse", "kafka", "nats", "mqtt", "elasticsearch", "neo4j", "cassandra", "db2", "dm", "kingbase8", "mysql+pymysql",
        "postgresql+psycopg2"]
    private static let head = "(?:" + ConnectionStringRecognizer.schemes.map { $0.replacingPlus }.joined(separator: "|") + ")"
    let rules: [Rule] = [
        .literal(ConnectionStringRecognizer.schemes.map { $0 + "://" },
            ConnectionStringRecognizer.head + "://[^ \\t\\r\\n\"'<>/:@]{0,64}:[^ \\t\\r\\n\"'<>/@]{1,}@[^ \\t\\r\\n\"'<>]{3,}", 0.95,
            "user and password of a database", isBounded: false),
        .literal(["jdbc:"],
            "jdbc:[a-z0-9:]{2,30}(?://|@)[^ \\t\\r\\n\"'<>]{3,}(?:password|pwd|PASSWORD|Password)=[^ \\t\\r\\n\"'<>&;]{1,}[^ \\t\\r\\n\"'<>]{0,}",
            0.95, "password in a JDBC address", isBounded: false),
        .literal(["jdbc:"], "jdbc:oracle:[a-z]{2,5}:[^ \\t\\r\\n\"'<>/@]{1,64}/[^ \\t\\r\\n\"'<>/@]{1,64}@[^ \\t\\r\\n\"'<>]{3,}", 0.95,
            "user and password in a JDBC address", isBounded: false),
        .literal(["Server=", "server=", "Data Source=", "data source=", "Host=", "host=", "Driver={", "User ID=", "Uid="],
            "(?:Server|server|Data Source|data source|Host|host|Driver|User ID|Uid)=[^;\\r\\n\"']{1,};(?:[^;\\r\\n\"']{1,64}=[^;\\r\\n\"']{0,};"
            + "){0,12}(?:Password|password|Pwd|pwd|PWD)=[^;\\r\\n\"' ]{1,};?", 0.93, "password in connection properties", isBounded: false),
    ]
    let labels: [String] = []
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("url: mongodb://root:Passw0rd@10.0.0.5:27017/admin", "mongodb://root:Passw0rd@10.0.0.5:27017/admin"),
            ("jdbc:mysql://db:3306/app?user=root&password=Qwe123!x", "jdbc:mysql://db:3306/app?user=root&password=Qwe123!x"),
            ("Server=db;Database=a;User Id=sa;Password=Abc123!;", "Server=db;Database=a;User Id=sa;Password=Abc123!;")],
        negative: ["redis://localhost:6379/0", "jdbc:mysql://db:3306/app", "Server=db;Database=a;"])
}

extension String {
    /// The text with its plus signs escaped for a pattern.
    fileprivate var replacingPlus: String { split(separator: "+", omittingEmptySubsequences: false).joined(separator: "\\+") }
}
