internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What became of acknowledging and unmuting. The server's "ok" proves nothing: it says so for alerts that do not
/// exist, and refuses with an error that is none of the caller's. Only the state that is read afterwards counts.
extension LibreNMSServer {
    func verifyAlerts(
        _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        await following.outcomes(
            of: plan, { CommandAnswer(toAlert: $0, in: answers) }, reporting: reporting
        ) { open in
            let reading = await readBack()
            // The note of a server that keeps none is only in the log: that is said with what became of it.
            let remark = (try? await dialect().takesNotes) == false && !plan.command.note.isEmpty
            var found: [EntityRef: Evidence] = [:]
            for entity in open { found[entity] = await evidence(plan, entity, reading, remark) }
            return found
        }
    }

    private func readBack() async -> Result<OpenAlerts, BackendError> {
        do {
            let open = try await openAlerts(try await dialect(), priority: 0)
            return .success(open)
        } catch {
            return .failure(error)
        }
    }

    private func evidence(
        _ plan: Plan, _ entity: EntityRef, _ reading: Result<OpenAlerts, BackendError>, _ isNoteLost: Bool
    ) async -> Evidence {
        switch reading {
        case .failure(let error): return .unreadable(error)
        case .success(let open):
            if let alert = open[entity.id] {
                let found = Self.evidence(plan, entity, alert)
                guard isNoteLost, case .done(let words) = found else { return found }
                return .done("\(words); this server keeps no notes, yours is in the audit log here")
            }
            if let error = open.error { return .unreadable(error) }
            if open.unnamed > 0 { return .unseen(Self.unnamedWords) }
            switch await cleared(entity.id) {
            case .success(let alert):
                return .unseen(
                    alert == nil
                        ? "the alert is gone: the server has none by that id" : "the alert has cleared since")
            case .failure(let error): return .unreadable(error)
            }
        }
    }

    /// What an alert shows that is still there.
    private static func evidence(_ plan: Plan, _ entity: EntityRef, _ alert: WireAlert) -> Evidence {
        guard alert.saysState else { return .unseen("the server does not say in which state the alert is") }
        let (state, note) = (alert.state, alert.lastNote.short)
        let now = state == .acknowledged && !note.isEmpty ? "acknowledged (\(note))" : state.rawValue
        if (plan.command.kind == .acknowledge) == (state == .acknowledged) { return .done(now) }
        // One that got worse after it was acknowledged is open again, and looks as if nobody had done anything.
        let before = plan.step(of: entity)?.state
        if state != .open, state != .acknowledged, state.rawValue != before {
            return .unseen("the server shows the alert as \(now)")
        }
        return .not("the alert is still \(now)")
    }
}
