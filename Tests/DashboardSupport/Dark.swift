import Canvas
import Dashboard
import Domain

/// A PON that went dark, with what hangs on it, at the server of the access network.
enum Dark {
    static let resource = ResourceDescriptor(
        "problem", plural: "problems", pane: .alerts,
        fields: Offer.alert.fields + [Field(.cause, "CAUSE", .ref("problem"), width: 8...20, priority: nil)],
        interval: 60, feedsCounts: true, nameField: .rule, tally: .alerts)

    static func problem(_ id: Int64) -> EntityRef { EntityRef(World.access, "problem", id: id) }

    /// The PON is problem 1, its ONTs are 2 and up; problem 90 stands alone.
    static func table(
        onts: Int = 61, severity: String = "warning", pon: String = "open", ponSeverity: String = "warning"
    ) -> Table {
        var builder = TableBuilder(resource, World.access)
        func add(_ id: Int64, _ severity: String, _ state: String, _ name: String, cause: EntityRef? = nil) {
            builder.begin(problem(id))
            builder.set(0, text: severity)
            builder.set(1, text: state)
            builder.set(2, time: Timestamp(World.wall.seconds - id * 60))
            builder.set(3, ref: nil, name: "OLT02")
            builder.set(4, ref: nil, name: name)
            if let cause { builder.set(7, ref: cause, name: "PON 0/5/3 dark") }
        }
        add(1, ponSeverity, pon, "PON 0/5/3 dark")
        for id in 0..<Int64(onts) {
            add(2 + id, severity, "open", "ONT 0/5/3:\(id + 1) offline", cause: problem(1))
        }
        add(90, "warning", "open", "low light")
        return builder.finish()
    }

    static func desk(
        size: Size = Size(120, 30), _ table: Table = table(), profile: any ScreenProfile = Poster()
    ) -> Desk {
        var desk = Desk(World.state(size: size, profile: profile))
        desk.tick(0)
        for id in World.all { desk.probe(id) }
        let info = ServerInfo(product: "Krill v2", clock: ServerClock(offset: 0, isCertain: true))
        let probe = Probe(info: info, resources: [resource], commands: [Offer.acknowledge])
        desk.send(.probed(World.access, .success(probe)))
        for id in World.all where id != World.access { desk.refreshed(id, .alert, .empty(Offer.alert, id)) }
        desk.refreshed(World.access, "problem", table)
        desk.press("3")
        return desk
    }
}
