import Core
import Labels
import Testing

/// The laws that every check of a flow rests on, over every grade and random sets of categories.
@Suite struct LatticeTests {
    static let categories: [Category] = [.personal, .contact, .identity, .finance, .health, .location]

    static func label(_ random: inout SeededRandom) -> Label {
        Label(Grade.allCases.randomElement(using: &random) ?? .core, Set(categories.filter { _ in Bool.random(using: &random) }))
    }

    static func clearance(_ random: inout SeededRandom) -> Clearance {
        let label = label(&random)
        return Clearance(upTo: label.grade, excluding: Bool.random(using: &random) ? label.categories : [])
    }

    @Test(arguments: 0..<500)
    func joinIsASemilattice(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let (a, b, c) = (Self.label(&random), Self.label(&random), Self.label(&random))
        #expect(a.joined(b).joined(c) == a.joined(b.joined(c)))
        #expect(a.joined(b) == b.joined(a))
        #expect(a.joined(a) == a)
        #expect(a.joined(.bottom) == a)
    }

    @Test(arguments: 0..<500)
    func joinIsTheLeastUpperBound(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let (a, b, c) = (Self.label(&random), Self.label(&random), Self.label(&random))
        let join = a.joined(b)
        #expect(a.isAtMost(join) && b.isAtMost(join))
        if a.isAtMost(c), b.isAtMost(c) { #expect(join.isAtMost(c)) }
        #expect(a.isAtMost(b) == (a.joined(b) == b))
    }

    @Test(arguments: 0..<500)
    func joinIsMonotone(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let (a, b, c) = (Self.label(&random), Self.label(&random), Self.label(&random))
        let above = a.joined(b)
        #expect(a.joined(c).isAtMost(above.joined(c)))
    }

    @Test(arguments: 0..<500)
    func whoeverMaySeeALabelMaySeeAllBelowIt(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let (clearance, a, b) = (Self.clearance(&random), Self.label(&random), Self.label(&random))
        // Mixing may only take permissions away.
        if clearance.permits(a.joined(b)) { #expect(clearance.permits(a) && clearance.permits(b)) }
        #expect(Clearance.all.permits(a))
    }

    @Test func theJoinOfAListIsThatOfItsMembers() {
        #expect([Label]().joined() == .bottom)
        #expect([Label(.level2, [.contact]), Label(.level4, [.health]), Label(.level1)].joined() == Label(.level4, [.contact, .health]))
    }

    @Test func gradesAreReadAsTheyAreWritten() {
        for grade in Grade.allCases {
            #expect(Grade(grade.description) == grade)
            #expect(Grade(grade.description.lowercased()) == grade)
            #expect(Grade(String(grade.rawValue)) == grade)
        }
        for text in ["", "L0", "L7", "7", "secret", " L1"] { #expect(Grade(text) == nil) }
    }

    @Test func aComputedValueKeepsItsLabel() {
        let value = Labeled("13800138000", Label(.level3, [.contact])).map(\.count)
        #expect(value == Labeled(11, Label(.level3, [.contact])))
    }

    @Test func labelsReadForPeople() {
        #expect(Label(.level3, [.personal, .contact]).description == "L3{contact,personal}")
        #expect(Clearance(upTo: .level2, excluding: [.health]).description == "up to L2, without health")
    }
}
