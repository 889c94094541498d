import Core
import Inference
import Kernels
import Support
import Tensors
import Testing

@testable import Tuning

@Suite struct TableTests {
    private func table(_ text: String) throws -> DelimitedText { try DelimitedText(text, name: "t.csv") }

    @Test func columnsAreTold() throws {
        let rows = try table("id,age,city,grade,sum\n1,10,a,x,1\n2,20,b,y,2\n3,,a,x,\n4,NA,?,y,4\n")
        let schema = try TableSchema(rows, rows: rows.rows, target: "grade", ignoring: ["id"], in: "t.csv")
        #expect(schema.columns == [.number(name: "age", mean: 15, deviation: 5), .names(name: "city", values: ["a", "b"]), .number(name: "sum", mean: 7.0 / 3, deviation: schema.deviation(2))])
        #expect(schema.target == .labels(["x", "y"]) && schema.numberCount == 4 && schema.valueCount == 3 && schema.nameCount == 1)
        let examples = try schema.examples(rows.rows, of: rows, in: "t.csv")
        #expect(examples.map(\.label) == [0, 1, 0, 1] && examples.map(\.places) == [[0], [1], [0], [2]])
        // A number that is missing is the mean, and says so.
        #expect(Array(examples[0].numbers.prefix(2)) == [-1, 0] && Array(examples[2].numbers.prefix(2)) == [0, 1] && examples[2].numbers[3] == 1)
        #expect(TableSchema(json: schema.json) == schema)
        // Columns that are not there are missing; the order does not matter; outliers are bounded.
        let other = try table("city,age\nb,1e9\nzz,15\n")
        let questions = schema.questions(other.rows, of: other)
        #expect(questions[0].numbers == [8, 0, 0, 1] && questions[0].places == [1] && questions[1].places == [2])
    }

    @Test func numbersWithManyValuesArePredicted() throws {
        let rows = try table("x,y\n" + (0..<30).map { "\($0),\(2 * $0)" }.joined(separator: "\n"))
        #expect(try TableSchema(rows, rows: rows.rows, target: "y", in: "t").target == .number(mean: 29, deviation: (4.0 * 899 / 12).squareRoot()))
        guard case .labels(let labels) = try TableSchema(rows, rows: rows.rows, target: "y", isNumber: false, in: "t").target else {
            Issue.record("no labels")
            return
        }
        #expect(labels.count == 30)
    }

    /// A label that only held-out rows have is a label; a name that only they have is another name.
    @Test func rareLabelsAreKnown() throws {
        let rows = try table("c,y\na,x\nb,z\nq,rare\n")
        let schema = try TableSchema(rows, rows: Array(rows.rows.prefix(2)), target: "y", in: "t")
        #expect(schema.target == .labels(["rare", "x", "z"]) && schema.columns == [.names(name: "c", values: ["a", "b"])])
        #expect(try schema.examples(rows.rows, of: rows, in: "t").map(\.label) == [1, 2, 0])
    }

