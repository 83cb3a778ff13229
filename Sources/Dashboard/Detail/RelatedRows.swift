import Domain
import Filter

/// Rows of another table that name an opened entity, what is wrong first.
struct RelatedRows: Sendable, Equatable {
    /// Rows shown per section.
    private static let limit = 200
    /// So many rows stand whole before the entity's own fields; of longer lists only what is wrong does.
    private static let brief = 8
    /// So many wrong rows stand there at most.
    private static let mostProblems = 12

    /// Whether they are rows of the device that an alert is about, of which only what is wrong matters.
    private let areOfDevice: Bool
    private let plural: String
    private let lines: [Detail.Line]
    private let problems: Int
    /// How many rows lack what decides whether they are a problem.
    private let unknown: Int
    /// How many rows there are, with those that are not shown.
    private let count: Int

    /// Nil where no row names the entity.
    ///
    /// - Parameter areOfDevice: whether the entity is the device of an opened alert.
    init?(_ table: Table, naming entity: EntityRef, areOfDevice: Bool = false) {
        let rows = table.rows(referringTo: entity)
        guard !rows.isEmpty else { return nil }
        let wrong = rows.filter { table.isProblem($0) }
        let isWrong = Set(wrong)
        let unclear = rows.filter { !isWrong.contains($0) && Self.isUnclear($0, in: table) }
        let isFirst = isWrong.union(unclear)
        let sorted = wrong + unclear + rows.filter { !isFirst.contains($0) }
        self.areOfDevice = areOfDevice
        plural = table.resource.plural
        problems = wrong.count
        unknown = unclear.count
        count = rows.count
        lines = sorted.prefix(Self.limit).map { Self.line(table, $0) }
    }

    /// What stands before the entity's own fields; nil where nothing is wrong with many rows.
    var first: Detail.Section? {
        if count <= Self.brief, !areOfDevice { return Detail.Section("\(plural) (\(count))", lines) }
        guard problems + unknown > 0 else { return nil }
        let words =
            "\(Quantity.count(problems))\(unknown > 0 ? "+?" : "") of \(Quantity.count(count)) need attention"
        return Detail.Section(
            areOfDevice ? "\(plural) of the same device: \(words)" : "\(plural): \(words)",
            Array(lines.prefix(min(problems + unknown, Self.mostProblems))))
    }

    /// All rows, where they do not stand before the fields already.
    var all: Detail.Section? {
        guard count > Self.brief, !areOfDevice else { return nil }
        let more = count - lines.count
        let rest = more > 0 ? [Detail.Line("…", .text("\(Quantity.count(more)) more in the pane"))] : []
        return Detail.Section("\(plural) (\(Quantity.count(count)))", lines + rest)
    }

    /// Whether a row lacks what decides whether it is a problem.
    private static func isUnclear(_ row: Int, in table: Table) -> Bool {
        table.resource.fields.indices.contains { place in
            table.resource.fields[place].decides && table.value(row, place) == .none
        }
    }

    private static func line(_ table: Table, _ row: Int) -> Detail.Line {
        let resource = table.resource
        let words = resource.fields.indices.filter { column in
            switch resource.fields[column].type {
            case .severity, .state: true
            default: false
            }
        }.map { table.text(row, $0) }.filter { !$0.isEmpty }
        return Detail.Line(
            words.joined(separator: " "), .ref(table.refs[row], name: table.name(row)), .ref(resource.kind))
    }
}
