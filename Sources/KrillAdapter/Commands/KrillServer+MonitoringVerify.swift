internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What became of what the monitoring was told, by what it says of the objects afterwards.
extension KrillServer {
    func verifyMonitoring(
        _ action: MonitoringAction, _ plan: Plan, answers: [StepAnswer],
        reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        // A check is queued, and done some seconds later.
        await following.outcomes(
            of: plan, { CommandAnswer($0, of: plan, in: answers) }, isPatient: action == .recheck,
            reporting: reporting
        ) { open in
            await Evidence.all(
                open, in: { () async throws(BackendError) in try await objects(open) }
            ) { target, objects in
                guard let object = objects[monitoredName(target)] else {
                    return .unseen("the monitoring has nothing by that name any more")
                }
                let step = plan.step(of: target)
                return withHost(objects[object.host], action, step, evidence(action, step, object))
            }
        }
    }

    private func monitoredName(_ target: EntityRef) -> String {
        guard target.kind == .cpe else { return target.id }
        return withMemory { memory in Int64(target.id).flatMap { memory.cpes[$0]?.host } } ?? target.id
    }

    private func evidence(_ action: MonitoringAction, _ step: Plan.Step?, _ object: Watched) -> Evidence {
        switch action {
        case .acknowledge:
            if object.isAcknowledged { return .done("acknowledged") }
            if object.acknowledged == nil {
                return .unseen("the server does not say whether it is acknowledged")
            }
            return object.isProblemKnown == false
                ? .unseen("it is well again since") : .not("it is not acknowledged")
        case .downtime:
            if step?.before[.wasInDowntime] == .flag(true), object.isInDowntime {
                return .unseen("it was in a downtime before, which can't be told from this one")
            }
            if object.downtime == nil { return .unseen("the server does not say whether it is in downtime") }
            return object.isInDowntime ? .done("in downtime") : .not("it is not in downtime")
        case .recheck:
            guard let step else { return .unseen("when it was checked before is not known any more") }
            let isNew = object.lastCheck.map { .time($0) != step.before[.wasChecked] } ?? false
            guard isNew else { return .pending("it was not checked again within the time that was waited") }
            return .done("checked since, \(object.isProblem ? "still a problem" : "well")")
        }
    }

    /// What tells afterwards whether an order did something.
    static func before(_ object: Watched, host: Watched?) -> [FieldKey: Value] {
        var before: [FieldKey: Value] = [.wasInDowntime: .flag(object.isInDowntime)]
        if !object.isHost { before.merge(hostBefore(host)) { own, _ in own } }
        if let check = object.lastCheck { before[.wasChecked] = .time(check) }
        return before
    }
}

extension FieldKey {
    fileprivate static let wasInDowntime: FieldKey = "was_in_downtime"
    fileprivate static let wasChecked: FieldKey = "was_checked"
}