    /// The column or the line is named; what stands in it is not.
    @Test(arguments: [
        ("a,b\n1,x\n2,y\n", "c", "no column c"), ("a,b\n1,x\n2,x\n", "b", "1 labels"), ("b\nx\ny\n", "b", "no column but b"), ("a,b\n1,x\n2,y\n3,\n", "b", "line 4"), ("a,b\n1,x\n2\n", "b", "line 3"),
    ])
    func tablesThatCannotBeLearnedAreRefused(text: String, target: String, place: String) throws {
        #expect {
            let rows = try table(text)
            return try TableSchema(rows, rows: rows.rows, target: target, in: "t.csv").examples(rows.rows, of: rows, in: "t.csv")
        } throws: { error in
            (error as? Fault)?.code == .trainingData && (error as? Fault)?.message.contains(place) == true
        }
    }

    @Test(arguments: ["{}", "{\"columns\":[{\"name\":\"a\"}],\"goal\":{\"labels\":[\"x\",\"y\"]},\"target\":\"b\"}", "{\"columns\":[{\"name\":\"a\",\"mean\":0,\"deviation\":0}],\"goal\":{\"labels\":[\"x\",\"y\"]},\"target\":\"b\"}", "{\"columns\":[{\"name\":\"a\",\"values\":[]}],\"goal\":{\"labels\":[\"x\"]},\"target\":\"b\"}"])
    func damagedSchemasAreRefused(text: String) throws { #expect(try TableSchema(json: JSONValue(parsing: text)) == nil) }

    private func finish(_ network: TableNetwork, _ examples: [TableNetwork.Example], epochs: Int) throws -> (TableNetwork, Double) {
        var plan = TrainingPlan()
        (plan.epochs, plan.batchCount, plan.rate) = (epochs, 16, 5e-3)
        var trainer = try Trainer(network, training: examples, heldOut: examples, plan: plan)
        while true { if case .finished = try trainer.next() { break } }
        let best = try #require(trainer.best)
        var learned = trainer.network
        learned.parameters = best.parameters
        return (learned, best.accuracy)
    }

    /// A label that depends on a number and a name together: no column alone tells it.
    @Test func labelsAreLearnedAndKept() throws {
        let (folder, room) = (try TemporaryDirectory(), Workspace(pool: try ThreadPool(width: 1)))
        let rows = try table("n,c,y\n" + (0..<96).map { "\($0 % 12),\(["a", "b"][$0 / 12 % 2]),\(($0 % 12 < 6) == ($0 / 12 % 2 == 0) ? "yes" : "no")" }.joined(separator: "\n"))
        let schema = try TableSchema(rows, rows: rows.rows, target: "y", in: "t")
        let examples = try schema.examples(rows.rows, of: rows, in: "t")
        let (learned, accuracy) = try finish(TableNetwork(schema, width: 16, in: room, seed: 1), examples, epochs: 12)
        #expect(accuracy >= 0.95)
        let matrix = try #require(try learned.confusion(examples))
        #expect(abs(matrix.accuracy - accuracy) < 1e-9)
        try Checkpoint.write(learned.parameterNames, learned.parameters, about: learned.about, to: folder.file("m"))
        let read = try TableNetwork(file: SafetensorsFile(path: folder.file("m")), in: room)
        #expect(try read.answers(examples) == learned.answers(examples) && read.schema == schema)
        #expect { try AudioClassifier(file: SafetensorsFile(path: folder.file("m")), in: room) } throws: { ($0 as? Fault)?.code == .checkpoint }
        #expect { try read.answers([.init(numbers: [], places: [], label: 0, value: 0)]) } throws: { ($0 as? Fault)?.code == .trainingData }
    }

    /// A number in its own units; what is explained is measured against the mean.
    @Test func numbersAreLearned() throws {
        let rows = try table("n,y\n" + (0..<64).map { "\($0),\(1_000 + 50 * abs($0 - 32))" }.joined(separator: "\n"))
        let schema = try TableSchema(rows, rows: rows.rows, target: "y", in: "t")
        let examples = try schema.examples(rows.rows, of: rows, in: "t")
        let (learned, explained) = try finish(TableNetwork(schema, width: 16, in: Workspace(pool: try ThreadPool(width: 1)), seed: 1), examples, epochs: 30)
        #expect(explained > 0.9 && explained <= 1)
        guard case .number(let value) = try learned.answers([examples[2]])[0] else {
            Issue.record("no number")
            return
        }
        #expect(abs(value - 2_500) < 300)
        #expect(try learned.confusion(examples) == nil)
    }
}

extension TableSchema {
    /// The deviation of a column of numbers.
    fileprivate func deviation(_ column: Int) -> Double { if case .number(_, _, let deviation) = columns[column] { deviation } else { 0 } }
}
