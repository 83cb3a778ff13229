public import Domain

/// Rows of several servers that are one thing, and which of them stands for the others.
///
/// Made off the main thread; two are equal when they are the same.
public final class Doubles: Sendable, Equatable {
    /// What stands for an entity; that itself is not in it.
    public let standIns: [EntityRef: EntityRef]
    /// How many rows of each kind another one stands for.
    public let counts: [ResourceKind: Int]

    /// Nil where nothing stands for anything.
    public init?(_ standIns: [EntityRef: EntityRef]) {
        guard !standIns.isEmpty else { return nil }
        self.standIns = standIns
        counts = standIns.keys.reduce(into: [:]) { $0[$1.kind, default: 0] += 1 }
    }

    /// Whether both are the same.
    public static func == (a: Doubles, b: Doubles) -> Bool { a === b }

    /// Takes rows away that another one stands for, where that is among them.
    func remove(from shown: inout [RowSet], _ tables: [Table]) {
        for (double, standIn) in standIns {
            guard let handle = tables.handle(of: double), shown[handle.table].contains(handle.row),
                let other = tables.handle(of: standIn), shown[other.table].contains(other.row)
            else { continue }
            shown[handle.table].remove(handle.row)
        }
    }
}
