internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What became of what the monitoring was told, by what it says of the objects afterwards.
extension KrillServer {
    /// Looks for a check to be done, and the seconds between two.
    private static let checkLooks = 6
    private static let checkInterval = 5.0

    func verifyMonitoring(
        _ action: MonitoringAction, _ plan: Plan, answers: [StepAnswer],
        telling: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        let start = settings.now()
        let targets = plan.steps.isEmpty ? plan.command.targets : plan.steps.map(\.entity)
        var outcomes = await outcomes(action, targets, answers, since: start)
        guard action == .recheck, !plan.steps.isEmpty else { return outcomes }
        for _ in 0..<Self.checkLooks where outcomes.contains(where: { $0.state == .accepted }) {
            telling("waiting for the check")
            do throws(CancellationError) { try await settings.pause(Self.checkInterval) } catch { break }
            outcomes = await self.outcomes(action, targets, answers, since: start)
        }
        return outcomes
    }

    private func outcomes(
        _ action: MonitoringAction, _ targets: [EntityRef], _ answers: [StepAnswer], since start: Timestamp
    ) async -> [Outcome] {
        let reading: Result<[String: Watched], BackendError>
        do throws(BackendError) {
            reading = .success(try await objects(targets))
        } catch {
            reading = .failure(error)
        }
        return targets.map { target in
            let answer = CommandAnswer(target, in: answers)
            switch reading {
            case .failure(let error): return answer.outcome(target, unreadable: error)
            case .success(let objects):
                let name = monitoredName(target)
                guard let object = objects[name] else {
                    return answer.outcome(
                        target, isAsWanted: false, "the monitoring has nothing by that name")
                }
                return outcome(action, target, object, answer, since: start)
            }
        }
    }

    /// The outcome where what is read now says nothing of what was sent.
    private func unseen(_ target: EntityRef, _ answer: CommandAnswer, _ found: String) -> Outcome {
        if case .done = answer { return Outcome(target, .accepted, "the server took it; \(found)") }
        return answer.outcome(target, isAsWanted: false, found)
    }

    private func monitoredName(_ target: EntityRef) -> String {
        guard target.kind == .cpe else { return target.id }
        return withMemory { memory in Int64(target.id).flatMap { memory.cpes[$0]?.host } } ?? target.id
    }

    private func outcome(
        _ action: MonitoringAction, _ target: EntityRef, _ object: Watched, _ answer: CommandAnswer,
        since start: Timestamp
    ) -> Outcome {
        switch action {
        case .acknowledge:
            if !object.isProblem, case .done = answer {
                return Outcome(target, .accepted, "the server took it; it is well again since")
            }
            return answer.outcome(
                target, isAsWanted: object.isAcknowledged,
                object.isAcknowledged ? "acknowledged" : "it is not acknowledged")
        case .downtime:
            if object.isInDowntime, withMemory({ $0.inDowntime.contains(target) }) {
                return unseen(
                    target, answer, "it was in a downtime before, which can't be told from this one")
            }
            return answer.outcome(
                target, isAsWanted: object.isInDowntime,
                object.isInDowntime ? "in downtime" : "it is not in downtime")
        case .recheck:
            // Checked in the second of the order or after it.
            if let check = object.lastCheck, check.seconds >= start.seconds - 1 {
                let state = object.isProblem ? "still a problem" : "well"
                return answer.outcome(target, isAsWanted: true, "checked, \(state)")
            }
            if case .done = answer {
                return Outcome(
                    target, .accepted, "the server took it; not checked within the time that was waited")
            }
            return answer.outcome(target, isAsWanted: false, "it was not checked since")
        }
    }
}
