internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What became of a record, by reading it afterwards.
extension KrillServer {
    func verifyRecords(
        _ operation: RecordOperation, _ record: RecordKind, _ plan: Plan, answers: [StepAnswer],
        reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        await following.outcomes(
            of: plan, { CommandAnswer($0, of: plan, in: answers) }, reporting: reporting
        ) { open in
            var found: [EntityRef: Evidence] = [:]
            for target in open {
                do throws(BackendError) {
                    found[target] =
                        switch operation {
                        case .add: try await added(record, target, plan, answers)
                        case .edit: try await edited(record, target, plan)
                        case .delete: try await deleted(record, target, plan)
                        }
                } catch {
                    found[target] = .unreadable(error)
                }
            }
            return found
        }
    }

    /// The answer names the number of the new record, by which it is read again.
    private func added(
        _ record: RecordKind, _ target: EntityRef, _ plan: Plan, _ answers: [StepAnswer]
    ) async throws(BackendError) -> Evidence {
        guard case .success(let response)? = answers.last(where: { $0.entity == target })?.result,
            response.isSuccess, let id = (try? response.json())?["id"]?.text
        else { return try await found(record, plan) }
        let number = Cleaning.clean(id)
        return try await objectIfThere(record.one, ["id": id]) != nil
            ? .done("the server has it as number \(number)")
            : .not("the server has none by the number \(number)")
    }

    /// No answer names it: one that has the same name in other systems, or the same serial number, may be it.
    private func found(_ record: RecordKind, _ plan: Plan) async throws(BackendError) -> Evidence {
        for key in record == .cpe ? ["sn", "external_id"] : ["external_id"] {
            guard let wanted = plan.command.text(FieldKey(rawValue: key)) else { continue }
            let list = PagedList(
                template: record.list, query: [(key, wanted)], title: record.title, priority: 0)
            let page = try await page(list, offset: 0)
            return page.rows.contains { $0[key]?.text == wanted }
                ? .unseen("the server has one with this \(key), it may be this one")
                : .pending("the server has none with this \(key)")
        }
        return .unseen("no answer says by which number")
    }

    private func edited(
        _ record: RecordKind, _ target: EntityRef, _ plan: Plan
    ) async throws(BackendError) -> Evidence {
        guard let row = try await objectIfThere(record.one, ["id": target.id]) else {
            return .unseen("the server has none by that number any more")
        }
        // Without its request nothing says which answers of the form were sent.
        guard !plan.steps.isEmpty else { return .unseen("what was to change is not known any more") }
        let found = RecordReadBack(
            form(record).members(of: plan, target), in: row, secrets: SecretKeys.krill.holds)
        if let doubt = found.doubt { return doubt }
        if found.kept.isEmpty { return .unseen("a password is not read back") }
        let remarks = found.remarks + (found.hasSecrets ? ["passwords are not read back"] : [])
        return .done((["\(found.kept.joined(separator: ", ")) as wanted"] + remarks).joined(separator: "; "))
    }

    private func deleted(
        _ record: RecordKind, _ target: EntityRef, _ plan: Plan
    ) async throws(BackendError) -> Evidence {
        let isThere = try await objectIfThere(record.one, ["id": target.id]) != nil
        if !isThere, plan.steps.isEmpty {
            return .unseen("the server has none by that number; whether it was deleted now is open")
        }
        return isThere ? .not("it is still there") : .done("it is gone")
    }
}
