internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Having the server look at all of a device: it forgets when it last did so, and does it with the next run.
extension LibreNMSServer {
    private static let lastDiscovered: FieldKey = "last_discovered"

    func discoveryPlan(_ command: Command) async throws(BackendError) -> Plan {
        let dialect = try await dialect()
        guard dialect.offers("trigger_device_discovery") else {
            throw BackendError(.unsupported, "this LibreNMS has no discovery by its API")
        }
        var last: [EntityRef: String] = [:]
        var plan = try await devicePlan(command) { device, row, plan in
            let before = row["last_discovered"]
            if before?.isNull == true {
                plan.exclude(
                    device.entity, name: device.name,
                    words: "its discovery is due already: the server does it with its next run")
                return nil
            }
            last[device.entity] = before?.text
            plan.summary.append("\(device.name): the server discovers it with its next run.")
            return CommandStep(.get, Path.discover, ["id": device.entity.id])
        }
        for place in plan.steps.indices {
            if let text = last[plan.steps[place].entity] {
                plan.steps[place].before[Self.lastDiscovered] = .text(text)
            }
        }
        return plan
    }

    /// What the server says of when it discovered the device: nothing from when it is asked until it did.
    func discoveryEvidence(_ plan: Plan, _ target: EntityRef) async throws(BackendError) -> Evidence {
        guard let row = try await deviceRow(target.id) else {
            return .unseen("the server has no such device any more")
        }
        guard let now = row["last_discovered"] else {
            return .unseen("the server does not say when it discovered the device")
        }
        guard let text = now.text else { return .done("its discovery is due with the server's next run") }
        guard case .text(let before)? = plan.step(of: target)?.before[Self.lastDiscovered] else {
            return .unseen("what it was before is not known")
        }
        return text == before
            ? .not("its discovery is not due: the last was at \(Cleaning.clean(text))")
            : .done("it was discovered since, at \(Cleaning.clean(text))")
    }
}
