import Dashboard
import Domain

extension Desk {
    /// Everything answers that nothing is wrong.
    mutating func calm() {
        for id in World.all { read(id, .alert, .empty(Offer.alert, id)) }
        for id in [World.core, World.edge] {
            read(id, .device, World.healthyDevices(id))
            read(id, .port, .empty(Offer.port, id))
        }
        read(World.access, "onu", .empty(Offer.line, World.access))
        read(World.bonds, "bond", World.bondTable(["up", "up"]))
    }

    /// A server answers, and once more where it is asked again for that.
    mutating func read(_ id: BackendID, _ kind: ResourceKind, _ table: Table) {
        answer(refreshed(id, kind, table))
    }

    /// Lets so much time go on as a running program sees it, with every refresh answered with the same rows.
    mutating func live(_ seconds: Int) {
        for _ in 0..<seconds { answer(tick(1)) }
    }

    var text: String { lines.joined(separator: "\n") }
}

extension World {
    static func healthyDevices(_ backend: BackendID) -> Table {
        var builder = TableBuilder(Offer.device, backend)
        for index in 1...5 as ClosedRange<Int64> {
            builder.begin(device(backend, index))
            builder.set(0, text: "up")
            builder.set(1, text: "router-\(index)")
            builder.set(5, text: "mad1")
        }
        return builder.finish()
    }
}
