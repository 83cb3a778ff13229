internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What became of a record, by reading it afterwards.
extension KrillServer {
    func verifyRecords(
        _ deed: RecordDeed, _ record: RecordKind, _ plan: Plan, answers: [StepAnswer]
    ) async -> [Outcome] {
        let targets = plan.steps.isEmpty ? plan.command.targets : plan.steps.map(\.entity)
        var outcomes: [Outcome] = []
        for target in targets {
            let answer = CommandAnswer(target, in: answers)
            do throws(BackendError) {
                switch deed {
                case .add: outcomes.append(try await added(record, target, plan, answers, answer))
                case .edit: outcomes.append(try await edited(record, target, plan, answer))
                case .delete: outcomes.append(try await deleted(record, target, plan, answer))
                }
            } catch {
                outcomes.append(answer.outcome(target, unreadable: error))
            }
        }
        return outcomes
    }

    /// The answer names the number of the new record, by which it is read again.
    private func added(
        _ record: RecordKind, _ target: EntityRef, _ plan: Plan, _ answers: [StepAnswer],
        _ answer: CommandAnswer
    ) async throws(BackendError) -> Outcome {
        guard case .success(let response)? = answers.last(where: { $0.entity == target })?.result,
            response.isSuccess, let id = (try? response.json())?["id"]?.text
        else {
            if case .done = answer {
                return Outcome(target, .accepted, "the server took it and does not say by which number")
            }
            if case .lost(let reason) = answer { return await found(record, target, plan, reason) }
            return answer.outcome(target, isAsWanted: false, "nothing says that it is there")
        }
        let row = try await objectIfThere(record.one, ["id": id])
        return answer.outcome(
            target, isAsWanted: row != nil,
            row == nil
                ? "the server has none by the number \(Cleaning.clean(id))"
                : "the server has it as number \(Cleaning.clean(id))")
    }

    /// No answer came: one that has the same name in other systems, or the same serial number, may be it.
    private func found(
        _ record: RecordKind, _ target: EntityRef, _ plan: Plan, _ reason: String
    ) async -> Outcome {
        for key in record == .cpe ? ["sn", "external_id"] : ["external_id"] {
            guard let wanted = plan.command.text(FieldKey(rawValue: key)) else { continue }
            let list = PagedList(
                template: record.list, query: [(key, wanted)], title: record.title, priority: 0)
            guard let page = try? await page(list, offset: 0) else { continue }
            if page.rows.contains(where: { $0[key]?.text == wanted }) {
                return Outcome(
                    target, .unknown, "\(reason); the server has one with this \(key), it may be this one")
            }
            return Outcome(target, .unknown, "\(reason); the server has none with this \(key) so far")
        }
        return Outcome(target, .unknown, reason)
    }

    private func edited(
        _ record: RecordKind, _ target: EntityRef, _ plan: Plan, _ answer: CommandAnswer
    ) async throws(BackendError) -> Outcome {
        guard let row = try await objectIfThere(record.one, ["id": target.id]) else {
            return answer.outcome(target, isAsWanted: false, "the server has none by that number any more")
        }
        guard let body = plan.steps.first(where: { $0.entity == target })?.request.body,
            let sent = try? JSONDocument(body).root.object
        else {
            return Outcome(target, .unknown, "what was to change is not known any more")
        }
        var wrong: [String] = []
        var kept: [String] = []
        var secrets = 0
        for (key, value) in sent {
            if SecretKeys.krill.holds(key) {
                secrets += 1
            } else if Self.isSame(row[key], JSONTree(value)) {
                kept.append(Cleaning.clean(key))
            } else {
                wrong.append(Cleaning.clean(key))
            }
        }
        if wrong.isEmpty, kept.isEmpty, case .done = answer {
            return Outcome(target, .accepted, "the server took it; a password is not read back")
        }
        let note = secrets > 0 ? "; passwords are not read back" : ""
        return answer.outcome(
            target, isAsWanted: wrong.isEmpty && !kept.isEmpty,
            wrong.isEmpty
                ? "\(kept.joined(separator: ", ")) as wanted\(note)"
                : "\(wrong.joined(separator: ", ")) not as wanted")
    }

    private func deleted(
        _ record: RecordKind, _ target: EntityRef, _ plan: Plan, _ answer: CommandAnswer
    ) async throws(BackendError) -> Outcome {
        let isThere = try await objectIfThere(record.one, ["id": target.id]) != nil
        if !isThere, plan.steps.isEmpty {
            return Outcome(
                target, .unknown, "the server has none by that number; whether it was deleted now is open")
        }
        return answer.outcome(target, isAsWanted: !isThere, isThere ? "it is still there" : "it is gone")
    }
}
