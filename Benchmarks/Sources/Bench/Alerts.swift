import Domain

/// Made-up alerts, of which half follow from a few.
struct Alerts {
    static let resource = ResourceDescriptor(
        .alert, plural: "alerts", pane: .alerts,
        fields: [
            Field(.severity, "Severity", .severity), Field(.state, "State", .state),
            Field(.since, "Age", .time), Field(.rule, "Rule", .word), Field(.cause, "Cause", .ref(.alert)),
        ], interval: 20, nameField: .rule)

    let count: Int

    /// - Parameter causes: how many have followers; none follows from anything where there are none.
    func table(causes: Int) -> Table {
        var builder = TableBuilder(Self.resource, Ports.backend, capacity: count)
        for row in 0..<count {
            builder.begin(EntityRef(Ports.backend, .alert, id: Int64(row)))
            builder.set(0, text: row % 3 == 0 ? "critical" : "warning")
            builder.set(1, text: "open")
            builder.set(2, time: Timestamp(1_790_000_000 + Int64(row &* 31 % 1_000_000)))
            builder.set(3, text: "rule \(row % 40)")
            if causes > 0, row >= causes, row % 2 == 0 {
                builder.set(4, ref: EntityRef(Ports.backend, .alert, id: Int64(row % causes)), name: "cause")
            }
        }
        return builder.finish()
    }
}
